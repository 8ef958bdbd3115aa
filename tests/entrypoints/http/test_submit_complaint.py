"""POST /complaints: what is answered when a complaint is taken."""

from datetime import datetime

import pytest

from support.clouds import failing, requests_of
from support.examples import SHANGHAI
from support.forms import PERSONAL, a_form
from support.web import get, post_bytes, post_form, post_json


def kept(cloud):
    """The one complaint in the table."""
    (reference,) = {item["pk"]["S"].removeprefix("C#") for item in cloud.items()}
    return cloud.container.complaints.load(reference)


def test_a_browser_is_sent_to_the_complaints_own_page(cloud):
    """303 to the page with the code, which then shows the complaint."""
    answer = post_form(a_form())
    complaint = kept(cloud).complaint
    code = cloud.container.keys.code(complaint.reference)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/complaints/{complaint.reference}?code={code}"
    assert answer.body == b""
    assert get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"accept": "application/json"}, {"accept": "*/*"}])
def test_a_program_gets_201_and_all_it_needs(cloud, headers):
    """Reference, code, address, and the promises as instants with the community's offset."""
    answer = post_json(a_form(), **headers)
    body = answer.json_body
    complaint = kept(cloud).complaint
    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == "application/json"
    assert list(body) == ["reference", "code", "status_url", "acknowledge_by", "reply_by"]
    path = (
        f"/complaints/{complaint.reference}?code={cloud.container.keys.code(complaint.reference)}"
    )
    assert body["status_url"] == f"http://localhost:8000{path}"
    for name in ("acknowledge_by", "reply_by"):
        promised = datetime.fromisoformat(body[name])
        assert promised == getattr(complaint.promises, name)
        assert body[name].endswith("+08:00")
        assert promised.astimezone(SHANGHAI).hour == 18


def test_a_form_may_ask_for_json(cloud):
    """A form with Accept: application/json is answered in JSON."""
    answer = post_form(a_form(), accept="application/json")
    assert (answer.status_code, answer.json_body["reference"]) == (
        201,
        kept(cloud).complaint.reference,
    )


@pytest.mark.usefixtures("cloud")
def test_json_may_ask_for_a_page():
    """JSON with Accept: text/html is answered as a browser is: with the page to check first."""
    assert post_json(a_form(), accept="text/html").status_code == 200
    assert post_json(a_form(checked="yes"), accept="text/html").status_code == 303


def test_a_submission_is_one_request_and_sends_nothing(cloud):
    """The whole answer costs one request to the table, and nobody is written to meanwhile."""
    with requests_of(cloud.dynamodb) as sent:
        post_form(a_form())
    assert sent == ["TransactWriteItems"]
    assert cloud.mails() == []


def test_what_was_typed_is_what_is_recorded(cloud):
    """Every word comes back trimmed, with its line ends as line feeds, and otherwise untouched."""
    typed = {name: f"  {value}\r\n" for name, value in PERSONAL.items()}
    post_form(a_form(**typed, website="", unknown="is ignored"))
    history = kept(cloud)
    assert history.words == PERSONAL
    assert history.complaint.happened_at == "2026-11-20"


def test_a_form_with_a_charset_is_a_form(cloud):
    """Some browsers name the charset beside the type."""
    form = a_form(description="a", checked="yes")
    body = "&".join(f"{name}={value}" for name, value in form.items())
    answer = post_bytes(body.encode(), "application/x-www-form-urlencoded; charset=UTF-8")
    assert answer["statusCode"] == 303
    kept = {item["sk"]["S"].partition("#")[0] for item in cloud.items()}
    assert kept == {"HEAD", "E", "CONTACT", "K"}


@pytest.mark.parametrize(
    ("given", "contact_by", "reachable_by"),
    [
        ({"phone": None}, "email", ("email",)),
        ({"email": None}, "phone", ("phone",)),
        ({}, "email", ("email", "phone")),
        ({"contact_by": "phone"}, "phone", ("email", "phone")),
        ({"contact_by": "visit"}, "visit", ("email", "phone")),
        ({"contact_by": "visit", "email": None}, "visit", ("phone",)),
    ],
)
def test_how_to_reach_the_resident_follows_from_the_contact(cloud, given, contact_by, reachable_by):
    """E-mail when there is one, else the telephone, unless the resident says otherwise."""
    post_form(a_form(**given))
    complaint = kept(cloud).complaint
    assert (complaint.contact_by, complaint.reachable_by) == (contact_by, reachable_by)


@pytest.mark.parametrize("value", ["1,234.50", "1234.5", 1234.5, "１２３４．５０", "1234.50"])
def test_an_amount_is_taken_as_people_write_it(cloud, value):
    """Thousands commas, decimals, full-width digits and JSON numbers are one amount."""
    assert post_json(a_form(loss=value)).status_code == 201
    assert str(kept(cloud).complaint.loss.normalize()) == "1234.5"


@pytest.mark.parametrize(
    ("value", "times"), [("0", 0), ("", 0), (0, 0), (99, 99), ("99", 99), (" 2 ", 2), (2.0, 2)]
)
def test_times_raised_is_a_number_or_its_digits(cloud, value, times):
    """How often it was raised before: 0 to 99, none when it is left empty."""
    assert post_json(a_form(times_raised=value)).status_code == 201
    assert kept(cloud).complaint.times_raised == times


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"loss": 4999.99, "cause": "facility"}, "minor"),
        ({"loss": 5000, "cause": "facility"}, "major"),
        ({"loss": "99,999,999", "cause": "unsure"}, "major"),
        ({"hurt": "yes", "cause": "unsure"}, "major"),
        ({"cause": "promise", "times_raised": 2}, "major"),
        ({"cause": "promise", "times_raised": 1}, "important"),
        ({"cause": "unsure"}, None),
    ],
)
def test_the_severity_follows_from_the_facts(cloud, facts, severity):
    """The policy decides at once from what was recorded, at each of its edges."""
    assert post_json(a_form(**facts)).status_code == 201
    assert kept(cloud).complaint.severity == severity


def test_now_is_not_in_the_future(cloud):
    """What happened this minute is taken."""
    now = cloud.container.clock.now().astimezone(SHANGHAI)
    assert post_json(a_form(happened_at=f"{now:%Y-%m-%dT%H:%M}")).status_code == 201
    assert post_json(a_form(happened_at=f"{now:%Y-%m-%d}")).status_code == 201
    assert post_json(a_form(happened_at="1971-01-01")).status_code == 201


def test_the_same_form_again_has_the_same_answer(cloud):
    """A resend gets the same page, adds nothing to the table, and no letter is due for it."""
    form = a_form(form_id="printable 可印 1")
    first = post_form(form)
    before = cloud.items()
    with requests_of(cloud.dynamodb) as sent:
        again = post_form(form)
    assert sent == ["TransactWriteItems"]
    assert again.headers["Location"] == first.headers["Location"]
    assert cloud.items() == before
    body = post_json(form).json_body
    assert body["reference"] in first.headers["Location"]


def test_the_same_form_with_other_content_is_a_conflict(cloud):
    """409 that shows nothing of the first, keeps what was typed, and mints a new id."""
    first = post_json(a_form(form_id="form-1")).json_body
    before = cloud.items()
    page = post_form(a_form(form_id="form-1", request="别的要求"))
    text = page.body.decode()
    assert page.status_code == 409
    assert "别的要求" in text
    assert 'name="form_id" value="form-1"' not in text
    assert 'name="form_id" value="' in text
    assert "请尽快" not in text
    assert first["reference"] not in text
    problem = post_json(a_form(form_id="form-1", request="别的要求"))
    assert problem.status_code == 409
    assert problem.headers["Content-Type"] == "application/problem+json"
    assert first["reference"] not in problem.body.decode()
    assert cloud.items() == before


@pytest.mark.parametrize(("language", "word"), [("zh", "没有保存"), ("en", "nothing was kept")])
def test_when_the_table_cannot_be_reached_nothing_typed_is_lost(cloud, language, word):
    """503 says that nothing was kept, and the form has everything that was typed."""
    with failing(cloud.dynamodb, "TransactWriteItems"):
        page = post_form(a_form(language=language, request="请修一修"))
        problem = post_json(a_form(language=language))
    assert (page.status_code, problem.status_code) == (503, 503)
    assert word in page.body.decode()
    assert "请修一修" in page.body.decode()
    assert word in problem.json_body["title"]

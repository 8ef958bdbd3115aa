"""Finding a complaint again, and asking for a code that was lost."""

import pytest

from chalicelib import locales
from chalicelib.domain.commands import Erase, Withdraw
from support.forms import a_form
from support.people import MANAGER, SUPERVISOR
from support.web import HTTP, JSON, get, post_form, post_json

LOST = "/complaints/lost-code"


def page_of(answer, reference):
    """All that tells one answer from another, without the reference that was typed."""
    headers = sorted(answer.headers.items())
    return answer.status_code, headers, answer.body.decode().replace(reference, "")


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [("", "", "zh"), ("?language=en", "", "en"), ("?language=zh", "en", "zh"), ("", "en-GB", "en")],
)
def test_the_page_is_in_the_language_asked_for(query, header, language):
    """The link says it, or else the browser."""
    answer = get(f"/complaints/find{query}", accept_language=header)
    words = locales.catalogue(language)
    assert answer.status_code == 200
    text = answer.body.decode()
    assert f"<h1>{words['page']['find_title']}</h1>" in text
    assert words["find"]["lost_title"] in text
    for number in ("021-5550-1101", "021-5550-2201"):
        assert f"{number}</a>" in text


def test_whoever_asks_for_a_code_learns_nothing(cloud):
    """With an address, without one, erased, withdrawn, unknown: status, headers, body are equal."""
    container = cloud.container
    with_address = post_json(a_form()).json_body["reference"]
    without = post_json(a_form(email=None, contact_by="phone")).json_body["reference"]
    erased = post_json(a_form()).json_body["reference"]
    cloud.deliver()
    container.act_on_complaint.act(erased, Withdraw(SUPERVISOR.id, "x"), by=SUPERVISOR.id)
    container.act_on_complaint.act(erased, Erase(MANAGER.id, "x"), by=MANAGER.id)
    cloud.deliver()
    sent = len(cloud.mails())
    asked = (with_address, with_address, without, erased, "00000-00000", "ABC")
    answers = {str(page_of(post_form({"reference": one}, LOST), one)) for one in asked}
    assert len(answers) == 1
    assert locales.say("zh", "find.sent") in answers.pop()
    cloud.deliver()
    (mail,) = cloud.mails()[sent:]
    assert mail["To"] == "li@example.com"
    assert container.keys.code(with_address) in mail.get_body().get_content()


def test_a_program_learns_as_little(cloud):
    """The same sentence as data."""
    known = post_json(a_form()).json_body["reference"]
    headers = {"content-type": JSON}
    found = {
        HTTP.post(LOST, headers=headers, body=f'{{"reference": "{one}"}}'.encode()).body
        for one in (known, "00000-00000")
    }
    assert len(found) == 1
    assert len(cloud.items()) > 0


@pytest.mark.parametrize("spelled", [str.lower, lambda one: f" {one} ".replace("-", " "), str])
def test_a_reference_is_read_as_people_type_it(cloud, spelled):
    """Small letters, blanks, and the full-width letters of a Chinese keyboard."""
    reference = post_json(a_form()).json_body["reference"]
    wide = "".join(chr(ord(one) + 0xFEE0) if one.isalnum() else one for one in reference)
    for typed in (spelled(reference), wide):
        post_form({"reference": typed}, LOST)
    kinds = [one.kind for one in cloud.container.complaints.load(reference).records]
    assert kinds.count("code_asked") == 1


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_without_a_reference_nothing_can_be_sent(language):
    """422, and the field says so."""
    answer = post_form({"reference": " - ", "language": language}, LOST)
    label = locales.say(language, "page.reference")
    assert answer.status_code == 422
    assert answer.body.decode().count(locales.say(language, "field.required", label=label)) == 2
    problem = post_form({"language": language}, LOST, accept=JSON)
    assert problem.json_body["errors"][0]["field"] == "reference"


def test_a_look_asks_for_nothing(cloud):
    """A mail scanner that follows the address sends no letter: 405."""
    answer = get(LOST)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert cloud.items() == []


@pytest.mark.parametrize("path", [LOST, "/complaints/find"])
def test_a_body_that_cannot_be_read_is_refused(path):
    """As elsewhere."""
    answer = HTTP.post(path, headers={"content-type": "text/plain"}, body=b"x")
    assert answer.status_code == 415

"""GET /complaints/<reference>: who has the code sees the complaint, and nobody else anything."""

import re

import pytest

from chalicelib.domain.commands import Acknowledge, Judge, Reply
from support.forms import PERSONAL, a_form
from support.people import MANAGER, SUPERVISOR
from support.web import HTTP, get, post_form, post_json

STRANGE = [
    "00000-00000",
    "7K3MQ-9TX4B",
    "x",
    "-",
    "%E6%8A%95%E8%AF%89",
    "%3Cscript%3Ealert(1)",
    "%00",
    "%FF",
    "A" * 300,
    "HEAD",
    "..",
    "C%23",
    "'%22--",
]


@pytest.fixture
def taken(cloud):  # noqa: ARG001 - the complaint stands in it
    """What a program was told of the complaint it sent."""
    return post_json(a_form()).json_body


def not_found(answer):
    """The body of the page that says so, without what was typed."""
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    text = answer.body.decode()
    return re.sub(r'(name="reference"[^>]*? value=")[^"]*"', r'\1"', text)


def test_the_right_code_shows_the_complaint(taken):
    """All that the resident said, what happens next and by when, and both keys."""
    page = get(f"/complaints/{taken['reference']}?code={taken['code']}")
    text = page.body.decode()
    assert page.status_code == 200
    for word in (taken["reference"], taken["code"], "翠湖花园", "3栋", "021-5550-1100"):
        assert word in text
    assert "天花板漏水，请看 &lt;script&gt;alert(&#39;水&#39;)&lt;/script&gt; &amp; 𠮷" in text
    assert "<script>alert" not in text
    assert "物业经理" in text


@pytest.mark.parametrize("spelled", [str.lower, lambda code: code.replace("-", " "), str.strip])
def test_reference_and_code_are_read_as_people_type_them(taken, spelled):
    """Small letters, blanks for hyphens: it is the same code."""
    reference, code = (spelled(taken[name]).replace(" ", "%20") for name in ("reference", "code"))
    assert get(f"/complaints/{reference}?code={code}").status_code == 200


def test_a_program_reads_how_things_stand(taken):
    """With Accept: application/json status, promises, owner and story come as data."""
    path = f"/complaints/{taken['reference']}?code={taken['code']}"
    body = get(path, accept="application/json").json_body
    assert body.pop("events")[0]["kind"] == "received"
    assert body == {
        "status": "received",
        "reference": taken["reference"],
        "acknowledge_by": taken["acknowledge_by"],
        "reply_by": taken["reply_by"],
        "agreed_at": None,
        "owner": {"role": "物业经理", "name": ""},
    }


def test_wrong_code_and_unknown_reference_are_one_page(taken):
    """Whoever guesses learns nothing: the pages are equal byte for byte but for what was typed."""
    reference, code = taken["reference"], taken["code"]
    wrong = [f"/complaints/{reference}{query}" for query in ("", "?code=", "?code=x", "?x=1")]
    wrong += [f"/complaints/{reference}?code={code[:-1]}", f"/complaints/{reference}?code={code}0"]
    wrong += [f"/complaints/{other}?code={code}" for other in STRANGE]
    wrong += [f"/complaints/{reference}?code=%E6%8A%95%FF%00"]
    pages = {path: not_found(get(path)) for path in wrong}
    assert len(set(pages.values())) == 1, [path[:60] for path in pages]
    (page,) = set(pages.values())
    assert 'action="/complaints/find"' in page
    assert 'name="code"' in page
    for word in PERSONAL.values():
        assert word not in page


@pytest.mark.parametrize("reference", STRANGE)
def test_what_was_typed_is_no_markup(cloud, reference):  # noqa: ARG001 - a table is there
    """The reference that somebody typed comes back as text alone."""
    text = get(f"/complaints/{reference}").body.decode()
    assert "<script" not in text.lower()


def test_a_program_is_told_404_without_a_page(taken):
    """The same problem for a wrong code and an unknown reference."""
    accept = {"accept": "application/json"}
    wrong = get(f"/complaints/{taken['reference']}?code=x", **accept)
    unknown = get("/complaints/00000-00000?code=x", **accept)
    assert (wrong.status_code, unknown.status_code) == (404, 404)
    assert wrong.headers["Content-Type"] == "application/problem+json"
    assert wrong.body == unknown.body


def test_the_not_found_page_is_in_the_readers_language(cloud):  # noqa: ARG001 - a table is there
    """Chinese unless the browser asks for English."""
    chinese = get("/complaints/00000-00000").body.decode()
    english = get("/complaints/00000-00000", accept_language="en").body.decode()
    assert 'lang="zh-Hans"' in chinese
    assert 'lang="en"' in english


def test_the_form_to_find_it_leads_to_its_page(taken):
    """Reference and code typed there lead to the page, right or wrong, by a redirect."""
    typed = {"reference": taken["reference"].lower(), "code": taken["code"].replace("-", " ")}
    answer = post_form(typed, path="/complaints/find")
    assert answer.status_code == 303
    path = f"/complaints/{taken['reference']}?code={taken['code']}"
    assert answer.headers["Location"] == path
    assert post_form({}, path="/complaints/find").headers["Location"] == "/complaints/-?code="


@pytest.mark.parametrize("typed", ["//evil.example", "\r\nSet-Cookie: a=b", "?x=#", "../desk"])
def test_the_form_to_find_it_leads_nowhere_else(typed):
    """Whatever is typed there, the address stays one of a complaint here."""
    answer = post_form({"reference": typed, "code": typed}, path="/complaints/find")
    assert answer.status_code == 303
    location = answer.headers["Location"]
    assert re.fullmatch(r"/complaints/[A-Za-z0-9%._~-]+\?code=[A-Za-z0-9%._~/-]*", location)


def test_half_a_character_finds_nothing():
    """A lone surrogate is looked for like anything else, and not found."""
    body = b'{"reference": "\\ud800", "code": "\\udfff"}'
    answer = HTTP.post("/complaints/find", headers={"content-type": "application/json"}, body=body)
    assert answer.status_code == 303


def test_a_reply_is_on_the_page(cloud, taken):
    """Once the owner replied the page shows the reply as it was written, and that it was given."""
    cloud.deliver()
    container, reference = cloud.container, taken["reference"]
    container.act_on_complaint.act(reference, Acknowledge(MANAGER.id), by=MANAGER.id)
    path = f"/complaints/{reference}?code={taken['code']}"
    assert "赵国强（物业经理）" in get(path).body.decode()
    container.act_on_complaint.act(
        reference, Judge(SUPERVISOR.id, "内部的理由", valid=True), by=SUPERVISOR.id
    )
    container.act_on_complaint.act(
        reference, Reply(MANAGER.id, "阀门已更换。\n<b>谢谢</b>"), by=MANAGER.id
    )
    text = get(path).body.decode()
    assert "阀门已更换。\n&lt;b&gt;谢谢&lt;/b&gt;" in text
    assert "内部的理由" not in text
    assert get(path, accept="application/json").json_body["status"] == "replied"

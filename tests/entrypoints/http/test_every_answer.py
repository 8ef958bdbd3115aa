"""What holds for every answer: its headers, its methods, and that a look changes nothing."""

import base64
import hashlib
import re

import pytest

from support.clouds import requests_of
from support.forms import a_form
from support.web import HTTP, get, post_bytes, post_form, post_json, post_unchecked

ALWAYS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}


@pytest.fixture
def taken(cloud):  # noqa: ARG001 - the complaint stands in it
    return post_json(a_form(form_id="form-1")).json_body


@pytest.fixture
def answers(taken):
    """One answer of each kind that there is."""
    reference, code = taken["reference"], taken["code"]
    path = f"/complaints/{reference}?code={code}"
    as_json = {"accept": "application/json"}
    return {
        "303": post_form(a_form()),
        "check": post_unchecked(a_form()),
        "change": post_unchecked(a_form(change="unit")),
        "201": post_json(a_form()),
        "422 page": post_form({}),
        "422 problem": post_json({}),
        "409 page": post_form(a_form(form_id="form-1", request="x")),
        "409 problem": post_json(a_form(form_id="form-1", request="x")),
        "400 problem": post_json(b"{"),
        "400 page": post_json(b"{", accept="text/html"),
        "415": HTTP.post("/complaints", headers={"content-type": "text/plain"}, body=b"x"),
        "413": post_form({"description": "x" * 140_000}),
        "page": get(path),
        "page as data": get(path, **as_json),
        "404": get(f"/complaints/{reference}?code=x"),
        "404 problem": get(f"/complaints/{reference}?code=x", **as_json),
        "find": post_form({"reference": reference, "code": code}, path="/complaints/find"),
        "find, empty": get("/complaints/find"),
        "lost code": post_form({"reference": reference}, path="/complaints/lost-code"),
        "lost code, blank": post_form({}, path="/complaints/lost-code"),
        "message": post_form({"code": code, "text": "x"}, path=f"/complaints/{reference}/message"),
        "message, blank": post_form({"code": code}, path=f"/complaints/{reference}/message"),
        "refused": post_form({"code": code}, path=f"/complaints/{reference}/confirm"),
        "405": get(f"/complaints/{reference}/message"),
        "405 problem": get(f"/complaints/{reference}/message", **as_json),
        "find, unread": HTTP.post("/complaints/find", headers={"content-type": "x/y"}, body=b"x"),
        "desk": get("/desk"),
        "desk's complaint": get(f"/desk/complaints/{reference}"),
    }


def test_every_answer_is_kept_by_nobody_and_told_to_nobody(answers):
    """No cache, no referrer, no search engine and no sniffing, whatever is answered."""
    for kind, answer in answers.items():
        headers = {name: answer.headers.get(name) for name in ALWAYS}
        assert headers == ALWAYS, kind


SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def test_a_page_runs_nothing_but_what_is_ours(answers):
    """Styles and scripts are let in by their hash, and a page may not be framed."""
    for kind, answer in answers.items():
        if "text/html" in answer.headers.get("Content-Type", ""):
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; style-src 'sha256-"), kind
            assert policy.endswith("frame-ancestors 'none'"), kind
            assert "unsafe" not in policy
            text = answer.body.decode()
            for script in SCRIPT.findall(text):
                digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
                assert "script-src 'sha256-" in policy, kind
                assert f"'sha256-{digest}'" in policy, kind
            assert not re.search(r"<script|\sstyle=|\son\w+=", SCRIPT.sub("", text)), kind


def test_a_page_of_the_desk_says_where_its_forms_are_from(cloud):  # noqa: ARG001 - a table is there
    """It is kept and indexed by nobody either; to its own site alone it is a referrer."""
    headers = get("/desk/sign-in").headers
    assert {name: headers.get(name) for name in ALWAYS} == {
        **ALWAYS,
        "Referrer-Policy": "same-origin",
    }


def test_the_code_is_in_no_header_but_location(answers, taken):
    """A log of headers tells nobody the code."""
    for kind, answer in answers.items():
        others = [value for name, value in answer.headers.items() if name != "Location"]
        assert taken["code"] not in str(others), kind


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/complaints"),
        ("PUT", "/complaints"),
        ("DELETE", "/complaints/7K3MQ-9TX4B"),
        ("POST", "/desk/complaints/7K3MQ-9TX4B"),
        ("POST", "/desk"),
    ],
)
def test_another_method_is_405(method, path):
    """An address answers to the methods it has, and to no other."""
    assert HTTP.request(method, path).status_code == 405


def test_a_look_changes_nothing(cloud, taken):
    """Mail scanners follow links: no GET writes, or sends, whatever address it is of."""
    before = cloud.items()
    with requests_of(cloud.dynamodb) as sent:
        for path in (
            f"/complaints/{taken['reference']}?code={taken['code']}",
            f"/complaints/{taken['reference']}?code=x",
            "/complaints/00000-00000",
            "/complaints/find",
            "/complaints/lost-code",
            *(
                f"/complaints/{taken['reference']}/{verb}?code={taken['code']}"
                for verb in ("message", "confirm", "dispute", "withdraw", "nothing")
            ),
            "/desk",
            "/desk/sign-in",
            f"/desk/complaints/{taken['reference']}",
        ):
            get(path)
    assert set(sent) <= {"Query"}
    assert cloud.items() == before
    assert cloud.mails() == []


def test_an_alerts_link_shows_nothing_to_who_is_not_signed_in(cloud, taken):
    """A complaint that there is and one that there is not lead to the same page, unasked."""
    with requests_of(cloud.dynamodb) as sent:
        known = get(f"/desk/complaints/{taken['reference']}")
        unknown = get("/desk/complaints/00000-00000")
    assert sent == []
    assert known.status_code == unknown.status_code == 303
    place = known.headers["Location"].replace(taken["reference"], "00000-00000")
    assert place == unknown.headers["Location"]


def test_the_desk_shows_no_markup_of_an_address(cloud):  # noqa: ARG001 - a table is there
    """What stands in an address is text."""
    page = get("/desk/sign-in?next=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&lang=%3Cscript%3E")
    assert "<script>alert" not in page.body.decode().lower()


def test_every_answer_to_bytes_is_the_same(cloud):  # noqa: ARG001 - a table is there
    """A form handed over as bytes, as API Gateway does, is taken like any other."""
    form = a_form(description="a", checked="yes")
    body = b"&".join(f"{name}={value}".encode() for name, value in form.items())
    answer = post_bytes(body, "application/x-www-form-urlencoded")
    assert answer["statusCode"] == 303

"""Every kind of answer has the headers that protect it, whoever gives it: one table."""

import pytest
from werkzeug.test import Client

from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.responses import PROTECTION
from desk.offline.web import Web
from support.templates import declared

REFERRERS = {"no-referrer", "same-origin"}
"""Neither tells another site where a reader came from; the desk's forms need the second."""
GATEWAY = ("MISSING_AUTHENTICATION_TOKEN", "THROTTLED", "DEFAULT_4XX", "DEFAULT_5XX")
STATIC = ("/", "/en/", "/nothing/", "/en/nothing/", "/folder", "/style.css")


def of_functions():
    """Each kind of answer that a function gives."""
    made = {
        "page": responses.html("x"),
        "page with photos": responses.html("x", photos_from="https://photos.example"),
        "page of the desk": responses.desk_html("x"),
        "data": responses.data({}),
        "problem": responses.problem(422, "x"),
        "redirect": responses.see_other("/"),
        "file": responses.file("x", "application/json", "x.json"),
        "file to read": responses.file("x", "text/html", "x.html"),
        "cookies": responses.with_cookies(responses.see_other("/"), "a=b"),
    }
    return {f"function: {kind}": dict(one.headers) for kind, one in made.items()}


def of_gateway():
    """What API Gateway answers by itself, as the template has it; values stand in quotes there."""
    answers = declared("application")["Resources"]["RestAPI"]["Properties"]["GatewayResponses"]
    assert set(answers) == set(GATEWAY)
    return {
        f"gateway: {kind}": {
            name: value.strip("'") for name, value in one["ResponseParameters"]["Headers"].items()
        }
        for kind, one in answers.items()
    }


def of_host():
    """What the deployed host puts on static pages and on the functions' answers."""
    found = {}
    for kind in ("StaticHeaders", "FunctionHeaders"):
        policy = declared("site")["Resources"][kind]["Properties"]["ResponseHeadersPolicyConfig"]
        given = policy["SecurityHeadersConfig"]
        tls = given["StrictTransportSecurity"]
        found[f"host: {kind}"] = {
            "Content-Type": "of the file",
            "Referrer-Policy": given["ReferrerPolicy"]["ReferrerPolicy"],
            "Strict-Transport-Security": f"max-age={tls['AccessControlMaxAgeSec']}",
            "X-Content-Type-Options": "nosniff" if given["ContentTypeOptions"] else "",
            "X-Frame-Options": given["FrameOptions"]["FrameOption"],
        }
    return found


def of_offline(site):
    """Static pages, missing ones, redirects and refusals of the offline server."""
    client = Client(Web(site, None, None))
    asked = {f"offline: {path}": client.get(path) for path in STATIC}
    found = {}
    for kind, answer in (asked | {"offline: refused": client.post("/")}).items():
        with answer:
            found[kind] = dict(answer.headers)
    return found


@pytest.fixture
def site(tmp_path):
    """A site of a few files."""
    for name in ("index.html", "en/index.html", "404.html", "en/404.html", "folder/index.html"):
        page = tmp_path / name
        page.parent.mkdir(exist_ok=True)
        page.write_text("<p>x</p>")
    (tmp_path / "style.css").write_text("p {}")
    return tmp_path


def test_every_kind_of_answer_has_the_same_headers(site):
    """TLS alone, no frame, no referrer to others, no guessing of the kind: in each of them."""
    table = of_functions() | of_gateway() | of_host() | of_offline(site)
    assert len(table) == len(of_functions()) + len(GATEWAY) + 2 + len(STATIC) + 1
    for kind, headers in table.items():
        for name, value in PROTECTION.items():
            given = headers.get(name)
            assert given in REFERRERS if name == "Referrer-Policy" else given == value, (kind, name)
        is_empty = "redirect" in kind or "cookies" in kind
        assert is_empty or headers.get("Content-Type"), kind
        policy = headers.get("Content-Security-Policy", "frame-ancestors 'none'")
        assert "frame-ancestors 'none'" in policy, kind

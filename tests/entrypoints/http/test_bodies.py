"""POST /complaints: bodies that are not read at all, and the answer to each."""

import json
import re
from urllib.parse import urlencode

import pytest

from support.forms import a_form
from support.web import FORM, JSON, post_bytes, post_form, post_json

pytestmark = pytest.mark.usefixtures("empty_cloud")


def form_bytes(**changes):
    return urlencode(a_form(**changes)).encode()


@pytest.mark.parametrize(
    "content_type",
    ["multipart/form-data; boundary=x", "text/plain", "application/xml", "text/html", "", "json"],
)
def test_another_type_is_415(content_type):
    """A form or JSON is taken, and nothing is guessed from the body."""
    assert post_bytes(form_bytes(), content_type)["statusCode"] == 415


def test_no_type_at_all_is_415():
    """A body of unnamed type is not guessed at."""
    event_headers = {"accept": "text/html"}
    answer = post_bytes(form_bytes(), "", **event_headers)
    assert answer["statusCode"] == 415


@pytest.mark.parametrize("content_type", [FORM, JSON])
def test_too_large_is_413(content_type):
    """128 KiB is far more than any form holds; one byte more is refused unread."""
    limit = 128 * 1024
    assert post_bytes(b"x" * (limit + 1), content_type)["statusCode"] == 413
    assert post_bytes(b"x" * limit, content_type)["statusCode"] in (400, 422)


def test_the_longest_form_is_not_too_large():
    """A form with every field at its limit, in Chinese and percent-encoded, is read."""
    answer = post_form(a_form(description="水" * 4000, request="水" * 2000, place="水" * 201))
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"name=\xff\xfe", FORM),
        (b"name=%FF%FE", FORM),
        (b"name=%E6%B0", FORM),
        ("name=投诉".encode("gb18030"), FORM),
        (b"&".join(b"a%d=" % number for number in range(300)), FORM),
        (b'{"name": "\xff"}', JSON),
        ('{"name": "水"}'.encode("utf-16"), JSON),
        (b"", JSON),
        (b"{", JSON),
        (b"not JSON", JSON),
        (b"[" * 60_000, JSON),
        (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, JSON),
        (b"[]", JSON),
        (b'"text"', JSON),
        (b"1", JSON),
        (b"null", JSON),
        (b'{"loss": NaN}', JSON),
        (b'{"loss": Infinity}', JSON),
        (b'{"loss": -Infinity}', JSON),
        (b'{"loss": ' + b"9" * 5000 + b"}", JSON),
    ],
)
def test_what_cannot_be_read_is_400(body, content_type):
    """Not UTF-8, not JSON, not an object, or nested beyond reason: nothing of it is taken."""
    answer = post_bytes(body, content_type)
    assert answer["statusCode"] == 400


def test_a_number_beyond_all_numbers_is_no_amount():
    """1e400 is JSON, and infinite; it is a wrong amount like others."""
    body = json.dumps(a_form()).encode()[:-1] + b', "loss": 1e400}'
    (error,) = post_json(body).json_body["errors"]
    assert (error["field"], error["code"]) == ("loss", "amount_unreadable")


@pytest.mark.parametrize(("accept", "kind"), [("text/html", "text/html"), (JSON, "problem+json")])
@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [(b"x" * 200_000, FORM, 413), (b"x", "text/plain", 415), (b"{", JSON, 400)],
)
def test_the_answer_is_one_that_its_reader_can_read(body, content_type, status, accept, kind):
    """A browser gets a page, a program a problem, each in the reader's language."""
    for language, chinese in (("zh", True), ("en", False)):
        answer = post_bytes(body, content_type, accept=accept, accept_language=language)
        assert answer["statusCode"] == status
        headers = {**answer["headers"], **answer["multiValueHeaders"]}
        assert kind in headers["Content-Type"]
        assert bool(re.search("[请只]", answer["body"])) is chinese
        if kind == "problem+json":
            assert json.loads(answer["body"])["status"] == status


def test_json_that_api_gateway_could_not_decode_is_400():
    """API Gateway hands JSON over as text, with U+FFFD where it was not UTF-8."""
    body = json.dumps(a_form(name="\ufffd\ufffd"), ensure_ascii=False).encode()
    assert post_bytes(body, JSON)["statusCode"] == 400

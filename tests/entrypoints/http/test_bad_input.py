"""POST /complaints: what is not taken, field by field, and in whose words it is told."""

import re
from datetime import timedelta

import pytest

from chalicelib import locales
from chalicelib.fields import FIELDS
from support.examples import SHANGHAI
from support.forms import REQUIRED, a_form
from support.web import post_form, post_json

pytestmark = pytest.mark.usefixtures("empty_cloud")

FREE = (
    *("building", "unit", "place", "person", "description", "request", "name", "contact_time"),
    *("behalf_of", "contact_person"),
)
CHOICES = ("community", "about", "category", "cause", "hurt", "language", "contact_by")
NUMBERS = ("loss", "times_raised")
BLANKS = ("", "   ", "\n\t ", "\u3000", "\u200b\ufeff", "\u3164", "\u2800 \u00a0", "\u202e\u200d")


def errors(form):
    """Each fault that is told of a form sent as JSON: field and code."""
    answer = post_json(form)
    assert answer.status_code == 422, answer.body
    assert answer.headers["Content-Type"] == "application/problem+json"
    return [(one["field"], one["code"]) for one in answer.json_body["errors"]]


@pytest.mark.parametrize("name", REQUIRED)
def test_a_required_field_is_never_made_up(name):
    """Missing, empty or blank after trimming: it is asked for by its name."""
    for blank in (None, *BLANKS):
        assert errors(a_form(**{name: blank})) == [(name, "required")], repr(blank)


def test_every_fault_is_told_at_once():
    """An empty form names each required field and the contact, in the form's order."""
    told = errors({})
    assert {name for name, code in told if code == "required"} == set(REQUIRED)
    assert ("phone", "contact_missing") in told
    assert [name for name, _ in told][:4] == ["community", "category", "description", "happened_at"]


@pytest.mark.parametrize("value", ["", "  ", None])
def test_one_way_to_reach_the_resident_is_needed(value):
    """Neither telephone nor e-mail is one fault, told at the telephone."""
    assert errors(a_form(phone=value, email=value)) == [("phone", "contact_missing")]


def test_a_wrong_choice_hides_no_missing_contact():
    """An unknown way of contact and no contact at all are two faults, told together."""
    told = errors(a_form(phone=None, email=None, contact_by="pigeon"))
    assert told == [("phone", "contact_missing"), ("contact_by", "unknown_choice")]


@pytest.mark.parametrize(("wanted", "missing"), [("email", "email"), ("phone", "phone")])
def test_who_wants_to_be_reached_so_says_where(wanted, missing):
    """To be called one gives a number, to be written to an address."""
    told = errors(a_form(**{"contact_by": wanted, missing: None}))
    assert told == [(missing, "contact_by_needs")]


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_is_one_of_those_offered(name):
    """A key that the form does not offer is not guessed at."""
    for value in ("elsewhere", "Jade-Lake", "yes zh", "翠湖花园", "0"):
        assert errors(a_form(**{name: value})) == [(name, "unknown_choice")], value


@pytest.mark.parametrize(
    "value",
    [
        "2026-13-01",
        "2026-02-30",
        "2025-02-29",
        "2026-00-10",
        "0000-01-01",
        "115-11-20",
        "民国115年11月20日",
        "令和8年11月20日",
        "2026年11月20日",
        "20/11/2026",
        "2026/11/20",
        "2026-11-20 10:00",
        "2026-11-20T25:00",
        "2026-11-20T10:60",
        "2026-11-20T10:00:00",
        "2026-11-20T10:00Z",
        "2026-11-20T10:00+08:00",
        "20261120",
        "2026-W47-5",
        "２０２６-11-20",
        "yesterday",
        "昨天",
        "+2026-11-20",
        "99999-01-01",
    ],
)
def test_a_date_that_cannot_be_read(value):
    """Another calendar, another notation, or a day that never was is not guessed at."""
    assert errors(a_form(happened_at=value)) == [("happened_at", "date_unreadable")]


def test_a_date_in_the_future(empty_cloud):
    """Tomorrow, and a time later today, have not happened; years away neither."""
    now = empty_cloud.container.clock.now().astimezone(SHANGHAI)
    later = [
        f"{now + timedelta(days=1):%Y-%m-%d}",
        f"{now + timedelta(minutes=2):%Y-%m-%dT%H:%M}",
        "2999-01-01",
        "9999-12-31T23:59",
    ]
    for value in later:
        assert errors(a_form(happened_at=value)) == [("happened_at", "date_in_future")], value


@pytest.mark.parametrize("name", FREE)
def test_one_character_over_the_limit(name):
    """What is too long is told, with the limit and the length, and is never cut short."""
    answer = post_json(a_form(**{name: "水" * (FIELDS[name].limit + 1)}))
    (error,) = answer.json_body["errors"]
    assert (error["field"], error["code"]) == (name, "too_long")
    assert str(FIELDS[name].limit) in error["message"]
    assert str(FIELDS[name].limit + 1) in error["message"]


@pytest.mark.parametrize("name", FREE)
def test_ten_thousand_characters_are_told_and_not_lost(name):
    """In a browser too: the page says how long it is, and every character stands there again."""
    answer = post_form(a_form(**{name: "水" * 10_000}))
    text = answer.body.decode()
    assert answer.status_code == 422
    assert "10000" in text
    assert "水" * 10_000 in text


@pytest.mark.parametrize("name", sorted(set(FIELDS.names) - set(FREE)))
def test_every_other_field_has_a_limit_too(name):
    """A field that nobody fills with prose does not take a book either."""
    told = errors(a_form(**{name: "x" * 5000}))
    assert told == [(name, "too_long")]


@pytest.mark.parametrize(
    "value",
    [
        "li",
        "li@",
        "@example.com",
        "li@example",
        "li@@example.com",
        "li@example..com",
        "li li@example.com",
        "li@example.com, other@example.com",
        "li@-example.com",
        "李@example.com",
        "<li@example.com>",
        "li..li@example.com",
        ".li@example.com",
        "a" * 65 + "@example.com",
    ],
)
def test_an_address_that_no_letter_reaches(value):
    """An e-mail address is complete, and is one."""
    assert errors(a_form(email=value)) == [("email", "email_unreadable")]


@pytest.mark.parametrize(
    "value", ["none", "138", "一三八", "138-0000-0000 or 139-0000-0000", "++86"]
)
def test_a_number_that_nobody_can_dial(value):
    """A telephone number has digits, and is one."""
    assert errors(a_form(phone=value)) == [("phone", "phone_unreadable")]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("-1", "amount_out_of_range"),
        (-0.01, "amount_out_of_range"),
        ("100000000", "amount_out_of_range"),
        (99999999.01, "amount_out_of_range"),
        ("1.234", "amount_unreadable"),
        ("1,23", "amount_unreadable"),
        ("1,2345", "amount_unreadable"),
        ("1 000", "amount_unreadable"),
        ("1.000,50", "amount_unreadable"),
        ("5000元", "amount_unreadable"),
        ("five", "amount_unreadable"),
        ("五千", "amount_unreadable"),
        ("1e3", "amount_unreadable"),
        ("0x10", "amount_unreadable"),
        ("NaN", "amount_unreadable"),
        (".", "amount_unreadable"),
    ],
)
def test_a_loss_that_is_no_amount(value, code):
    """CNY from 0 to 99,999,999 with two decimals at most; nothing else is guessed at."""
    assert errors(a_form(loss=value)) == [("loss", code)]


@pytest.mark.parametrize("value", ["-1", "100", -1, 100, "2.5", 2.5, "two", "两次", "1,000", "1e1"])
def test_times_raised_that_is_no_count(value):
    """A whole number from 0 to 99."""
    assert errors(a_form(times_raised=value)) == [("times_raised", "count_out_of_range")]


@pytest.mark.parametrize(
    "value", ["7K3MQ", "7K3MQ-9TX4", "7K3MQ-9TX4BB", "投诉", "请看 7K3MQ-9TX4B"]
)
def test_a_reference_that_was_never_given(value):
    """An earlier reference has the shape of one."""
    assert errors(a_form(earlier_reference=value)) == [
        ("earlier_reference", "reference_unreadable")
    ]


@pytest.mark.parametrize("name", FIELDS.names)
def test_control_characters(name):
    """NUL, escape and half a character are shown on no screen, so no field takes them."""
    for char in ("\x00", "\x1b", "\x7f", "\x85", "\ud800", "\udfff"):
        assert errors(a_form(**{name: f"a{char}b"})) == [(name, "control_characters")], repr(char)


@pytest.mark.parametrize("name", sorted(set(FIELDS.names) - {"description", "request"}))
def test_lines_are_for_prose_alone(name):
    """What goes in one line has no line ends: no header and no subject is broken by it."""
    for char in ("\n", "\t", "\r\n", "\r"):
        assert errors(a_form(**{name: f"a{char}b"})) == [(name, "control_characters")], repr(char)


@pytest.mark.parametrize("name", FIELDS.names)
def test_a_json_value_of_the_wrong_type(name):
    """Values are strings; only the two numbers may be numbers."""
    numbers = () if name in NUMBERS else (1, 1.5)
    for value in ([], ["a"], {}, {"a": "b"}, True, False, None, *numbers):
        assert errors(a_form() | {name: value}) == [(name, "wrong_type")], repr(value)


def test_the_honeypot():
    """A field that people do not see is filled in by machines, and said to be."""
    assert errors(a_form(website="http://spam.example")) == [("website", "honeypot")]
    page = post_form(a_form(website="http://spam.example"))
    assert (page.status_code, 'href="#website"' in page.body.decode()) == (422, True)


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_the_sentence_is_in_the_forms_language_and_names_the_field(language):
    """Each message names the field by its label and says how to mend it; no key shows through."""
    labels = locales.catalogue(language)["label"]
    sent = {"language": language, "loss": "x", "email": "x", "happened_at": "x", "hurt": "x"}
    answer = post_json(sent)
    for error in answer.json_body["errors"]:
        if error["code"] != "contact_missing":
            assert labels[error["field"]] in error["message"]
        assert not re.search(r"[{}]|_unreadable|_missing", error["message"])
        assert is_chinese(error["message"]) == (language == "zh")
    assert is_chinese(answer.json_body["title"]) == (language == "zh")


@pytest.mark.parametrize(
    ("accept_language", "chinese"),
    [("en", False), ("en-GB,en;q=0.9,zh;q=0.1", False), ("zh-CN", True), ("fr", True), ("", True)],
)
def test_without_a_known_language_the_browsers_counts(accept_language, chinese):
    """When the form does not say, Accept-Language does, and Chinese when that does not."""
    answer = post_json({"language": "fr"}, accept_language=accept_language)
    assert is_chinese(answer.json_body["title"]) is chinese


def is_chinese(text):
    return bool(re.search(r"[\u4e00-\u9fff]", text))

"""The page and `desk act` refuse the same things: one table of bad texts, sent through both."""

import re
from html import unescape
from string import Formatter

import pytest
from click.testing import CliRunner

from chalicelib import locales
from chalicelib.fields import FIELDS
from desk.act import act
from desk.verb_options import option_of
from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_light_cloud
from support.people import LEADER, MANAGER
from support.values import replace

LONG = "字" * 4001
ENGLISH = tuple(replace(one, language="en") for one in PEOPLE)
GOOD = {
    "satisfaction": "satisfied",
    "at": "2999-11-25T16:30",
    "told_by": "telephone",
    "held": "yes",
    "to": MANAGER.id,
    "whom": "property_manager",
    "into": "7K3MQ-9TX4B",
}
"""What stands in the fields of a form that a case says nothing of; words stand in the others."""
BAD = [
    # A text of each length and look that is none.
    *(
        (verb, name, text, code)
        for verb, name in (("note", "text"), ("judge", "reason"), ("hand-over", "note"))
        for text, code in (
            (LONG, "too_long"),
            ("a\x07b", "control_characters"),
            ("a\x1b[2Jb", "control_characters"),
            ("\u200b\u2060\ufeff", "required"),
            (" \t\r\n ", "required"),
            ("", "required"),
        )
    ),
    ("update", "text", "x" * 2001, "too_long"),
    ("close", "lesson", LONG, "too_long"),
    ("close", "root_cause", "a\x00b", "control_characters"),
    # A choice that is not offered.
    ("judge", "severity", "huge", "unknown_choice"),
    ("judge", "about", "catering", "unknown_choice"),
    ("judge", "cause", "unsure", "unknown_choice"),
    ("reply", "told_by", "by pigeon", "unknown_choice"),
    ("note", "corrects", "weather", "unknown_choice"),
    ("call-for-help", "whom", "company_leadership", "unknown_choice"),
    ("return-visit", "held", "perhaps", "unknown_choice"),
    ("hand-over", "to", "nobody", "unknown_choice"),
    ("correct-contact", "contact_by", "letter", "unknown_choice"),
    # A moment, an amount, a count and an address that cannot be read.
    ("agree-time", "at", "noon", "moment_unreadable"),
    ("agree-time", "at", "2026-02-30T10:00", "moment_unreadable"),
    ("reply", "told_at", "0001-01-01T00:00", "moment_unreadable"),
    ("reply", "follow_up_by", "soon", "moment_unreadable"),
    ("record-facts", "loss", "a lot", "amount_unreadable"),
    ("record-facts", "loss", "-5", "amount_out_of_range"),
    ("record-facts", "loss", "9" * 21, "too_long"),
    ("record-facts", "times_raised", "100", "count_out_of_range"),
    ("correct-contact", "phone", "ring twice", "phone_unreadable"),
    ("correct-contact", "email", "li@", "email_unreadable"),
    ("correct-contact", "name", "two\nlines", "control_characters"),
    ("correct-contact", "unit", "1" * 41, "too_long"),
    ("merge", "into", "7" * 41, "too_long"),
]


@pytest.fixture(scope="module")
def office():
    with a_light_cloud(staff=ENGLISH) as cloud:
        yield DeskOffice(cloud)


@pytest.fixture(scope="module")
def reference(office):
    """A complaint of the leader's, who may do almost everything to it."""
    reference = office.complaint()
    fields = {"to": LEADER.id, "note": "x"}
    assert office.act(MANAGER, reference, "hand-over", **fields).status_code == 303
    return reference


def fields_of(verb, **changed):
    """The verb's form, filled in with what is good, but for what is changed."""
    asked = FIELDS.staff_verbs[verb].fields
    filled = {one.name: GOOD.get(one.name, "Words.") for one in asked if one.required}
    return filled | changed


def on_the_page(office, reference, verb, fields):
    """The status, and what the page says of each field."""
    answer = office.act(LEADER, reference, verb, **fields)
    found = re.findall(rf'<a href="#{verb}-(\w+)">([^<]*)</a>', answer.body.decode())
    return answer.status_code, {name: unescape(sentence) for name, sentence in found}


def at_the_terminal(office, reference, verb, fields):
    """The exit code, and the one sentence that is said, blank when it is done."""
    options = [
        word
        for one in FIELDS.staff_verbs[verb].fields
        if one.name in fields
        for word in (option_of(one), fields[one.name])
    ]
    words = [reference, verb, "--by", LEADER.id, "--language", "en", *options]
    result = CliRunner().invoke(act, words, obj=office.container)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stderr.strip().rpartition("Error: ")[2]


def code_of(sentence):
    """The code whose sentence this is, and what the sentence is about."""
    words = locales.catalogue("en")
    said = {code: words["field"][code] for *_, code in BAD}
    said |= {"unknown_choice ": words["refused"]["unknown_value"]}
    said |= {"required ": words["refused"]["text_missing"]}
    for code, template in said.items():
        pattern = "".join(
            re.escape(text) + (f"(?P<{name}>.*)" if name else "")
            for text, name, _, _ in Formatter().parse(template)
        )
        if match := re.fullmatch(pattern, sentence, re.DOTALL):
            found = match.groupdict()
            return code.strip(), found.get("label") or found.get("name")
    raise AssertionError(sentence)


@pytest.mark.parametrize(
    ("verb", "name", "text", "code"), BAD, ids=[f"{one[0]} {one[1]} {one[3]}" for one in BAD]
)
def test_both_refuse_the_same(office, reference, verb, name, text, code):  # noqa: PLR0913, PLR0917 - a table
    """With the same code, in a sentence that names the field or the option; nothing is done."""
    fields, before = fields_of(verb, **{name: text}), office.history(reference)
    status, shown = on_the_page(office, reference, verb, fields)
    assert (status, list(shown)) == (422, [name])
    assert code_of(shown[name])[0] == code
    exit_code, sentence = at_the_terminal(office, reference, verb, fields)
    assert exit_code != 0
    assert code_of(sentence) == (code, f"--{name.replace('_', '-')}")
    assert office.history(reference) == before


def test_what_is_typed_is_kept_alike(office, reference):
    """Trimmed, its line ends made plain, and without what cannot be seen."""
    typed = {"text": " One.\r\nTwo.\u200b\u202e "}
    assert office.act(LEADER, reference, "note", **typed).status_code == 303
    exit_code, _ = at_the_terminal(office, reference, "note", typed)
    assert exit_code == 0
    kept = [one.words["text"] for one in office.history(reference).records[-2:]]
    assert kept[0] == kept[1]
    assert kept[0].startswith("One.\nTwo.")


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("2026-01-01T10:00", "The agreed time must lie ahead, and within 90 days."),
        ("2026-01-01T10:00+08:00", "The agreed time must lie ahead, and within 90 days."),
    ],
)
def test_what_the_decision_refuses_is_refused_in_its_words(office, reference, typed, refusal):
    """Once everything can be read, both say what the decision says."""
    fields = fields_of("agree-time", at=typed)
    answer = office.act(LEADER, reference, "agree-time", **fields)
    assert answer.status_code == 409
    assert refusal in answer.body.decode()
    assert at_the_terminal(office, reference, "agree-time", fields) == (1, refusal)


def test_a_moment_with_an_offset_is_that_instant_on_both(office, reference):
    """It is not taken for the community's time."""
    told_at = office.container.clock.now().replace(microsecond=0)
    fields = fields_of("reply", told_by="visit", told_at=told_at.isoformat())
    assert office.act(LEADER, reference, "reply", **fields).status_code == 303
    assert at_the_terminal(office, reference, "reply", fields) == (0, "")
    kept = [one.event.told_at for one in office.history(reference).records if one.kind == "replied"]
    assert kept == [told_at, told_at]

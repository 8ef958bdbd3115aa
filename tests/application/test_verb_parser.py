"""What is typed for a verb: every field of every verb, and every fault in words."""

from datetime import UTC

import pytest
from msgspec.structs import fields as fields_of

from chalicelib import locales
from chalicelib.application.verb_fields import FIELDS
from chalicelib.application.verb_parser import VerbParser
from chalicelib.domain.errors import BadInputError
from chalicelib.domain.verbs import STAFF_VERBS
from chalicelib.fields import FIELDS as FORM
from support.examples import POLICY, SHANGHAI, at
from support.forms import ORGANISATION

READER = VerbParser(POLICY, ORGANISATION, SHANGHAI, ("jade-manager", "jade-supervisor"))
FILLED = {
    "at": "2026-11-26T15:00",
    "told_at": "2026-11-23T11:00",
    "follow_up_by": "2026-12-04T12:00",
    "hurt": "yes",
    "loss": "1,200.50",
    "times_raised": "2",
    "told_by": "telephone",
    "valid": "no",
    "severity": "minor",
    "about": "cleaning",
    "cause": "facility",
    "caused_by_us": "yes",
    "slight": "no",
    "to": "jade-manager",
    "corrects": "what",
    "whom": "property_manager",
    "held": "unreached",
    "phone": "138 0000 0000",
    "email": "li@example.com",
    "contact_by": "phone",
    "into": "7k3mq 9tx4b",
}


def sent(verb, **changes):
    """The verb's form with every field filled in."""
    filled = {one.name: FILLED.get(one.name, f"Words of {one.name}.") for one in FIELDS[verb]}
    return filled | changes


def refused(verb, **changes):
    """The faults of a form by field; fails when it has none."""
    with pytest.raises(BadInputError) as caught:
        READER.read(verb, sent(verb, **changes), "jade-manager")
    return {fault.field: fault.code for fault in caught.value.faults}


def test_every_verb_of_the_staff_has_a_form():
    """No verb is on the command line alone, and no form is for a verb that there is not."""
    assert FIELDS.keys() == STAFF_VERBS.keys()


@pytest.mark.parametrize("verb", FIELDS)
def test_a_form_asks_for_what_its_verb_takes(verb):
    """Each field is one of the command's, and nothing that the command takes is left out."""
    known = {one.name for one in fields_of(STAFF_VERBS[verb].command)} - {"by", "words"}
    known |= {one.name for one in FORM.correctable} if STAFF_VERBS[verb].asks_contact else set()
    asked = {one.name for one in FIELDS[verb]}
    assert asked <= known
    assert known - asked <= {"entry"}, "only what the duty log fills in by itself"


@pytest.mark.parametrize("verb", FIELDS)
def test_a_form_that_is_filled_in_is_a_command(verb):
    """It is by the one who asks, and holds what was typed."""
    command = READER.read(verb, sent(verb), "jade-manager")
    assert type(command) is STAFF_VERBS[verb].command
    assert command.by == "jade-manager"
    for name in ("note", "reason", "text", "root_cause"):
        if name in sent(verb):
            assert getattr(command, name) == f"Words of {name}."


@pytest.mark.parametrize(
    ("verb", "name"),
    [(verb, one.name) for verb, asked in FIELDS.items() for one in asked if one.required],
)
def test_what_is_required_is_named_when_it_is_missing(verb, name):
    """Blank, or blanks alone, is missing; the others are not complained about."""
    assert refused(verb, **{name: " \n "}) == {name: "required"}


@pytest.mark.parametrize(
    ("verb", "name"),
    [(verb, one.name) for verb, asked in FIELDS.items() for one in asked if READER.choices(one)],
)
def test_a_choice_is_one_of_those_offered(verb, name):
    """Whatever else is sent is refused."""
    assert refused(verb, **{name: "something-else"}) == {name: "unknown_choice"}


def test_every_fault_is_told_at_once():
    """Three things wrong are three faults, in the order of the form."""
    faults = refused("reply", text="", done="", told_by="by pigeon", told_at="noon")
    assert faults == {
        "text": "required",
        "done": "required",
        "told_by": "unknown_choice",
        "told_at": "moment_unreadable",
    }


def test_moments_are_the_community_s():
    """What is typed is the time on the wall of the front desk."""
    command = READER.read("agree-time", sent("agree-time"), "jade-manager")
    assert command.at == at("Thursday 2026-11-26 15:00")
    assert command.at.tzinfo is UTC


def test_yes_no_and_not_reached_are_told_apart():
    """Not reached is neither."""
    held = [
        READER.read("return-visit", sent("return-visit", held=one), "x").held
        for one in ("yes", "no", "unreached")
    ]
    assert held == [True, False, None]
    judged = READER.read("judge", sent("judge", valid="", slight="yes"), "x")
    assert (judged.valid, judged.slight, judged.caused_by_us) == (None, True, True)


def test_what_is_left_open_stays_as_it_is():
    """A judgement of one thing judges nothing else."""
    blank = {one.name: "" for one in FIELDS["judge"]} | {"valid": "yes", "reason": "Seen."}
    command = READER.read("judge", blank, "x")
    assert (command.valid, command.cause, command.severity, command.about) == (
        True,
        None,
        None,
        None,
    )


def test_a_contact_must_lead_to_her():
    """Who wants to be rung needs a number; an address must be one."""
    assert refused("correct-contact", phone="", contact_by="phone") == {"phone": "contact_by_needs"}
    assert refused("correct-contact", email="nowhere") == {"email": "email_unreadable"}


@pytest.mark.parametrize("name", ["text", "done"])
def test_too_long_and_unprintable_are_refused(name):
    """The limit is said, and a control character is not kept."""
    assert refused("reply", **{name: "x" * 4001}) == {name: "too_long"}
    assert refused("reply", **{name: "a\x07b"}) == {name: "control_characters"}
    long = READER.read("reply", sent("reply", **{name: "x" * 4000}), "x")
    assert getattr(long, name) == "x" * 4000


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_every_verb_and_every_field_has_its_words(language):
    """Title, introduction, label and what was done, in both languages."""
    words = locales.desk(language)
    for verb, asked in FIELDS.items():
        assert {verb} <= set(words["verb"]) & set(words["verb_intro"]) & set(words["done"])
        for one in asked:
            assert words["ask"].get(f"{verb}.{one.name}") or words["field_of"][one.name]
    hints = {name.split(".")[0] for name in (*words["ask"], *words["ask_hint"])}
    assert hints <= FIELDS.keys()

"""What is typed for a verb: every field of every verb, and every fault."""

from datetime import UTC

import pytest

from chalicelib.application.verb_parser import PARSERS, VerbParser
from chalicelib.domain.errors import BadInputError
from chalicelib.domain.verbs import KINDS, STAFF_VERBS
from chalicelib.fields import FIELDS as FORM
from support.examples import POLICY, SHANGHAI, at
from support.forms import ORGANISATION

FIELDS = {name: verb.fields for name, verb in FORM.staff_verbs.items()}
READER = VerbParser(POLICY, ORGANISATION, SHANGHAI, ("jade-manager", "jade-supervisor"))
FILLED = {
    "at": "2026-11-26T15:00",
    "told_at": "2026-11-23T11:00",
    "follow_up_by": "2026-12-04T12:00",
    "hurt": "yes",
    "loss": "1,200.50",
    "times_raised": "2",
    "told_by": "telephone",
    "reached": "yes",
    "valid": "yes",
    "close_when_sent": "no",
    "severity": "minor",
    "about": "cleaning",
    "cause": "facility",
    "caused_by_us": "yes",
    "slight": "no",
    "meant": "jade-supervisor",
    "to": "jade-manager",
    "corrects": "what",
    "whom": "property_manager",
    "held": "yes",
    "satisfaction": "mostly_satisfied",
    "phone": "138 0000 0000",
    "email": "li@example.com",
    "contact_by": "phone",
    "in_confidence": "yes",
    "photos": "no",
    "into": "7k3mq 9tx4b",
}


def sent(verb, **changes):
    """The verb's form with every field filled in."""
    filled = {one.name: FILLED.get(one.name, f"Words of {one.name}.") for one in FIELDS[verb]}
    return filled | changes


def refused(verb, **changes):
    """The faults of a form by field; fails when it has none."""
    with pytest.raises(BadInputError) as caught:
        READER.read(verb, sent(verb, **changes), "jade-manager", {})
    return {fault.field: fault.code for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("more", "email"), [({}, "li@x.example"), ({"email": ""}, ""), ({"email": "w@x.cn"}, "w@x.cn")]
)
def test_a_form_changes_only_what_it_names(more, email):
    """What was not sent stays as it is recorded; what was sent blank goes."""
    typed = {"reason": "x", "phone": "13900000000", "contact_by": "phone", **more}
    recorded = {"email": "li@x.example", "phone": "13800000000", "name": "Li"}
    command = READER.read("correct-contact", typed, "x", recorded)
    assert command.words["email"] == email
    assert command.words["name"] == "Li"
    assert command.words["phone"] == "13900000000"


def test_every_kind_of_field_is_read():
    """What becomes of the text is said for each kind, once."""
    assert PARSERS.keys() == set(KINDS)


@pytest.mark.parametrize("verb", FIELDS)
def test_a_form_that_is_filled_in_is_a_command(verb):
    """It is by the one who asks, and holds what was typed."""
    command = READER.read(verb, sent(verb), "jade-manager", {})
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
    command = READER.read("agree-time", sent("agree-time"), "jade-manager", {})
    assert command.at == at("Thursday 2026-11-26 15:00")
    assert command.at.tzinfo is UTC


def test_yes_no_and_not_reached_are_told_apart():
    """Not reached is neither."""
    held = [
        READER.read("return-visit", sent("return-visit", held=one), "x", {}).held
        for one in ("yes", "no", "unreached")
    ]
    assert held == [True, False, None]
    judged = READER.read("judge", sent("judge", valid="", slight="yes"), "x", {})
    assert (judged.valid, judged.slight, judged.caused_by_us) == (None, True, True)


def test_how_satisfied_the_resident_is_is_asked_unless_nobody_was_reached():
    """Whether it held or not; on the command line it may be left out, and was not asked then."""
    for held in ("yes", "no"):
        assert refused("return-visit", held=held, satisfaction="") == {"satisfaction": "required"}
    nobody = READER.read(
        "return-visit", sent("return-visit", held="unreached", satisfaction=""), "x", {}
    )
    assert nobody.satisfaction == ""
    assert given("return-visit", "held", "told_by").satisfaction == ""


def test_what_is_left_open_stays_as_it_is():
    """A judgement of one thing judges nothing else."""
    blank = {one.name: "" for one in FIELDS["judge"]} | {"valid": "yes", "reason": "Seen."}
    command = READER.read("judge", blank, "x", {})
    assert (command.valid, command.cause, command.severity, command.about) == (
        True,
        None,
        None,
        None,
    )


def test_a_contact_must_lead_to_the_resident():
    """Who wants to be rung needs a number; an address must be one."""
    assert refused("correct-contact", phone="", contact_by="phone") == {"phone": "contact_by_needs"}
    assert refused("correct-contact", email="nowhere") == {"email": "email_unreadable"}


@pytest.mark.parametrize("name", ["text", "done"])
def test_too_long_and_unprintable_are_refused(name):
    """The limit is said, and a control character is not kept."""
    assert refused("reply", **{name: "x" * 4001}) == {name: "too_long"}
    assert refused("reply", **{name: "a\x07b"}) == {name: "control_characters"}
    long = READER.read("reply", sent("reply", **{name: "x" * 4000}), "x", {})
    assert getattr(long, name) == "x" * 4000


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-26T15:00", "Thursday 2026-11-26 15:00"),
        ("2026-11-26 15:00", "Thursday 2026-11-26 15:00"),
        ("2026-11-26T15:00+08:00", "Thursday 2026-11-26 15:00"),
        ("2026-11-26T07:00Z", "Thursday 2026-11-26 15:00"),
        ("2026-11-26", "Thursday 2026-11-26 00:00"),
    ],
)
def test_a_moment_may_carry_its_offset(typed, moment):
    """Without one it is the community's time; a day alone begins at midnight."""
    assert READER.read("agree-time", sent("agree-time", at=typed), "x", {}).at == at(moment)


@pytest.mark.parametrize("typed", ["noon", "2026-13-01", "0001-01-01T00:00", "9999-12-31T23:00-09"])
def test_a_moment_that_is_none_is_refused(typed):
    """So is one that lies outside what can be computed with."""
    assert refused("agree-time", at=typed) == {"at": "moment_unreadable"}


# ── What is given on the command line ────────────────────────────────────


def given(verb, *names, recorded=(), **values):
    """The command when only these fields are given."""
    filled = {name: FILLED.get(name, f"Words of {name}.") for name in names}
    return READER.read_given(verb, filled | values, "jade-manager", dict(recorded))


OPTIONAL_THERE = {
    "acknowledge": {"reached", "told_by"},
    "reply": {"done", "told_by"},
    "update": {"told_by"},
    "await-answer": {"told_by"},
    "erase": {"typed_reference"},
    "return-visit": {"satisfaction"},
    "settle": {"valid", "root_cause"},
}
"""What a form requires and the command line does not: the command says it by itself."""


@pytest.mark.parametrize("verb", FIELDS)
def test_what_a_command_says_by_itself_need_not_be_given(verb):
    """Only what it cannot be made without is required, and each of that is named."""
    needed = [one.name for one in FIELDS[verb] if one.required]
    needed = [name for name in needed if name not in OPTIONAL_THERE.get(verb, ())]
    assert given(verb, *needed).by == "jade-manager"
    if needed:
        with pytest.raises(BadInputError) as caught:
            given(verb)
        assert [(one.field, one.code) for one in caught.value.faults] == [
            (name, "required") for name in needed
        ]


def test_what_is_given_blank_is_left_open():
    """A blank option is as none, where none is needed."""
    assert given("reply", "text", done="", told_by=" ") == given("reply", "text")


def test_a_contact_stays_as_it_is_recorded_unless_it_is_given():
    """Even a number that no form would take any more; a blank one is taken away."""
    recorded = {"name": "Wang", "phone": "ring the porter", "email": "w@example.com"}
    command = given("correct-contact", "reason", recorded=recorded, unit="1201", email="")
    kept = tuple(command.words[one] for one in ("name", "phone", "email", "unit", "building"))
    assert kept == ("Wang", "ring the porter", "", "1201", "")
    assert command.contact_by == ""


def test_a_way_of_being_reached_needs_its_number_wherever_it_stands():
    """On the record or given: who wants to be rung has a number."""
    by_phone = {"contact_by": "phone"}
    command = given("correct-contact", "reason", recorded={"phone": "1"}, **by_phone)
    assert command.words["phone"] == "1"
    with pytest.raises(BadInputError) as caught:
        given("correct-contact", "reason", **by_phone)
    assert [(one.field, one.code) for one in caught.value.faults] == [("phone", "contact_by_needs")]

"""What stands in a verb's form beforehand: what is on the record already."""

from typing import get_args

import pytest

from chalicelib.application.history import History
from chalicelib.application.verb_prefill import PREFILLS, prefilled
from chalicelib.domain.commands import Reply
from chalicelib.domain.verbs import Prefill
from chalicelib.fields import FIELDS
from support.examples import a_life, correct

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
OWNER = "jade-manager"


def beforehand(verb, *done, **facts):
    """What stands in the form after this was done."""
    life = a_life(MONDAY, **facts).on(TUESDAY, *done)
    return prefilled(FIELDS.staff_verbs[verb], History(life.records))


def test_every_kind_of_prefill_is_looked_up():
    """What a row may say is known here, and nothing else is."""
    assert PREFILLS.keys() == set(get_args(Prefill)) - {""}


def test_closing_takes_over_what_the_reply_said():
    """The root cause, the lesson, and what was done; blank where there is no reply."""
    assert set(beforehand("close").values()) == {""}
    first = Reply(OWNER, "Found.", done="Opened.", root_cause="Rust.")
    last = Reply(OWNER, "Found.", done="Replaced.", root_cause="Age.", lesson="Look each year.")
    assert beforehand("close", first, last) == {
        "root_cause": "Age.",
        "remedy": "Replaced.",
        "lesson": "Look each year.",
    }


def test_a_contact_is_corrected_from_what_it_is():
    """As it was last corrected; a field without anything is blank."""
    corrected = correct("jade-receptionist", phone="138 0000 0000", unit="1201")
    assert beforehand("correct-contact", corrected) == {
        "name": "Wang",
        "building": "",
        "unit": "1201",
        "phone": "138 0000 0000",
        "email": "wang@example.com",
        "contact_by": "email",
        "contact_time": "",
    }


@pytest.mark.parametrize("verb", ["acknowledge", "agree-time", "reply", "update", "await-answer"])
@pytest.mark.parametrize(
    ("contact_by", "told_by"), [("email", "email"), ("phone", "telephone"), ("visit", "visit")]
)
def test_the_resident_is_told_as_they_wish_to_be_reached(verb, contact_by, told_by):
    """Whoever writes to them starts from the way that the resident chose."""
    assert beforehand(verb, contact_by=contact_by)["told_by"] == told_by


def test_a_reply_leaves_the_complaint_open_unless_it_is_ticked():
    """Closing it when it is sent is chosen, never found chosen."""
    assert beforehand("reply")["close_when_sent"] == "no"


@pytest.mark.parametrize(
    ("cause", "known"),
    [
        ("facility", {"severity": "minor", "cause": "facility"}),
        ("unsure", {"severity": "", "cause": ""}),
    ],
)
def test_settling_begins_with_what_the_facts_make_of_it(cause, known):
    """Valid, and minor where they say so; where they decide nothing a person names it."""
    assert beforehand("settle", cause=cause) == {"valid": "yes", **known}


def test_the_supervisor_is_called_first():
    """The front desk turns to the supervisor unless it chooses the manager (6.1.2)."""
    assert beforehand("call-for-help") == {"whom": "customer_service_supervisor"}
    assert beforehand("judge") == {}

"""The state is what the events make of it, each by one function of its own."""

import msgspec
import pytest

from chalicelib.domain import commands, events, model
from chalicelib.domain.events import EVENTS, EventRecord
from chalicelib.domain.evolve import EVOLUTIONS, evolve, replay
from chalicelib.domain.notices import LETTERS
from support.examples import a_life, at

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
VALUES = [
    value
    for module in (model, events, commands)
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, msgspec.Struct) and value is not msgspec.Struct
]
NO_LETTER = {
    "contact_corrected",
    "contact_tried",
    "ended_elsewhere",
    "erased",
    "facts_recorded",
    "followed_up",
    "letter_delivered",
    "missed",
    "noted",
    "photo_added",
    "photo_refused",
    "repeated",
    "return_visit_missed",
    "return_visit_tried",
    "return_visited",
    "warned",
}
"""What is on the record, and told to nobody by a letter of its own."""


def test_every_event_does_something_to_the_state():
    """The receipt begins it; each other event has the function that says what it does."""
    assert {events.Received, *EVOLUTIONS} == set(EVENTS.values())


def test_it_is_decided_of_every_event_whether_it_calls_for_letters():
    """An event is among those that call for a letter, or among those that do not."""
    told = {kind for kind, event in EVENTS.items() if event in LETTERS}
    assert told | NO_LETTER == EVENTS.keys()
    assert not told & NO_LETTER


def test_a_value_cannot_be_changed():
    """History is append-only: whatever it consists of is frozen."""
    for value in VALUES:
        assert value.__struct_config__.frozen, value


def test_a_state_begins_with_a_receipt():
    """Neither nothing at all nor another event is a complaint."""
    with pytest.raises(ValueError, match="receipt"):
        replay([])
    with pytest.raises(ValueError, match="receipt"):
        evolve(None, EventRecord(1, at(MONDAY), "jade-manager", events.Noted()))


def test_each_record_counts_one_version():
    """The version is the number of the last record."""
    life = a_life(MONDAY)
    assert life.complaint.version == len(life.records)
    noted = EventRecord(life.complaint.version + 1, at(TUESDAY), "jade-manager", events.Noted())
    assert evolve(life.complaint, noted).version == life.complaint.version + 1

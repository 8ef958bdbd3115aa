"""What every `WaitingLetters` keeps: receipts that wait in lanes, the oldest first, none lost."""

from datetime import timedelta

import pytest

from chalicelib.application.outbox import ComplaintEvent
from support.examples import at
from support.histories import just_received

MOMENT = "Monday 2026-11-23 10:07"
NOW = at(MOMENT)
HOUR = timedelta(hours=1)
REFERENCES = ("7K3MQ-9TX4B", "8K3MQ-9TX4B", "6K3MQ-9TX4B")


@pytest.fixture
def entries(ports):
    """The receipts of three complaints, in the order in which they came in."""
    for reference in REFERENCES:
        ports.submit(just_received(MOMENT, reference=reference))
    return [ComplaintEvent(reference, 1) for reference in REFERENCES]


def wait(ports, entries, lane="a", until=NOW):
    """Let them wait, the last first; each came in a minute after the other."""
    for minute, entry in reversed([*enumerate(entries)]):
        ports.waiting_letters.wait(entry, lane, until, NOW + timedelta(minutes=minute))


def test_the_oldest_comes_first(ports, entries):
    """In whatever order they were put there, and once each."""
    wait(ports, entries)
    wait(ports, entries)
    assert [*ports.waiting_letters.in_lane("a", NOW)] == entries


def test_what_waits_for_later_is_not_there_yet(ports, entries):
    """A lane has what waits for an instant that has come, and the earlier one before the later."""
    wait(ports, entries[:1], until=NOW + HOUR)
    wait(ports, entries[1:])
    assert [*ports.waiting_letters.in_lane("a", NOW)] == entries[1:]
    later = [*entries[1:], entries[0]]
    assert [*ports.waiting_letters.in_lane("a", NOW + HOUR)] == later


def test_each_lane_is_by_itself(ports, entries):
    """What moves into another lane is in its first no more."""
    wait(ports, entries)
    wait(ports, entries[:1], lane="b")
    assert [*ports.waiting_letters.in_lane("a", NOW)] == entries[1:]
    assert [*ports.waiting_letters.in_lane("b", NOW)] == entries[:1]


def test_what_waits_was_not_left_behind(ports, entries):
    """The sweep does not find it among what the stream lost, until it is settled or ever."""
    wait(ports, entries[:1])
    assert {*ports.letters.unsettled(NOW + HOUR)} == {*entries[1:]}
    ports.letters.settle(entries[0])
    assert [*ports.waiting_letters.in_lane("a", NOW)] == []
    assert {*ports.letters.unsettled(NOW + HOUR)} == {*entries[1:]}

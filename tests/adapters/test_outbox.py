"""The outbox's entries and the keys under which they stand."""

from datetime import date

import pytest

from chalicelib.adapters.outbox import entry_from, entry_key, letter_key
from chalicelib.application.outbox import (
    AlertBatch,
    ComplaintEvent,
    EntryWritten,
    ImportFinished,
    WorkdayStart,
)
from chalicelib.application.ports.letters import LetterKey
from support.examples import at

DAY = date(2026, 11, 23)
ENTRIES = [
    (ComplaintEvent("7K3MQ-9TX4B", 12), "C#7K3MQ-9TX4B", "000012"),
    (EntryWritten("jade-lake", DAY, 3), "LOG#jade-lake#2026-11-23", "000003"),
    (ImportFinished("0a1b-2"), "IMPORT#0a1b-2", "000001"),
    (
        AlertBatch("jade-lake", "chen-jing", at("Monday 2026-11-23 10:15")),
        "BATCH#jade-lake#chen-jing#2026-11-23T02:15:00Z",
        "000001",
    ),
    (WorkdayStart("jade-lake", DAY), "WORKDAY#jade-lake#2026-11-23", "000001"),
]


@pytest.mark.parametrize(("entry", "partition", "number"), ENTRIES)
def test_an_entry_is_read_back_from_its_key(entry, partition, number):
    """Each kind has a partition of its own; its place in it is an event's."""
    key = entry_key(entry)
    assert key == {"pk": {"S": partition}, "sk": {"S": f"E#{number}"}}
    assert entry_from(key) == entry


@pytest.mark.parametrize(("entry", "partition", "number"), ENTRIES)
def test_a_letter_stands_beside_what_it_follows_from(entry, partition, number):
    """In the same partition, under its number and its recipient."""
    key = letter_key(LetterKey(entry, "chen-jing"))
    assert key == {"pk": {"S": partition}, "sk": {"S": f"L#{number}#chen-jing"}}


def test_no_two_entries_have_one_name():
    """A name tells an entry from all others, and from a complaint's reference."""
    names = {entry.name for entry, _, _ in ENTRIES}
    assert len(names) == len(ENTRIES)
    assert "7K3MQ-9TX4B" not in names
    assert not any("#" in name for name in names)

"""A complaint's whole record, as it is loaded and as it grows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, reduce

from chalicelib.domain.events import EndedElsewhere, EventRecord, NewEvent, Received
from chalicelib.domain.evolve import as_delivered, evolve, replay, words_now
from chalicelib.domain.model import BY_CLOCK, Complaint


@dataclass(frozen=True)
class History:
    """All records of one complaint, oldest first; never empty.

    `evolved` is the state after them, where it was carried on from an earlier history and
    need not be replayed; it is the same as the replay gives. `withheld` when it is shown to
    somebody who may not know the resident, and lacks what tells it.
    """

    records: tuple[EventRecord, ...]
    evolved: Complaint | None = field(default=None, compare=False, repr=False)
    withheld: bool = False

    @cached_property
    def complaint(self) -> Complaint:
        """The present state: replayed once, and carried on by whatever extends the history."""
        return self.evolved or replay(self.records)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """What the resident said, and how they are reached now; empty once erased."""
        return words_now(self.records)

    @property
    def as_delivered(self) -> "History":
        """The history as whoever reads a letter finds it: with that letter arrived."""
        return replace(self, evolved=as_delivered(self.complaint))

    def record(self, number: int) -> EventRecord:
        """The record of this number, from 1. Raises IndexError when there is none."""
        return self.records[number - 1]

    def since(self, earlier: "History") -> tuple[EventRecord, ...]:
        """What this history has that an earlier one had not."""
        return self.records[len(earlier.records) :]

    def has(self, origin: str) -> bool:
        """Whether something was passed on to it from this record of another complaint."""
        return any(one.origin == origin for one in self.records)

    def extended(
        self, new_events: Iterable[NewEvent], at: datetime, by: str, origin: str = ""
    ) -> "History":
        """The history with more on its record; `at` is UTC, `by` a staff id or ``clock``.

        What time has brought is the clock's, though somebody came upon it. `origin` is the record
        of another complaint that it was passed on from.
        """
        new = tuple(
            EventRecord(number, at, _by(one, by), one.event, one.words, origin)
            for number, one in enumerate(new_events, len(self.records) + 1)
        )
        return History((*self.records, *new), reduce(evolve, new, self.complaint))


def _by(one: NewEvent, by: str) -> str:
    return BY_CLOCK if one.by_clock else by


def begun(receipt: NewEvent, at: datetime, by: str) -> History:
    """A history of one record: the receipt."""
    return History((EventRecord(1, at, by, receipt.event, receipt.words),))


def occurred_at(record: EventRecord) -> datetime:
    """When something happened (UTC); what was imported happened before it was recorded."""
    match record.event:
        case Received(received_at=at) | EndedElsewhere(ended_at=at):
            return at
        case _:
            return record.at

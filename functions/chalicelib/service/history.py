"""A complaint's whole record, as it is loaded and as it grows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from chalicelib.domain.complaint import Complaint, folded
from chalicelib.domain.contact import words_now
from chalicelib.domain.events import EndedElsewhere, Happening, Received, Recorded


@dataclass(frozen=True)
class History:
    """All records of one complaint, oldest first; never empty."""

    records: tuple[Recorded, ...]

    @cached_property
    def complaint(self) -> Complaint:
        """The present state."""
        return folded(self.records)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """What the resident said, and how she is reached now; empty once erased."""
        return words_now(self.records)

    def record(self, number: int) -> Recorded:
        """The record of this number, from 1. Raises IndexError when there is none."""
        return self.records[number - 1]

    def since(self, earlier: "History") -> tuple[Recorded, ...]:
        """What this history has that an earlier one had not."""
        return self.records[len(earlier.records) :]

    def extended(self, happenings: Iterable[Happening], at: datetime, by: str) -> "History":
        """The history with more on its record; `at` is UTC, `by` a staff id or ``clock``."""
        count = len(self.records)
        new = (
            Recorded(number, at, by, happening.event, happening.words)
            for number, happening in enumerate(happenings, count + 1)
        )
        return History((*self.records, *new))


def begun(happening: Happening, at: datetime, by: str) -> History:
    """A history of one record: the receipt."""
    return History((Recorded(1, at, by, happening.event, happening.words),))


def occurred_at(record: Recorded) -> datetime:
    """When something happened (UTC); what was imported happened before it was recorded."""
    match record.event:
        case Received(received_at=at) | EndedElsewhere(ended_at=at):
            return at
        case _:
            return record.at

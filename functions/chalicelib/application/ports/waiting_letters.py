"""Receipts that wait until there is room for them: none is dropped, and the oldest goes first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from chalicelib.application.outbox import ComplaintEvent


class WaitingLetters(Protocol):
    """Receipts whose letters wait in a lane: first by the instant that they wait for, then by age.

    What waits is no entry that was left behind: `Letters.unsettled` does not have it.
    `Letters.settle` takes it out of its lane.
    """

    def wait(
        self, entry: ComplaintEvent, lane: str, until: datetime, received_at: datetime
    ) -> None:
        """Put an entry into a lane, out of any other, in its place; twice is once. Both in UTC."""
        ...

    def in_lane(self, lane: str, until: datetime) -> Iterable[ComplaintEvent]:
        """What waits there for an instant up to `until` (UTC), the oldest first."""
        ...

"""The sweep's log: when the last sweeps ran, and what came of them.

It names complaints and letters that failed, and holds nobody's words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

SILENT_AFTER = timedelta(minutes=15)
"""So long without a finished sweep is too long: three in a row have not come."""


@dataclass(frozen=True)
class SweepRun:
    """A finished sweep (instants in UTC). `unfinished` says that its time was up before its work.

    `failing` names what failed, and what had failed before and was not reached: the next
    sweep tries it last.
    """

    began_at: datetime
    finished_at: datetime
    looked_at: int = 0
    posted: int = 0
    failed: int = 0
    unfinished: bool = False
    failing: tuple[str, ...] = ()


@dataclass(frozen=True)
class LastSweeps:
    """When a sweep last began, and the last one that finished; None where there was none."""

    began_at: datetime | None = None
    finished: SweepRun | None = None

    def are_silent(self, now: datetime) -> bool:
        """Whether no sweep has finished for too long."""
        return self.finished is None or now - self.finished.finished_at > SILENT_AFTER


class SweepLog(Protocol):
    """The record of the last sweeps. Of two at once the one that ends later stands."""

    def begin(self, now: datetime) -> LastSweeps:
        """A sweep begins; it, and the last that finished."""
        ...

    def finish(self, done: SweepRun) -> None:
        """A sweep has finished."""
        ...

    def last(self) -> LastSweeps:
        """What stands in the log."""
        ...

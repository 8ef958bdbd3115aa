"""The desk as one run sees it: one moment and one staff directory for all rows.

So a thousand rows ask for the staff once, and none is decided a second after another.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.application.desk import Desk
from chalicelib.domain.staff import Directory


def at_one_moment(desk: Desk, now: datetime) -> Desk:
    """The desk at `now` (UTC), with the staff as they stand at this moment."""
    return replace(desk, staff=_StaffOfTheRun(desk.staff.directory()), clock=_Stopped(now))


@dataclass(frozen=True)
class _Stopped:
    """The `Clock` port at one moment."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class _StaffOfTheRun:
    """The `StaffReader` port over a directory read before."""

    known: Directory

    def directory(self) -> Directory:
        return self.known

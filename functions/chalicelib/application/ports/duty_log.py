"""The duty log (值班日志)."""

from datetime import date
from typing import Protocol

from chalicelib.domain.duty_log import DutyLogEntry


class DutyLog(Protocol):
    """The duty log: entries numbered through the day, never changed."""

    def write(self, entry: DutyLogEntry) -> DutyLogEntry:
        """Add an entry; the one returned has its number."""
        ...

    def day(self, community: str, on: date) -> tuple[DutyLogEntry, ...]:
        """A community's entries of one day, in their order."""
        ...

    def entry(self, community: str, on: date, number: int) -> DutyLogEntry:
        """One entry of a community's day. Raises NotFoundError."""
        ...

"""The staff directory, read once for what is handled together: a sweep, a batch of the stream.

And for residents' pages, which only name the staff.

For seconds only: a long sweep must not hand a complaint to somebody who left meanwhile.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.staff import StaffReader
from chalicelib.domain.staff import Directory

REMEMBERED_FOR = timedelta(seconds=10)
"""No longer than an ordinary sweep takes."""


@dataclass
class CachedStaff:
    """The `StaffReader` port over another, which is asked when what it said is too old."""

    staff: StaffReader
    clock: Clock
    _read: tuple[datetime, Directory] | None = field(default=None, init=False)

    def directory(self) -> Directory:
        """All staff, as they were at most ten seconds ago."""
        now = self.clock.now()
        if self._read is None or not timedelta() <= now - self._read[0] < REMEMBERED_FOR:
            self._read = now, self.staff.directory()
        return self._read[1]

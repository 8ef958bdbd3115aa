"""Which working days have begun in a community, each recorded once."""

from datetime import datetime
from typing import Protocol

from chalicelib.application.outbox import WorkdayStart


class WorkdayStarts(Protocol):
    """Which working days have begun."""

    def has_begun(self, start: WorkdayStart) -> bool:
        """Whether somebody has recorded it."""
        ...

    def begin(self, start: WorkdayStart, now: datetime) -> bool:
        """Record once that it began, as something whose letters are still to go out.

        False when it was recorded before.
        """
        ...

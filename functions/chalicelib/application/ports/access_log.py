"""Who looked at which complaint."""

from datetime import datetime
from typing import Protocol

from chalicelib.application.records import AccessRecord


class AccessLog(Protocol):
    """Who looked at which complaint."""

    def note(self, reference: str, staff: str, now: datetime) -> None:
        """Somebody of the staff looks at a complaint."""
        ...

    def of(self, reference: str) -> tuple[AccessRecord, ...]:
        """Who looked at it, newest first; one look for each person and day."""
        ...

"""Who looked at which complaint."""

from datetime import datetime
from typing import Protocol


class AccessLog(Protocol):
    """Who looked at which complaint."""

    def note(self, reference: str, staff: str, now: datetime) -> None:
        """Somebody of the staff looks at a complaint; its dossier tells of it from now on."""
        ...

"""The record of finished imports."""

from datetime import datetime
from typing import Protocol

from chalicelib.application.records import ImportRun


class Imports(Protocol):
    """The record of finished imports."""

    def finish(self, run: ImportRun, now: datetime) -> bool:
        """Record a run once; False when this very file was finished before."""
        ...

    def run(self, run_id: str) -> ImportRun:
        """A finished run. Raises NotFoundError."""
        ...

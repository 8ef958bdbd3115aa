"""Makes workbooks for Excel and WPS."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from chalicelib.application.sheets import Sheet


class Workbooks(Protocol):
    """Makes a workbook (``.xlsx``) of tables."""

    def write(self, sheets: Iterable[Sheet], made_at: datetime) -> bytes:
        """The file. Text stays text, whatever it looks like; moments are dates."""
        ...

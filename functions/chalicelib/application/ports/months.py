"""What is kept of the months of each community, so that a report reads no history."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from chalicelib.domain.model import Complaint
from chalicelib.domain.statistics import MonthRow


class Months(Protocol):
    """Each month's opening and, once it is over, its rows; what is kept is never changed.

    A month is named as ``2026-11``.
    """

    def opening(self, community: str, month: str) -> tuple[Complaint, ...] | None:
        """The states with which a month began, by reference; None where none are kept."""
        ...

    def keep_opening(self, community: str, month: str, states: Iterable[Complaint]) -> None:
        """Keep the states with which a month began; what is kept already stays."""
        ...

    def rows(self, community: str, first: str, last: str) -> Mapping[str, tuple[MonthRow, ...]]:
        """The rows kept of each month from `first` to `last`, both among them."""
        ...

    def keep_rows(self, community: str, month: str, rows: Iterable[MonthRow]) -> None:
        """Keep the rows of a month that is over; what is kept already stays."""
        ...

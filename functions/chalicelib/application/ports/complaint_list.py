"""Every complaint in rows, open and ended, by the month of its receipt or of its end."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from chalicelib.application.listed import ListedComplaint, ListedLine

RECEIVED, ENDED = "received", "ended"
"""By what a complaint is found in a month."""


class Span(Struct, frozen=True):
    """A part of a month of the communities' calendar, ``2026-11``: from `start` to before `end`.

    Both are UTC. `by` is `RECEIVED` or `ENDED`.
    """

    by: str
    month: str
    start: datetime
    end: datetime


class ComplaintList(Protocol):
    """The list of all complaints, whatever community they are of. It is only read."""

    def rows(self, span: Span) -> tuple[ListedComplaint, ...]:
        """The rows of a span, in one request unless they are more than a megabyte."""
        ...

    def words(self, span: Span) -> Mapping[str, Mapping[str, str]]:
        """What was said, and how residents are reached, in a span: by reference, likewise.

        Nothing of those whose words were erased or have expired.
        """
        ...

    def words_of(self, references: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        """The same of these complaints, two dozen in one request."""
        ...

    def open(self) -> tuple[ListedLine, ...]:
        """Every open complaint with its words, in one request."""
        ...

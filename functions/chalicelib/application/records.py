"""What is kept, as values: a complaint's record, its line in a list, what was learned of it.

The ports bring them; callers take them from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.history import History
from chalicelib.domain.model import Complaint


@dataclass(frozen=True)
class Submitted:
    """What came of a submission: the complaint that stands, and whether it is new."""

    complaint: Complaint
    is_new: bool
    origin: str = ""


@dataclass(frozen=True)
class SentLetter:
    """A letter on the record: what it follows from, to whom, and how far it got.

    `state` is ``claimed`` or ``sent``, ``gathered`` into one letter with others, or
    ``withheld`` from an address that has had its share for the day; `at` (UTC) is when it
    came to be so.
    """

    number: int
    to: str
    letter: str
    state: str
    at: datetime


@dataclass(frozen=True)
class Dossier:
    """Everything about one complaint: its record and its letters."""

    history: History
    letters: tuple[SentLetter, ...]


@dataclass(frozen=True)
class Line:
    """A complaint in a list: its state, and what the resident said, empty once erased.

    `due_at` (UTC) is when the sweep looks at it next; None when nothing is scheduled.
    """

    complaint: Complaint
    words: Mapping[str, str]
    due_at: datetime | None = None


@dataclass(frozen=True)
class Lesson:
    """What was learned from a complaint (principle 2); `at` (UTC) is when it was settled."""

    category: str
    community: str
    reference: str
    at: datetime
    text: str


@dataclass(frozen=True)
class AccessRecord:
    """Who looked at a complaint on a day (UTC), how often, and when last."""

    staff: str
    count: int
    last_at: datetime


@dataclass(frozen=True)
class ImportRun:
    """A spreadsheet that was taken in: how many complaints each owner got, by severity."""

    id: str
    source: str
    owners: Mapping[str, Mapping[str, int]]
    ended: int

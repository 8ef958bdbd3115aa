"""What is kept, as values: a complaint's record, its line in a list, what was learned of it.

The ports bring them; callers take them from there.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from chalicelib.application.history import History
from chalicelib.domain.model import Complaint


class Submitted(Struct, frozen=True):
    """What came of a submission: the complaint that stands, and whether it is new."""

    complaint: Complaint
    is_new: bool
    origin: str = ""


class SentLetter(Struct, frozen=True):
    """A letter on the record: what it follows from, to whom, and how far it got.

    `state` is one of `domain.delivery.STATES`, ``gathered`` into one letter with others, or
    ``withheld`` from an address that has had its share for the day; `at` (UTC) is when it
    came to be so, `sent_at` when the mail service took it.
    """

    number: int
    to: str
    letter: str
    state: str
    at: datetime
    sent_at: datetime | None = None


class AccessRecord(Struct, frozen=True):
    """Who looked at a complaint on a day (UTC), how often, and when last."""

    staff: str
    count: int
    last_at: datetime


class Dossier(Struct, frozen=True):
    """Everything about one complaint: its record, its letters, and who looked, the last first."""

    history: History
    letters: tuple[SentLetter, ...]
    access: tuple[AccessRecord, ...] = ()


class Line(Struct, frozen=True):
    """A complaint in a list: its state, and what the resident said, empty once erased.

    `due_at` (UTC) is when the sweep looks at it next; None when nothing is scheduled. `withheld`
    when its reader may not know the resident.
    """

    complaint: Complaint
    words: Mapping[str, str]
    due_at: datetime | None = None
    withheld: bool = False


class Lesson(Struct, frozen=True):
    """What was learned from a complaint (principle 2); `at` (UTC) is when it was settled."""

    category: str
    community: str
    reference: str
    at: datetime
    text: str


class ImportRun(Struct, frozen=True):
    """A spreadsheet that was taken in: how many complaints each owner got, by severity."""

    id: str
    source: str
    owners: Mapping[str, Mapping[str, int]]
    ended: int

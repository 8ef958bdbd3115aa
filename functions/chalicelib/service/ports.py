"""What the service needs of the world, one port a role. Adapters and fakes keep them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from chalicelib.domain.complaint import Complaint
from chalicelib.domain.roles import Directory, Staff
from chalicelib.service.history import History


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC, to the second."""
        ...


@dataclass(frozen=True)
class Submitted:
    """What came of a submission: the complaint that stands, and whether it is new."""

    complaint: Complaint
    is_new: bool
    origin: str = ""


class Complaints(Protocol):
    """Where complaints are kept: the record, and an index of what is due."""

    def submit(
        self,
        history: History,
        digest: str,
        household: str,
        due_at: datetime | None,
        origin: str = "",
    ) -> Submitted:
        """Keep a new complaint in one request, or find the same one kept before.

        `origin` names the import that brought it. Raises FormUsedError when the
        reference stands with another digest.
        """
        ...

    def load(self, reference: str) -> History:
        """The whole record. Raises NotFoundError."""
        ...

    def keep(self, before: History, after: History, due_at: datetime | None) -> None:
        """Add what is new in one transaction. Raises ChangedMeanwhileError."""
        ...

    def due(self, now: datetime) -> Iterable[str]:
        """The references of complaints whose next due time has come, earliest first."""
        ...


@dataclass(frozen=True)
class Post:
    """An event whose letters may still have to go out: a complaint's, or an import's."""

    subject: str
    number: int


@dataclass(frozen=True)
class LetterKey:
    """One letter: what it is about, the event it follows from, and its recipient."""

    subject: str
    number: int
    to: str


class Letters(Protocol):
    """The record of every letter, and of the events whose letters are still to go out."""

    def claim(self, key: LetterKey, letter: str, now: datetime) -> bool:
        """Take a letter to send; False when it was sent. Raises LetterHeldError."""
        ...

    def mark_sent(self, key: LetterKey, now: datetime, message_id: str) -> None:
        """Record that the mail service took the letter."""
        ...

    def release(self, key: LetterKey) -> None:
        """Give a claimed letter back: it could not be sent."""
        ...

    def settle(self, post: Post) -> None:
        """Record that all letters of an event went out."""
        ...

    def unsettled(self, before: datetime) -> Iterable[Post]:
        """The events recorded before this instant whose letters have not all gone out."""
        ...


@dataclass(frozen=True)
class ImportRun:
    """A spreadsheet that was taken in: how many complaints each owner got, by severity."""

    id: str
    source: str
    owners: Mapping[str, Mapping[str, int]]
    ended: int


class Imports(Protocol):
    """The record of finished imports."""

    def finish(self, run: ImportRun, now: datetime) -> bool:
        """Record a run once; False when this very file was finished before."""
        ...

    def run(self, run_id: str) -> ImportRun:
        """A finished run. Raises NotFoundError."""
        ...


class StaffBook(Protocol):
    """The staff directory."""

    def directory(self) -> Directory:
        """All staff, in one request."""
        ...

    def put(self, staff: Staff) -> None:
        """Add or replace a member of staff."""
        ...


@dataclass(frozen=True)
class Written:
    """A letter's words: subject, plain text and HTML saying the same."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Mail:
    """A letter with its address. `thread` groups letters about one matter in a mail client."""

    to: str
    written: Written
    thread: str
    language: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Writer(Protocol):
    """Puts a letter into words."""

    def write(self, letter: str, language: str, content: Mapping[str, object]) -> Written:
        """The letter of this name in this language. Raises KeyError for an unknown one."""
        ...


class Mailer(Protocol):
    """Hands letters to the mail service."""

    def send(self, mail: Mail) -> str:
        """Send one letter and return the service's id for it. Raises MailRefusedError."""
        ...


class MailRefusedError(Exception):
    """Raised when the mail service did not take a letter."""


class LetterHeldError(Exception):
    """Raised while somebody else holds a letter: it is not known yet whether it goes out."""

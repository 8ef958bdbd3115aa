"""What the service needs of the world, one port a role. Adapters and fakes keep them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from chalicelib.domain.complaint import Complaint
from chalicelib.domain.duty_log import Entry
from chalicelib.domain.events import Recorded
from chalicelib.domain.roles import Directory, Staff
from chalicelib.service.challenges import Answer
from chalicelib.service.history import History
from chalicelib.service.kept import (
    Dossier,
    ImportRun,
    Lesson,
    Line,
    Look,
    SentLetter,  # noqa: F401 - callers take it from here, with the others
    Submitted,
)
from chalicelib.service.sessions import Roll, Session


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC, to the second."""
        ...


class Complaints(Protocol):
    """Where complaints are kept: the record, and indexes of what is due and of whose it is."""

    def submit(
        self,
        history: History,
        digest: str,
        households: Mapping[str, str],
        due_at: datetime | None,
        origin: str = "",
    ) -> Submitted:
        """Keep a new complaint in one request, or find the same one kept before.

        `households` are the keys under which it is found again, by kind: unit, phone and
        email, those that there are. `origin` names the import that brought it. Raises
        FormUsedError when the reference stands with another digest.
        """
        ...

    def load(self, reference: str) -> History:
        """The whole record. Raises NotFoundError."""
        ...

    def dossier(self, reference: str) -> Dossier:
        """The whole record with its letters, in one request. Raises NotFoundError."""
        ...

    def keep(
        self,
        before: History,
        after: History,
        due_at: datetime | None,
        households: Mapping[str, str] | None = None,
    ) -> None:
        """Add what is new in one transaction. Raises ChangedMeanwhileError.

        `households` replace the keys under which it was found, where a contact was
        corrected. Once it is erased no word of any record is left, and no key. What is
        personal is kept for the policy's months after the end, and again without an end
        when it opens again.
        """
        ...

    def reschedule(self, complaint: Complaint, due_at: datetime | None) -> None:
        """Look at an open complaint at another time; left alone when it has changed meanwhile.

        Nothing is recorded by it, and nobody is told.
        """
        ...

    def open(self) -> tuple[Line, ...]:
        """Every open complaint, in one request."""
        ...

    def lines(self, references: Iterable[str]) -> tuple[Line, ...]:
        """These complaints, open or ended, in this order; unknown ones are left out."""
        ...

    def of_household(self, key: str) -> tuple[str, ...]:
        """The references of the complaints that stand under a household's key, newest first."""
        ...

    def happened(
        self, community: str, start: datetime, end: datetime
    ) -> tuple[tuple[str, Recorded], ...]:
        """What happened in a community from `start` to before `end` (UTC), oldest first.

        Each with its complaint's reference, and without words. A receipt or an end that
        was imported counts when it happened.
        """
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
        """Take a letter to send; False when it is dealt with. Raises LetterHeldError."""
        ...

    def mark_sent(self, key: LetterKey, now: datetime, message_id: str) -> None:
        """Record that the mail service took the letter."""
        ...

    def release(self, key: LetterKey) -> None:
        """Give a claimed letter back: it could not be sent."""
        ...

    def withhold(self, key: LetterKey) -> None:
        """Record that a claimed letter is not sent: its address has had its share."""
        ...

    def settle(self, post: Post) -> None:
        """Record that all letters of an event went out."""
        ...

    def unsettled(self, before: datetime) -> Iterable[Post]:
        """The events recorded before this instant whose letters have not all gone out."""
        ...


class Imports(Protocol):
    """The record of finished imports."""

    def finish(self, run: ImportRun, now: datetime) -> bool:
        """Record a run once; False when this very file was finished before."""
        ...

    def run(self, run_id: str) -> ImportRun:
        """A finished run. Raises NotFoundError."""
        ...


class DutyLog(Protocol):
    """The duty log: entries numbered through the day, never changed."""

    def write(self, entry: Entry) -> Entry:
        """Add an entry; the one returned has its number."""
        ...

    def day(self, community: str, on: date) -> tuple[Entry, ...]:
        """A community's entries of one day, in their order."""
        ...

    def entry(self, subject: str, number: int) -> Entry:
        """One entry of the log under ``LOG#<community>#<day>``. Raises NotFoundError."""
        ...


class Lessons(Protocol):
    """The lessons that were drawn at closing."""

    def of(self, category: str) -> tuple[Lesson, ...]:
        """The lessons of a category, newest first, in one request."""
        ...


class Looks(Protocol):
    """Who looked at which complaint."""

    def note(self, reference: str, staff: str, now: datetime) -> None:
        """Somebody of the staff looks at a complaint."""
        ...

    def of(self, reference: str) -> tuple[Look, ...]:
        """Who looked at it, newest first; one look for each person and day."""
        ...


class StaffReader(Protocol):
    """The staff directory, to look at."""

    def directory(self) -> Directory:
        """All staff, in one request."""
        ...


class StaffBook(StaffReader, Protocol):
    """The staff directory, and beside each member of staff her sessions."""

    def roll(self) -> Roll:
        """All staff with their sessions, in one request."""
        ...

    def put(self, staff: Staff, version: int | None = None) -> None:
        """Add or replace a member of staff; her sessions stay, unless she is disabled.

        `version` is the one that was read before the change, 0 for somebody new. Raises
        ChangedMeanwhileError when it is not that any more.
        """
        ...

    def begin_session(
        self, staff_id: str, digest: str, session: Session, dropped: Iterable[str] = ()
    ) -> None:
        """Keep a session in place of some others. Raises NotFoundError for nobody's."""
        ...

    def renew_session(self, staff_id: str, digest: str, session: Session) -> bool:
        """Write down that a session is used; False when it has ended meanwhile."""
        ...

    def end_session(self, staff_id: str, digest: str) -> None:
        """End one session, if there is such a one."""
        ...

    def end_sessions(self, staff_id: str) -> None:
        """End all sessions of one person."""
        ...


class Identity(Protocol):
    """Passwords and second factors; names are staff ids. Each raises IdentityRefusedError."""

    def sign_in(self, name: str, password: str) -> Answer:
        """Try a password."""
        ...

    def set_new_password(self, name: str, challenge: str, password: str) -> Answer:
        """Answer with a password of her own in place of the temporary one."""
        ...

    def answer_code(self, name: str, challenge: str, code: str) -> Answer:
        """Answer with the code of the second factor."""
        ...

    def send_code(self, name: str) -> None:
        """Send a code to the e-mail address; whether there is one is not told."""
        ...

    def reset(self, name: str, code: str, password: str) -> None:
        """Set a new password with the code that was sent."""
        ...

    def new_secret(self, access: str) -> str:
        """A new secret for her authenticator; it counts once a code of it was shown."""
        ...

    def confirm_secret(self, name: str, access: str, code: str) -> None:
        """From now on she is asked for a code, if this one is right."""
        ...

    def ask_no_code(self, name: str) -> None:
        """From now on she is asked for no code."""
        ...

    def asks_code(self, name: str) -> bool:
        """Whether she is asked for a code."""
        ...

    def create(self, name: str, email: str) -> None:
        """Open an account, and send its invitation."""
        ...

    def invite_again(self, name: str) -> None:
        """Send the invitation again, with another temporary password."""
        ...

    def change_email(self, name: str, email: str) -> None:
        """Send codes to another address from now on."""
        ...

    def disable(self, name: str) -> None:
        """Let nobody sign in with this account."""
        ...

    def enable(self, name: str) -> None:
        """Let her sign in again."""
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

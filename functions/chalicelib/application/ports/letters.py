"""The record of letters, and which entries of the outbox still have letters to go out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.application.outbox import OutboxEntry
from chalicelib.application.records import SentLetter


@dataclass(frozen=True)
class LetterKey:
    """One letter: what it follows from, and its recipient, a staff id or ``resident``."""

    about: OutboxEntry
    to: str


@dataclass(frozen=True)
class DeliveryReport:
    """What is heard of a letter: its `state`, and since when that is so (UTC).

    `sent_at` is when the mail service took it, where that is said.
    """

    key: LetterKey
    state: str
    at: datetime
    sent_at: datetime | None = None


class Letters(Protocol):
    """The record of every letter, and of what still has letters to go out."""

    def claim(self, key: LetterKey, letter: str, now: datetime) -> bool:
        """Take a letter to send; False when it is dealt with. Raises LetterHeldError."""
        ...

    def claim_all(self, letters: Mapping[LetterKey, str], now: datetime) -> bool:
        """Take all of these to send, or none: False when one of them is held or dealt with."""
        ...

    def mark_sent(self, key: LetterKey, now: datetime, message_id: str) -> None:
        """Record that the mail service took the letter, unless more is known of it already."""
        ...

    def tell(self, report: DeliveryReport) -> SentLetter:
        """Record what became of a letter, where that is further than what is known of it.

        Answers with the letter as it stands then. Raises NotFoundError for none.
        """
        ...

    def find(self, key: LetterKey) -> SentLetter | None:
        """A letter as it stands; None where nobody has taken it to send it yet."""
        ...

    def undelivered(self, since: datetime) -> Iterable[tuple[LetterKey, SentLetter]]:
        """The letters that somebody has to see to, heard of since then; the newest first."""
        ...

    def release(self, key: LetterKey) -> None:
        """Give a claimed letter back: it could not be sent."""
        ...

    def tried(self, key: LetterKey, now: datetime) -> datetime:
        """Give a claimed letter back that the mail service did not take; since when it does not."""
        ...

    def withhold(self, key: LetterKey) -> None:
        """Record that a claimed letter is not sent: its address has had its share."""
        ...

    def settle(self, entry: OutboxEntry) -> None:
        """Record that all letters of an entry went out."""
        ...

    def unsettled(self, before: datetime) -> Iterable[OutboxEntry]:
        """What was recorded before this instant and still has letters to go out, oldest first.

        Batches of alerts are not among them: `AlertBatches.ended` has those.
        """
        ...


class LetterHeldError(Exception):
    """Raised while somebody else holds a letter: it is not known yet whether it goes out."""

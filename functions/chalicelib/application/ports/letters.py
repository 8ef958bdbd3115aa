"""The record of letters, and the outbox of events whose letters are still to go out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class OutboxEntry:
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

    def settle(self, post: OutboxEntry) -> None:
        """Record that all letters of an event went out."""
        ...

    def unsettled(self, before: datetime) -> Iterable[OutboxEntry]:
        """The events recorded before this instant whose letters have not all gone out."""
        ...


class LetterHeldError(Exception):
    """Raised while somebody else holds a letter: it is not known yet whether it goes out."""

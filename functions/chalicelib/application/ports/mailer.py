"""Hands letters to the mail service."""

from dataclasses import dataclass
from typing import Protocol

from chalicelib.application.ports.letter_writer import LetterText


@dataclass(frozen=True)
class Mail:
    """A letter with its address. `thread` groups letters about one matter in a mail client."""

    to: str
    written: LetterText
    thread: str


class Mailer(Protocol):
    """Hands letters to the mail service."""

    def send(self, mail: Mail) -> str:
        """Send one letter and return the service's id for it. Raises MailRefusedError."""
        ...


class MailRefusedError(Exception):
    """Raised when the mail service did not take a letter."""

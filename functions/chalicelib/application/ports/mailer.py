"""Hands letters to the mail service."""

from dataclasses import dataclass
from typing import Protocol

from chalicelib.application.ports.letter_writer import LetterText
from chalicelib.application.ports.letters import LetterKey


@dataclass(frozen=True)
class Mail:
    """A letter with its address. `thread` groups letters about one matter in a mail client.

    `key` comes back with whatever the mail service tells of it.
    """

    to: str
    written: LetterText
    thread: str
    key: LetterKey | None = None


class Mailer(Protocol):
    """Hands letters to the mail service."""

    def send(self, mail: Mail) -> str:
        """Send one letter and return the service's id for it. Raises MailRefusedError."""
        ...


class MailRefusedError(Exception):
    """Raised when the mail service did not take a letter, by its own word for why.

    `for_good` when it would refuse this letter to this address again.
    """

    def __init__(self, because: str, *, for_good: bool = False) -> None:
        super().__init__(because)
        self.for_good = for_good

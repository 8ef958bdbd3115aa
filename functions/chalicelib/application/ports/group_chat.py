"""The staff's group in a chat: where a robot says what is new, and what it says.

No name, telephone or text of anybody's goes that way: whoever is in the group reads it, on a
service that is not the company's.
"""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from chalicelib.application.history import History
from chalicelib.domain.model import Complaint


class GroupRow(Struct, frozen=True):
    """A complaint of the morning list: how it stands (``overdue`` or ``today``), and its building.

    `building` is blank where it is not to be said.
    """

    complaint: Complaint
    state: str
    building: str


class GroupMessageWriter(Protocol):
    """Puts what is said to the group into words."""

    def of_complaint(self, kind: str, history: History) -> str:
        """A complaint that is ``new`` or has ``escalated``."""
        ...

    def of_morning(self, community: str, rows: Sequence[GroupRow], most_bytes: int) -> str:
        """What is overdue and due in a community; as many rows as fit."""
        ...


class GroupChat(Protocol):
    """Says something to the group. `most_bytes` of UTF-8 fit into one message."""

    @property
    def most_bytes(self) -> int:
        """How long a message may be."""
        ...

    def say(self, text: str) -> None:
        """Say it once. Raises ChatBusyError, ChatUnansweredError and ChatRefusedError."""
        ...


class ChatBusyError(Exception):
    """Raised when the message was not taken now and may be later; the service's code."""


class ChatUnansweredError(Exception):
    """Raised when nobody knows whether the message was taken."""


class ChatRefusedError(Exception):
    """Raised when the message is not taken, now or later; the service's code."""

"""Puts letters into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class LetterText:
    """A letter's words: subject, plain text and HTML saying the same."""

    subject: str
    text: str
    html: str


class LetterWriter(Protocol):
    """Puts a letter into words."""

    def write(self, letter: str, language: str, content: Mapping[str, object]) -> LetterText:
        """The letter of this name in this language. Raises KeyError for an unknown one."""
        ...

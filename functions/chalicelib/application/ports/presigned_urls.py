"""Lets a browser send a file, or see a photo, for a while."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

LARGE, SMALL = "", "-small"
"""Which of the two copies that are kept of a photo."""


@dataclass(frozen=True)
class Upload:
    """Leave to send one file to storage: where to, and the fields that go before the file."""

    url: str
    fields: Mapping[str, str]


class PresignedUrls(Protocol):
    """Lets a browser send a file, or see a photo, for a while; made without asking anybody."""

    @property
    def origin(self) -> str:
        """Where storage answers, as a page's security policy names it."""
        ...

    def upload(self, folder: str, back: str) -> Upload:
        """Leave to send one file into this folder; a browser is led to `back` thereafter.

        Without `back` it is for a script, which is told that the file was created.
        """
        ...

    def link(self, reference: str, photo: str, which: str = LARGE) -> str:
        """Leave to see a copy of a photo."""
        ...

    def file(self, key: str) -> str:
        """Leave to fetch a file that was put aside, for some minutes."""
        ...

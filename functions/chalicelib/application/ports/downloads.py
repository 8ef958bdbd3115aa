"""Files that are made for somebody and fetched at once."""

from typing import Protocol


class Downloads(Protocol):
    """Puts a file aside for a day at the most, where one link leads for some minutes."""

    def offer(self, name: str, kind: str, content: bytes) -> str:
        """The link. `name` is what the file will be called, in ASCII, `kind` its media type."""
        ...

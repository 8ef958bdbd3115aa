"""Where files arrive, and where photos are kept."""

from dataclasses import dataclass
from typing import Protocol

from chalicelib.application.ports.image_processor import Copies


@dataclass(frozen=True)
class Arrived:
    """A file as it arrived; `tag` differs where the content does."""

    content: bytes
    tag: str


class PhotoStore(Protocol):
    """Where files arrive, and where photos are kept."""

    def arrived(self, key: str) -> Arrived:
        """The file under this key. Raises NotFoundError when it is no longer there."""
        ...

    def dismiss(self, key: str) -> None:
        """Forget a file that arrived, if it is there."""
        ...

    def save(self, reference: str, photo: str, copies: Copies) -> None:
        """Save a photo of a complaint, in place of the same one saved before."""
        ...

    def kept(self, reference: str, photo: str) -> bytes:
        """The large copy of a photo that is kept; nothing where it is gone."""
        ...

    def discard(self, reference: str, photo: str) -> None:
        """Delete a photo, if it is there."""
        ...

    def discard_all(self, reference: str) -> None:
        """Delete every photo of this complaint."""
        ...

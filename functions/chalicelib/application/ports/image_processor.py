"""Makes the copies that are kept of a photo."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Copies:
    """What is kept of a photo: two JPEG files, and nothing that the camera wrote beside them."""

    large: bytes
    small: bytes


class ImageRefusedError(Exception):
    """Raised for a file that makes no photo; `because` names the reason under ``photo_because``."""

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because


class ImageProcessor(Protocol):
    """Makes copies of whatever arrived."""

    def copies(self, content: bytes) -> Copies:
        """The copies that are kept. Raises ImageRefusedError."""
        ...

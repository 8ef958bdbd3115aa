"""What photos need of the world: storage, passes that let a browser in, and a darkroom's craft.

The ports stand here rather than in `ports`, for few who need those need these.
"""

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


@dataclass(frozen=True)
class Arrived:
    """A file as it arrived; `tag` differs where the content does."""

    content: bytes
    tag: str


@dataclass(frozen=True)
class Copies:
    """What is kept of a photo: two JPEG files, and nothing that the camera wrote beside them."""

    large: bytes
    small: bytes


class PictureRefusedError(Exception):
    """Raised for a file that makes no photo; `because` is one of `photos.REASONS`."""

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because


class Pictures(Protocol):
    """Makes copies of whatever arrived."""

    def copies(self, content: bytes) -> Copies:
        """The copies that are kept. Raises PictureRefusedError."""
        ...


class PhotoStore(Protocol):
    """Where files arrive, and where photos are kept."""

    def arrived(self, key: str) -> Arrived:
        """The file under this key. Raises NotFoundError when it is there no more."""
        ...

    def dismiss(self, key: str) -> None:
        """Forget a file that arrived, if it is there."""
        ...

    def keep(self, reference: str, photo: str, copies: Copies) -> None:
        """Keep a photo of a complaint, in place of the same one kept before."""
        ...

    def discard(self, reference: str, photo: str) -> None:
        """Keep a photo no more, if it is there."""
        ...

    def discard_all(self, reference: str) -> None:
        """Keep no photo of this complaint any more."""
        ...


class Passes(Protocol):
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

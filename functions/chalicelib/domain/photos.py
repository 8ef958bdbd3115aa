"""Photos that the resident adds to a complaint: events, commands, and how many there may be.

A photo is known by an id; its file's name is the resident's text and travels as event words.
`events` and `commands` gather these with all others.
"""

from dataclasses import dataclass

MOST = 6
"""So many photos one complaint takes."""
MOST_BYTES = 10 * 1024 * 1024
"""So large a file may be."""
MOST_REFUSED = 20
"""So many refusals are recorded: a flood of files must not fill the history."""
REASONS = ("not_a_picture", "too_large_picture", "unreadable", "too_many", "ended")
"""Why a photo is rejected; the sentences stand under ``photos.because`` of the catalogues."""


@dataclass(frozen=True)
class PhotoAdded:
    """The resident added a photo; what is kept is a copy without what the camera wrote in it."""

    photo: str


@dataclass(frozen=True)
class PhotoRefused:
    """A file that the resident sent was rejected, for one of `REASONS`; they are told so."""

    photo: str
    because: str


@dataclass(frozen=True)
class AddPhoto:
    """Add a photo of the resident's; `name` is the file's."""

    photo: str
    name: str


@dataclass(frozen=True)
class RefusePhoto:
    """Record that a file was rejected, for one of `REASONS`."""

    photo: str
    name: str
    because: str

"""The photos of a complaint as they are shown, and leave to send another."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chalicelib.domain import taking_photos
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import PhotoAdded, PhotoRefused, Recorded
from chalicelib.domain.photos import MOST, MOST_REFUSED
from chalicelib.service import arrivals
from chalicelib.service.history import History
from chalicelib.service.pictures import SMALL, Passes, Upload

_ID_BYTES = 8


@dataclass(frozen=True)
class Shown:
    """A photo on a page: its file's name, the record it stands in, and where its copies are."""

    name: str
    record: Recorded
    large: str
    small: str


@dataclass(frozen=True)
class Turned:
    """A file that was not taken: its name, why, and the record that says so."""

    name: str
    because: str
    record: Recorded


@dataclass(frozen=True)
class Album:
    """Shows photos over the passes. Nothing here asks storage for anything."""

    passes: Passes
    entropy: Callable[[int], bytes]

    def invite(self, complaint: Complaint, back: str = "") -> Upload:
        """Leave to send one file; `back` is the address that a browser then goes to.

        Raises RefusedError when the complaint has ended, is erased, has all its photos,
        or too much was sent that was none.
        """
        if complaint.erased:
            raise RefusedError("erased")
        if len(complaint.refused_photos) >= MOST_REFUSED:
            raise RefusedError("photos_refused_often")
        match taking_photos.hindrance(complaint):
            case "ended":
                raise RefusedError("ended", status=complaint.status)
            case "too_many":
                raise RefusedError("photos_full", most=MOST)
        folder = arrivals.folder(complaint.reference, self.entropy(_ID_BYTES).hex())
        return self.passes.upload(folder, back)

    def shown(self, history: History) -> list[Shown]:
        """The photos, in their order; once their names have expired there are none."""
        reference, kept = history.complaint.reference, history.complaint.photos
        return [
            Shown(
                record.words["name"],
                record,
                self.passes.link(reference, photo),
                self.passes.link(reference, photo, SMALL),
            )
            for record in _named(history)
            if isinstance(record.event, PhotoAdded) and (photo := record.event.photo) in kept
        ]


def turned(history: History) -> list[Turned]:
    """The files that were not taken, in their order."""
    return [
        Turned(record.words["name"], record.event.because, record)
        for record in _named(history)
        if isinstance(record.event, PhotoRefused)
    ]


def in_preparation(history: History, sent: Iterable[tuple[str, str]]) -> list[str]:
    """The names of files that were sent and of which nothing stands on the record yet.

    `sent` are keys and tags as storage told them to the browser; what is not of this
    complaint, or nonsense, is left out.
    """
    complaint = history.complaint
    found = ((arrivals.arrival(key), tag) for key, tag in sent)
    waiting = [
        one.shown_name
        for one, tag in found
        if one
        and one.reference == complaint.reference
        and not taking_photos.is_known(complaint, one.photo(tag))
    ]
    return waiting if complaint.is_open else []


def _named(history: History) -> Iterable[Recorded]:
    return (one for one in history.records if one.words.get("name"))

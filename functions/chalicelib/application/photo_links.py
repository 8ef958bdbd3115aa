"""The photos of a complaint as they are shown, and leave to send another."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from chalicelib.application import upload_keys
from chalicelib.application.history import History
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.presigned_urls import SMALL, PresignedUrls, Upload
from chalicelib.application.ports.rate_limits import RateLimits
from chalicelib.domain.decisions.photos import is_known, rejection_reason
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import EventRecord, PhotoAdded, PhotoRefused
from chalicelib.domain.model import Complaint
from chalicelib.domain.photos import MOST, MOST_INVITED, MOST_REFUSED

_ID_BYTES = 8
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Shown:
    """A photo on a page: its file's name, the record it stands in, and where its copies are."""

    name: str
    record: EventRecord
    large: str
    small: str


@dataclass(frozen=True)
class RejectedPhoto:
    """A rejected file: its name, why, and the record that says so."""

    name: str
    because: str
    record: EventRecord


@dataclass(frozen=True)
class PhotoLinks:
    """Shows photos by presigned links. Nothing here asks storage for anything."""

    presigned_urls: PresignedUrls
    entropy: Callable[[int], bytes]
    rate_limits: RateLimits
    clock: Clock

    @property
    def origin(self) -> str:
        """Where photos are shown from, as a page's security policy names it."""
        return self.presigned_urls.origin

    def invite(self, complaint: Complaint) -> Upload:
        """Leave to send one file, for a script. It is counted when it is given.

        Raises RefusedError as `standing_invitation`, and ``photos_asked_often`` beyond the
        number of a day of the community's calendar, whatever became of those before.
        """
        _require_room(complaint)
        leave = self.entropy(_ID_BYTES).hex()
        now = self.clock.now()
        name = f"photos/{complaint.reference}/{now.astimezone(complaint.tz):%Y-%m-%d}"
        if not self.rate_limits.take(name, leave, MOST_INVITED, now + _A_DAY):
            raise RefusedError("photos_asked_often")
        return self._upload(complaint, leave)

    def standing_invitation(self, complaint: Complaint, back: str) -> Upload:
        """The leave of the form on the page; `back` is the address that a browser then goes to.

        It stays the same until something came of it, so that looking gives out no more of them.
        Raises RefusedError when the complaint has ended, is erased, has all its photos,
        or too much was sent that was none.
        """
        _require_room(complaint)
        sent = len(complaint.photos), len(complaint.refused_photos)
        leave = sha256(f"{complaint.reference}/{sent}".encode()).hexdigest()[: 2 * _ID_BYTES]
        return self._upload(complaint, leave, back)

    def _upload(self, complaint: Complaint, leave: str, back: str = "") -> Upload:
        return self.presigned_urls.upload(upload_keys.folder(complaint.reference, leave), back)

    def shown(self, history: History) -> list[Shown]:
        """The photos, in their order; once their names have expired there are none."""
        reference, kept = history.complaint.reference, history.complaint.photos
        return [
            Shown(
                record.words["name"],
                record,
                self.presigned_urls.link(reference, photo),
                self.presigned_urls.link(reference, photo, SMALL),
            )
            for record in _named(history)
            if isinstance(record.event, PhotoAdded) and (photo := record.event.photo) in kept
        ]


def _require_room(complaint: Complaint) -> None:
    if complaint.erased:
        raise RefusedError("erased")
    if len(complaint.refused_photos) >= MOST_REFUSED:
        raise RefusedError("photos_refused_often")
    match rejection_reason(complaint):
        case "ended":
            raise RefusedError("ended", status=complaint.status)
        case "too_many":
            raise RefusedError("photos_full", most=MOST)


def rejected_photos(history: History) -> list[RejectedPhoto]:
    """The rejected files, in their order."""
    return [
        RejectedPhoto(record.words["name"], record.event.because, record)
        for record in _named(history)
        if isinstance(record.event, PhotoRefused)
    ]


def in_preparation(history: History, sent: Iterable[tuple[str, str]]) -> list[str]:
    """The names of files that were sent and of which nothing stands on the record yet.

    `sent` are keys and tags as storage told them to the browser; what is not of this
    complaint, or nonsense, is left out.
    """
    complaint = history.complaint
    found = ((upload_keys.upload_key(key), tag) for key, tag in sent)
    waiting = [
        one.shown_name
        for one, tag in found
        if one and one.reference == complaint.reference and not is_known(complaint, one.photo(tag))
    ]
    return waiting if complaint.is_open else []


def _named(history: History) -> Iterable[EventRecord]:
    return (one for one in history.records if one.words.get("name"))

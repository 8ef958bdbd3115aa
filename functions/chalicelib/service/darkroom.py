"""The darkroom: takes each file that arrives, and keeps a copy or says why not.

Storage tells of a file at least once, and the darkroom may die at any step. So the file is
forgotten last, the copies are kept first, and the record decides what counts.
"""

from dataclasses import dataclass

from chalicelib.domain.commands import AddPhoto, Command, RefusePhoto
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError, RefusedError
from chalicelib.domain.permissions import RESIDENT
from chalicelib.domain.photos import MOST
from chalicelib.domain.taking_photos import hindrance, is_known
from chalicelib.service.arrivals import Arrival, arrival
from chalicelib.service.desk import Desk
from chalicelib.service.pictures import Arrived, PhotoStore, PictureRefusedError, Pictures


@dataclass(frozen=True)
class Darkroom:
    """Takes photos over the ports."""

    desk: Desk
    store: PhotoStore
    pictures: Pictures

    def take(self, key: str) -> str:
        """Deal with the file under this key; says what came of it.

        ``added``, ``refused``, ``known`` when it was dealt with before, ``gone`` when it is
        there no more, and ``nobodys`` when it belongs to no complaint that takes word of it.
        """
        sent = arrival(key)
        try:
            arrived = self.store.arrived(key)
        except NotFoundError:
            return "gone"
        outcome = self._taken(sent, arrived) if sent else "nobodys"
        self.store.dismiss(key)
        return outcome

    def _taken(self, sent: Arrival, arrived: Arrived) -> str:
        photo = sent.photo(arrived.tag)
        try:
            complaint = self.desk.complaints.load(sent.reference).complaint
            if is_known(complaint, photo):
                return "known"
            return self._developed(sent, photo, arrived.content, complaint)
        except (NotFoundError, RefusedError):
            self.store.discard(sent.reference, photo)
            return "nobodys"

    def _developed(self, sent: Arrival, photo: str, content: bytes, complaint: Complaint) -> str:
        """Whether the complaint takes a photo is asked before anything costly is done with it."""
        try:
            if because := hindrance(complaint):
                raise PictureRefusedError(because)  # noqa: TRY301 - refused like any other
            copies = self.pictures.copies(content)
        except PictureRefusedError as refused:
            self._act(sent, RefusePhoto(photo, sent.name, refused.because))
            return "refused"
        self.store.keep(sent.reference, photo, copies)
        if photo in self._act(sent, AddPhoto(photo, sent.name)).photos:
            return "added"
        self.store.discard(sent.reference, photo)
        return "refused"

    def _act(self, sent: Arrival, command: Command) -> Complaint:
        """All of her photos may arrive at once: each gives way to the others so many times."""
        for _ in range(MOST):
            try:
                return self.desk.act(sent.reference, command, by=RESIDENT).complaint
            except ChangedMeanwhileError:
                continue
        return self.desk.act(sent.reference, command, by=RESIDENT).complaint

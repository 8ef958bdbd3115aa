"""The darkroom: takes each file that arrives, and keeps a copy or says why not.

Storage tells of a file at least once, and the darkroom may die at any step. So the file is
forgotten last, the copies are kept first, and the record decides what counts.
"""

from dataclasses import dataclass

from chalicelib.application.desk import Desk
from chalicelib.application.ports.image_processor import ImageProcessor, ImageRefusedError
from chalicelib.application.ports.photo_store import Arrived, PhotoStore
from chalicelib.application.upload_keys import UploadKey, upload_key
from chalicelib.domain.commands import AddPhoto, Command, RefusePhoto
from chalicelib.domain.decisions.photos import is_known, rejection_reason
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError, RefusedError
from chalicelib.domain.model import RESIDENT, Complaint
from chalicelib.domain.photos import MOST


@dataclass(frozen=True)
class PhotoProcessing:
    """Takes photos over the ports."""

    desk: Desk
    store: PhotoStore
    pictures: ImageProcessor

    def take(self, key: str) -> str:
        """Deal with the file under this key; says what came of it.

        ``added``, ``refused``, ``known`` when it was dealt with before, ``gone`` when it is
        there no more, and ``nobodys`` when it belongs to no complaint that takes word of it.
        """
        sent = upload_key(key)
        try:
            arrived = self.store.arrived(key)
        except NotFoundError:
            return "gone"
        outcome = self._taken(sent, arrived) if sent else "nobodys"
        self.store.dismiss(key)
        return outcome

    def _taken(self, sent: UploadKey, arrived: Arrived) -> str:
        photo = sent.photo(arrived.tag)
        try:
            complaint = self.desk.complaints.load(sent.reference).complaint
            if is_known(complaint, photo):
                return "known"
            return self._developed(sent, photo, arrived.content, complaint)
        except (NotFoundError, RefusedError):
            self.store.discard(sent.reference, photo)
            return "nobodys"

    def _developed(self, sent: UploadKey, photo: str, content: bytes, complaint: Complaint) -> str:
        """Whether the complaint takes a photo is asked before anything costly is done with it."""
        try:
            if because := rejection_reason(complaint):
                raise ImageRefusedError(because)  # noqa: TRY301 - refused like any other
            copies = self.pictures.copies(content)
        except ImageRefusedError as refused:
            self._act(sent, RefusePhoto(photo, sent.name, refused.because))
            return "refused"
        self.store.save(sent.reference, photo, copies)
        if photo in self._act(sent, AddPhoto(photo, sent.name)).photos:
            return "added"
        self.store.discard(sent.reference, photo)
        return "refused"

    def _act(self, sent: UploadKey, command: Command) -> Complaint:
        """All of her photos may arrive at once: each gives way to the others so many times."""
        for _ in range(MOST):
            try:
                return self.desk.act(sent.reference, command, by=RESIDENT).complaint
            except ChangedMeanwhileError:
                continue
        return self.desk.act(sent.reference, command, by=RESIDENT).complaint

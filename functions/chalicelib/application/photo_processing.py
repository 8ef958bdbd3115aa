"""Takes each file that arrives as a photo: saves a copy, or records why there is none.

Storage tells of a file at least once, and this may die at any step. So the file is
forgotten last, the copies are saved first, and the record decides what counts.
"""

from dataclasses import dataclass

from chalicelib.application.act_on_complaint import ActOnComplaint
from chalicelib.application.history import History
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.image_processor import ImageProcessor, ImageRefusedError
from chalicelib.application.ports.photo_store import Arrived, PhotoStore
from chalicelib.application.upload_keys import UploadKey, upload_key
from chalicelib.domain.commands import AddPhoto, Command, RefusePhoto
from chalicelib.domain.decisions.photos import is_known, rejection_reason
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError, RefusedError
from chalicelib.domain.model import RESIDENT, Complaint
from chalicelib.domain.photos import MOST, MOST_REFUSED


@dataclass(frozen=True)
class PhotoProcessing:
    """Takes photos over the ports."""

    complaints: Complaints
    act: ActOnComplaint
    store: PhotoStore
    image_processor: ImageProcessor

    def take(self, key: str) -> str:
        """Deal with the file under this key; says what came of it.

        ``added``, ``refused``, ``known`` when it was dealt with before, ``gone`` when it is
        no longer there, and ``nobodys`` when it belongs to no complaint that takes word of it.
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
            history = self.complaints.load(sent.reference)
            if is_known(history.complaint, photo):
                return "known"
            return self._processed(sent, photo, arrived.content, history)
        except (NotFoundError, RefusedError):
            self.store.discard(sent.reference, photo)
            return "nobodys"

    def _processed(self, sent: UploadKey, photo: str, content: bytes, history: History) -> str:
        """Whether the complaint takes a photo is asked before anything costly is done with it."""
        try:
            if because := _reason_not_to_look(history.complaint):
                raise ImageRefusedError(because)  # noqa: TRY301 - refused like any other
            copies = self.image_processor.copies(content)
        except ImageRefusedError as refused:
            self._act(history, RefusePhoto(photo, sent.name, refused.because))
            return "refused"
        self.store.save(sent.reference, photo, copies)
        if photo in self._act(history, AddPhoto(photo, sent.name)).photos:
            return "added"
        self.store.discard(sent.reference, photo)
        return "refused"

    def _act(self, history: History, command: Command) -> Complaint:
        """All of a complaint's photos may arrive at once: each gives way to the others so often."""
        for _ in range(MOST):
            try:
                return self.act.act_on(history, command, by=RESIDENT).complaint
            except ChangedMeanwhileError:
                history = self.complaints.load(history.complaint.reference)
        return self.act.act_on(history, command, by=RESIDENT).complaint


def _reason_not_to_look(complaint: Complaint) -> str:
    """Why a file is not even decoded: none is wanted, or too many were none."""
    refused_often = len(complaint.refused_photos) >= MOST_REFUSED
    return rejection_reason(complaint) or ("too_many" if refused_often else "")

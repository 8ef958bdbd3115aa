"""What residents read about their photos: the accepted, the rejected, and the form."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.application.history import History
from chalicelib.application.photo_links import (
    PhotoLinks,
    RejectedPhoto,
    in_preparation,
    rejected_photos,
)
from chalicelib.application.ports.presigned_urls import Upload
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.photos import MOST, MOST_BYTES
from chalicelib.views.presentation import Content, Presenter

ACCEPTED = ("image/jpeg", "image/png", "image/webp")
"""What the form asks for; a telephone that keeps photos otherwise then converts them."""
_FILLING = {"most": MOST, "megabytes": MOST_BYTES // 1024 // 1024}
_WHY_NOT = {
    "ended": "ended",
    "erased": "ended",
    "photos_full": "full",
    "photos_refused_often": "refused_often",
}


@dataclass(frozen=True)
class PhotoSection:
    """Puts the section together for the one who has the complaint's `code`."""

    photo_links: PhotoLinks
    presenter: Presenter
    code: str

    def content(self, history: History, sent: Iterable[tuple[str, str]] = ()) -> Content:
        """The section; `sent` are keys and tags with which storage led the browser back."""
        reference = history.complaint.reference
        upload, why_not = self._upload(history)
        return {
            "shown": self.photo_links.shown(history),
            "refused": [self._refused(one) for one in rejected_photos(history)],
            "preparing": [
                self._say("preparing", name=one) for one in in_preparation(history, sent)
            ],
            "upload": upload,
            "why_not": why_not,
            "room": MOST - len(history.complaint.photos),
            "room_words": self._say("room", room=MOST - len(history.complaint.photos)),
            "page": f"/complaints/{reference}?code={self.code}",
            "invite": f"/complaints/{reference}/photos",
            "code": self.code,
            "origin": self.photo_links.presigned_urls.origin,
            "accepted": ACCEPTED,
            "most_bytes": MOST_BYTES,
            **{name: self._say(name) for name in _SENTENCES},
        }

    def _upload(self, history: History) -> tuple[Upload | None, str]:
        """Leave to send a photo, or why there is none; nothing where there never was a photo."""
        complaint = history.complaint
        back = f"{self.presenter.site_url}/complaints/{complaint.reference}?code={self.code}"
        try:
            return self.photo_links.standing_invitation(complaint, back), ""
        except RefusedError as refused:
            return None, self._say(_WHY_NOT[refused.code])

    def _refused(self, one: RejectedPhoto) -> str:
        return self._say("refused", name=one.name, because=self.presenter.because(one.because))

    def _say(self, key: str, **params: object) -> str:
        return self.presenter.say(f"photos.{key}", **{**_FILLING, **params})


_SENTENCES = (
    "intro",
    "hint",
    "status_waiting",
    "status_sending",
    "status_sent",
    "status_wrong_type",
    "status_too_large",
    "status_too_many",
    "status_failed",
)

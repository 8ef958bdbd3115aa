"""Photos are accepted while somebody handles the complaint; what is rejected is on record too.

Storage tells of a file at least once, so each photo counts once, whatever came of it.
"""

import unicodedata
from datetime import datetime

from chalicelib.domain import commands, events
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.model import Complaint
from chalicelib.domain.photos import MOST, MOST_REFUSED

_LONGEST_NAME = 100
_NAMELESS = "photo"


def add_photo(
    complaint: Complaint, command: commands.AddPhoto, _: DecisionContext, __: datetime
) -> NewEvents:
    """The photo is with the complaint, or on the record is why it is not."""
    if is_known(complaint, command.photo):
        return ()
    because = rejection_reason(complaint)
    if because:
        return _refused(complaint, command.photo, command.name, because)
    words = {"name": tidied_name(command.name)}
    return (NewEvent(events.PhotoAdded(command.photo), words),)


def refuse_photo(
    complaint: Complaint, command: commands.RefusePhoto, _: DecisionContext, __: datetime
) -> NewEvents:
    """A file is not dropped in silence: its name and the reason stand on the record."""
    if is_known(complaint, command.photo):
        return ()
    return _refused(complaint, command.photo, command.name, command.because)


def is_known(complaint: Complaint, photo: str) -> bool:
    """Whether this very file was taken or refused before."""
    return photo in complaint.photos or photo in complaint.refused_photos


def rejection_reason(complaint: Complaint) -> str:
    """Why the complaint takes no photo now, by its key of ``photo_because``; else empty."""
    if not complaint.is_open:
        return "ended"
    return "too_many" if len(complaint.photos) >= MOST else ""


def tidied_name(name: str) -> str:
    """A file's own name as people may read it: no path, no marks that hide or turn the text."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(_shown(one) for one in last)
    return " ".join(shown.split())[:_LONGEST_NAME].strip() or _NAMELESS


def _shown(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cf":
        return ""
    return " " if kind[0] in "CZ" else character


def _refused(complaint: Complaint, photo: str, name: str, because: str) -> NewEvents:
    if len(complaint.refused_photos) >= MOST_REFUSED:
        return ()
    event = events.PhotoRefused(photo, because)
    return (NewEvent(event, {"name": tidied_name(name)}),)

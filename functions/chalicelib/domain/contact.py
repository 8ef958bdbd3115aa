"""How the resident is reached: as she gave it at receipt, and as it was corrected since (6.1.1)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from chalicelib.domain import commands, events
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import Happening, Recorded
from chalicelib.domain.grounds import Grounds, Happenings, require_text

CORRECTABLE = ("name", "phone", "email", "building", "unit", "contact_time")
"""The words of a contact; a correction holds those that changed, blank for what is no more."""


def words_now(records: Iterable[Recorded]) -> dict[str, str]:
    """What the resident said and how she is reached: the receipt's words, as corrected since."""
    first, *others = records
    words = dict(first.words)
    for record in others:
        if isinstance(record.event, events.ContactCorrected):
            words |= {name: text for name, text in record.words.items() if name in CORRECTABLE}
    return {name: text for name, text in words.items() if text}


def correct_contact(
    complaint: Complaint, command: commands.CorrectContact, grounds: Grounds, _: datetime
) -> Happenings:
    """What stood stays in the history; from now on she is reached so (6.1.1)."""
    require_text(command.reason, "reason")
    given = {name: getattr(command, name).strip() for name in CORRECTABLE}
    reachable_by = tuple(name for name in ("email", "phone") if given[name])
    contact_by = _contact_by(complaint, command.contact_by, reachable_by)
    changed = _changed(given, grounds.words)
    if not changed and contact_by == complaint.contact_by:
        raise RefusedError("nothing_corrected")
    event = events.ContactCorrected(contact_by, reachable_by)
    return (Happening(event, {**changed, "reason": command.reason.strip()}),)


def _changed(given: Mapping[str, str], stood: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in given.items() if text != stood.get(name, "")}


def _contact_by(complaint: Complaint, wanted: str, reachable_by: tuple[str, ...]) -> str:
    """The way she wants; unless another is named the one before, where it still leads to her."""
    possible = (*reachable_by, "visit")
    if not reachable_by and wanted != "visit":
        raise RefusedError("contact_missing")
    if wanted and wanted not in possible:
        raise RefusedError("contact_missing")
    return wanted or (complaint.contact_by if complaint.contact_by in possible else possible[0])

"""Putting right how the resident is reached (6.1.1)."""

from collections.abc import Mapping
from datetime import datetime

from chalicelib.domain import commands, events
from chalicelib.domain.decision_context import DecisionContext, require_text
from chalicelib.domain.decisions.correspondence import next_code
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.model import Complaint


def correct_contact(
    complaint: Complaint, command: commands.CorrectContact, context: DecisionContext, _: datetime
) -> NewEvents:
    """What stood stays in the history; from now on the resident is reached so (6.1.1).

    Another address or telephone makes another code: the one before opens nothing any more.
    """
    require_text(command.reason, "reason")
    given = {name: text.strip() for name, text in command.words.items()}
    known = {**context.words, **given}
    reachable_by = tuple(name for name in ("email", "phone") if known.get(name))
    contact_by = _contact_by(complaint, command.contact_by, reachable_by)
    changed = _changed(given, context.words)
    if not changed and contact_by == complaint.contact_by:
        raise RefusedError("nothing_corrected")
    new_address = _leads_elsewhere("email", changed, context.words)
    event = events.ContactCorrected(contact_by, reachable_by, new_address)
    corrected = NewEvent(event, {**changed, "reason": command.reason.strip()})
    if not any(_leads_elsewhere(name, changed, context.words) for name in ("email", "phone")):
        return (corrected,)
    # Whoever had the letters at the old address has the code as well.
    return (corrected, NewEvent(events.CodeRenewed(next_code(complaint))))


def _leads_elsewhere(name: str, changed: Mapping[str, str], stood: Mapping[str, str]) -> bool:
    """Whether an address or number is another one now, and not the same otherwise spelled."""
    return name in changed and _plain(changed[name]) != _plain(stood.get(name, ""))


def _plain(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum() or one in "@.+_")


def _changed(given: Mapping[str, str], stood: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in given.items() if text != stood.get(name, "")}


def _contact_by(complaint: Complaint, wanted: str, reachable_by: tuple[str, ...]) -> str:
    """The way the resident wants; else the one before, where it still leads there."""
    possible = (*reachable_by, "visit")
    if not reachable_by and wanted != "visit":
        raise RefusedError("contact_missing")
    if wanted and wanted not in possible:
        raise RefusedError("contact_missing")
    return wanted or (complaint.contact_by if complaint.contact_by in possible else possible[0])

"""In confidence : asked for or lifted at the resident's word, and passing on what they said."""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain import commands, events
from chalicelib.domain.confidence import naming_in
from chalicelib.domain.decision_context import DecisionContext, require_text, trimmed
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.model import UNSURE, Complaint, Owner

_PASSED_ON = ("place", "description", "request", "more")


def record_confidence(
    complaint: Complaint,
    command: commands.RecordConfidence,
    context: DecisionContext,
    _: datetime,
) -> NewEvents:
    """From now on the department does not learn who the resident is; or, at their word, it may."""
    require_text(command.text, "text")
    if command.in_confidence == complaint.in_confidence:
        raise RefusedError("confidence_so_already")
    after = replace(complaint, in_confidence=command.in_confidence)
    event = events.ConfidenceRecorded(
        command.in_confidence, command.told_by, _owner(after, context), complaint.owner
    )
    return (NewEvent(event, {"text": command.text.strip()}),)


def pass_on(
    complaint: Complaint, command: commands.PassOn, context: DecisionContext, _: datetime
) -> NewEvents:
    """The department reads what the owner has read, with what names the resident cut (3.3).

    Raises RefusedError ``names_resident`` where a name, a number, an address or the unit still
    stands in it.
    """
    if not complaint.in_confidence:
        raise RefusedError("not_in_confidence")
    if complaint.about == UNSURE:
        raise RefusedError("department_unknown")
    words = {name: getattr(command, name) for name in _PASSED_ON}
    for name in _PASSED_ON[:-1]:
        require_text(words[name], name)
    for name, text in words.items():
        if found := naming_in(text, context.words):
            raise RefusedError("names_resident", field=name, word=found, text=context.words[found])
    photos = complaint.photos if command.photos else ()
    return (NewEvent(events.PassedOn(photos), trimmed(words)),)


def _owner(complaint: Complaint, context: DecisionContext) -> Owner:
    """Nobody of the department keeps it: the post that owns it takes it, or the next rung up."""
    if not complaint.is_open or complaint.owner.staff not in context.kept_from_owning(complaint):
        return complaint.owner
    found = context.owner(context.policy.owner_role(complaint.severity), complaint)
    return found if found.staff else complaint.owner

"""Exactly one named owner at every moment: naming, handing over and back, standing in."""

from datetime import datetime

from chalicelib.domain import commands, events
from chalicelib.domain.decision_context import DecisionContext, as_owner, require_text
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.model import Complaint
from chalicelib.domain.permissions import can_own
from chalicelib.domain.staff import SUPERVISOR


def assign_owner(
    complaint: Complaint, command: commands.AssignOwner, context: DecisionContext, _: datetime
) -> NewEvents:
    """The directory says who holds the post that owns it (principle 1)."""
    if complaint.owner.staff:
        return ()
    owner = context.owner(complaint.owner.role, complaint)
    if owner.staff is None:
        raise RefusedError("nobody_answers", role=owner.role)
    meant = tuple(sorted(context.conflicted_staff))
    return (NewEvent(events.OwnerAssigned(owner, command.quietly, meant)),)


def replace_absent_owner(
    complaint: Complaint,
    command: commands.ReplaceAbsentOwner,
    context: DecisionContext,
    _: datetime,
) -> NewEvents:
    """An owner who is away is replaced by their deputy or the next rung up (our setting).

    What goes on under another complaint has its owner from there.
    """
    if complaint.owner.staff is None or complaint.merged_into:
        return ()
    owner = context.replacement(complaint.owner, complaint, moved=command.moved)
    if owner is None:
        return ()
    because = _why_away(complaint.owner.staff, context)
    return (NewEvent(events.StoodIn(owner, complaint.owner, because, command.together)),)


def give_back(
    complaint: Complaint, command: commands.GiveBack, context: DecisionContext, _: datetime
) -> NewEvents:
    """Who was away has it again, unless who stood in has begun to reply (our setting)."""
    away = complaint.stands_in_for
    if away is None or not complaint.is_open:
        return ()
    person = context.directory.person(away.staff or "")
    kept_from = context.conflicted_staff | context.kept_from_owning(complaint)
    if person is None or person.id in kept_from:
        return ()
    if not can_own(person, complaint.community):
        return ()
    return (NewEvent(events.CameBack(away, complaint.owner, command.together)),)


def hand_over(
    complaint: Complaint, command: commands.HandOver, context: DecisionContext, _: datetime
) -> NewEvents:
    """Another person owns it from now on, and is told (principle 1)."""
    require_text(command.note, "note")
    receiver = context.directory.person(command.to)
    if receiver is None or not can_own(receiver, complaint.community):
        raise RefusedError("cannot_receive", to=command.to)
    if receiver.id in context.conflicted_staff:
        raise RefusedError("complained_about", to=command.to)
    if receiver.id in context.kept_from_owning(complaint):
        raise RefusedError("in_confidence_of_department", to=command.to)
    if receiver.id == complaint.owner.staff:
        raise RefusedError("owner_already", to=command.to)
    if command.by == complaint.owner.staff and _gave_it(complaint, receiver.id):
        raise RefusedError("hand_back_instead", to=command.to)
    event = events.HandedOver(as_owner(receiver), complaint.owner, together=command.together)
    return (NewEvent(event, {"note": command.note.strip()}),)


def hand_back(
    complaint: Complaint, command: commands.HandBack, context: DecisionContext, _: datetime
) -> NewEvents:
    """Who was given it and gives it back leaves the supervisor to decide (principle 1)."""
    require_text(command.note, "note")
    if complaint.handed_from is None:
        raise RefusedError("nothing_to_hand_back")
    owner = context.decider(complaint, but=command.by)
    if owner is None:
        raise RefusedError("nobody_answers", role=SUPERVISOR)
    event = events.HandedOver(owner, complaint.owner, returned=True)
    return (NewEvent(event, {"note": command.note.strip()}),)


def _gave_it(complaint: Complaint, staff_id: str) -> bool:
    return complaint.handed_from is not None and complaint.handed_from.staff == staff_id


def _why_away(staff_id: str, context: DecisionContext) -> str:
    person = context.directory.person(staff_id)
    if person is None:
        return "gone"
    if person.disabled:
        return "disabled"
    return "absent" if person.absent else "moved"

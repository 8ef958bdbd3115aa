"""Exactly one named owner at every moment: naming, handing over and back, standing in."""

from datetime import datetime

from chalicelib.domain import commands, events
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import Happening
from chalicelib.domain.grounds import Grounds, Happenings, as_owner, require_text
from chalicelib.domain.permissions import SUPERVISOR


def name_owner(
    complaint: Complaint, command: commands.NameOwner, grounds: Grounds, _: datetime
) -> Happenings:
    """The directory says who holds the post that owns it (principle 1)."""
    if complaint.owner.staff:
        return ()
    owner = grounds.owner(complaint.owner.role, complaint)
    if owner.staff is None:
        raise RefusedError("nobody_answers", role=owner.role)
    return (Happening(events.OwnerNamed(owner, command.quietly)),)


def stand_in(
    complaint: Complaint, command: commands.StandIn, grounds: Grounds, _: datetime
) -> Happenings:
    """An owner who is away is stood in for by her deputy or the next rung up (our setting)."""
    if complaint.owner.staff is None:
        return ()
    owner = grounds.stand_in(complaint.owner, complaint, moved=command.moved)
    if owner is None:
        return ()
    because = _why_away(complaint.owner.staff, grounds)
    return (Happening(events.StoodIn(owner, complaint.owner, because)),)


def hand_over(
    complaint: Complaint, command: commands.HandOver, grounds: Grounds, _: datetime
) -> Happenings:
    """Another person owns it from now on, and is told (principle 1)."""
    require_text(command.note, "note")
    receiver = grounds.directory.person(command.to)
    if receiver is None or not receiver.can_own(complaint.community):
        raise RefusedError("cannot_receive", to=command.to)
    if receiver.id in grounds.shunned:
        raise RefusedError("complained_about", to=command.to)
    if receiver.id == complaint.owner.staff:
        raise RefusedError("owner_already", to=command.to)
    if command.by == complaint.owner.staff and _gave_it(complaint, receiver.id):
        raise RefusedError("hand_back_instead", to=command.to)
    event = events.HandedOver(as_owner(receiver), complaint.owner)
    return (Happening(event, {"note": command.note.strip()}),)


def hand_back(
    complaint: Complaint, command: commands.HandBack, grounds: Grounds, _: datetime
) -> Happenings:
    """Who was given it and gives it back leaves the supervisor to decide (principle 1)."""
    require_text(command.note, "note")
    if complaint.handed_from is None:
        raise RefusedError("nothing_to_hand_back")
    owner = grounds.decider(complaint, but=command.by)
    if owner is None:
        raise RefusedError("nobody_answers", role=SUPERVISOR)
    event = events.HandedOver(owner, complaint.owner, returned=True)
    return (Happening(event, {"note": command.note.strip()}),)


def _gave_it(complaint: Complaint, staff_id: str) -> bool:
    return complaint.handed_from is not None and complaint.handed_from.staff == staff_id


def _why_away(staff_id: str, grounds: Grounds) -> str:
    person = grounds.directory.person(staff_id)
    if person is None:
        return "gone"
    if person.disabled:
        return "disabled"
    return "absent" if person.absent else "moved"

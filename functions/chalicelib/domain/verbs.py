"""The verbs of the owner and of the staff: accept, hand over, note, reply, close."""

from datetime import datetime

from chalicelib.domain import commands, events
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import Happening
from chalicelib.domain.grounds import Grounds, Happenings, require_text
from chalicelib.domain.roles import Owner


def acknowledge(
    complaint: Complaint, command: commands.Acknowledge, grounds: Grounds, _: datetime
) -> Happenings:
    """The owner accepts the complaint (principle 1)."""
    _require_owner(complaint, command.by, grounds)
    if complaint.status != "received":
        raise RefusedError("acknowledged_already")
    return (Happening(events.Acknowledged()),)


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
    event = events.HandedOver(Owner(receiver.roles[0], receiver.id), complaint.owner)
    return (Happening(event, {"note": command.note.strip()}),)


def note(_: Complaint, command: commands.Note, __: Grounds, ___: datetime) -> Happenings:
    """A word on the record (principle 2)."""
    require_text(command.text, "text")
    return (Happening(events.Noted(), {"text": command.text.strip()}),)


def reply(
    complaint: Complaint, command: commands.Reply, grounds: Grounds, now: datetime
) -> Happenings:
    """The resident is told, by letter or by word of mouth (principle 3)."""
    _require_owner(complaint, command.by, grounds)
    require_text(command.text, "text")
    told_at = now if command.told_by == "email" else command.told_at or now
    if command.told_by == "email" and "email" not in complaint.reachable_by:
        raise RefusedError("no_email")
    if not complaint.received_at <= told_at <= now:
        raise RefusedError("told_at_impossible")
    event = events.Replied(command.told_by, told_at, explains=complaint.valid is False)
    return (Happening(event, {"text": command.text.strip()}),)


def close(
    complaint: Complaint, command: commands.Close, grounds: Grounds, _: datetime
) -> Happenings:
    """The matter ends, when all that the policy asks is there (principle 4)."""
    _require_owner(complaint, command.by, grounds)
    lacking = _lacking_to_close(complaint, command)
    if lacking:
        raise RefusedError("close_lacks", lacking=lacking)
    words = {name: getattr(command, name).strip() for name in ("root_cause", "remedy", "lesson")}
    ended_as = "invalid" if complaint.valid is False else "closed"
    kept = {name: text for name, text in words.items() if text}
    return (Happening(events.Closed(ended_as), kept),)


def _lacking_to_close(complaint: Complaint, command: commands.Close) -> tuple[str, ...]:
    if complaint.valid is False:
        return () if complaint.explained else ("explanation",)
    needed = {
        "valid": complaint.valid is not None,
        "reply": complaint.is_solved,
        "root_cause": bool(command.root_cause.strip()),
        "remedy": bool(command.remedy.strip()),
    }
    return tuple(name for name, there in needed.items() if not there)


def _require_owner(complaint: Complaint, by: str, grounds: Grounds) -> None:
    """Who accepts a complaint follows it up and replies to it (principle 1)."""
    if by != complaint.owner.staff:
        owner = grounds.directory.person(complaint.owner.staff or "")
        raise RefusedError("not_owner", owner=owner.name if owner else {})

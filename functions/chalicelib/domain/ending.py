"""How a complaint ends: settled, withdrawn, merged into another, or elsewhere."""

from collections.abc import Mapping
from datetime import datetime

from chalicelib.domain import commands, events
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import Happening
from chalicelib.domain.grounds import Grounds, Happenings, kept, require_text
from chalicelib.domain.permissions import RESIDENT


def close(complaint: Complaint, command: commands.Close, _: Grounds, __: datetime) -> Happenings:
    """The matter ends, when all that the policy asks is there (principle 4)."""
    lacking = _lacking_to_close(complaint, command)
    if lacking:
        raise RefusedError("close_lacks", lacking=lacking)
    ended_as = "invalid" if complaint.valid is False else "closed"
    words = {name: getattr(command, name) for name in ("root_cause", "remedy", "lesson")}
    return (Happening(events.Closed(ended_as), kept(words)),)


def withdraw(_: Complaint, command: commands.Withdraw, __: Grounds, ___: datetime) -> Happenings:
    """The resident takes it back; who records it for her says why."""
    if command.by != RESIDENT:
        require_text(command.reason, "reason")
    return (Happening(events.Withdrawn(), kept({"reason": command.reason})),)


def merge(complaint: Complaint, command: commands.Merge, _: Grounds, __: datetime) -> Happenings:
    """The matter goes on under another complaint; that they are alike is the service's to see."""
    require_text(command.reason, "reason")
    if command.into == complaint.reference:
        raise RefusedError("merge_itself")
    return (Happening(events.Merged(command.into), {"reason": command.reason.strip()}),)


def absorb(complaint: Complaint, command: commands.Absorb, _: Grounds, __: datetime) -> Happenings:
    """The other complaint's matter goes on under this one; said once."""
    if command.reference in complaint.absorbed:
        return ()
    return (Happening(events.Absorbed(command.reference)),)


def erase(complaint: Complaint, command: commands.Erase, _: Grounds, __: datetime) -> Happenings:
    """The resident's data go; while somebody handles it they are needed."""
    require_text(command.reason, "reason")
    if complaint.is_open:
        raise RefusedError("erase_open")
    return (Happening(events.Erased(), {"reason": command.reason.strip()}),)


def end_elsewhere(
    _: Complaint, command: commands.EndElsewhere, __: Grounds, ___: datetime
) -> Happenings:
    """An imported complaint comes in with its end."""
    return (Happening(events.EndedElsewhere(command.ended_at)),)


def _lacking_to_close(complaint: Complaint, command: commands.Close) -> tuple[str, ...]:
    if complaint.valid is False:
        needed = {"explanation": complaint.explained}
        return _lacking(needed | {"follow_up": complaint.follow_up_by is None})
    needed = {
        "valid": complaint.valid is not None,
        "reply": complaint.is_solved,
        "follow_up": complaint.follow_up_by is None,
        "root_cause": bool(command.root_cause.strip()),
        "remedy": bool(command.remedy.strip()),
    }
    return _lacking(needed)


def _lacking(needed: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(name for name, there in needed.items() if not there)

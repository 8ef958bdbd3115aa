"""Decisions: *(complaint, command, grounds, now) → happenings*, or a named refusal.

Pure. Nothing here reads a clock, a table or the environment, so any past can be
decided again under any policy.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, get_args

from chalicelib.domain import commands, events, judging, verbs
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import Happening
from chalicelib.domain.grounds import Grounds, Happenings

_STAFF = get_args(commands.StaffCommand)


def decide(
    complaint: Complaint, command: commands.Command, grounds: Grounds, now: datetime
) -> Happenings:
    """What follows from a command at `now` (UTC); what was missed by then comes first.

    Raises RefusedError when the complaint has ended, or the verb does not fit its
    state or the one who asks.
    """
    if not complaint.is_open:
        raise RefusedError("ended", status=complaint.status)
    before = _before(complaint, command, grounds, now)
    for one in before:
        if isinstance(one.event, events.OwnerNamed):
            complaint = replace(complaint, owner=one.event.owner)
    return (*before, *_DECISIONS[type(command)](complaint, command, grounds, now))


def _before(
    complaint: Complaint, command: commands.Command, grounds: Grounds, now: datetime
) -> Happenings:
    """What must stand on the record before a verb does: an owner, and what time has made true.

    A reply counts from when she was told; what a judgement makes of the month is its own.
    """
    if not isinstance(command, _STAFF):
        return ()
    named = _name_owner(complaint, commands.NameOwner(), grounds, now)
    if isinstance(command, commands.Judge):
        return (*named, *judging.missed(complaint, now))
    return (*named, *judging.overdue(complaint, grounds, _counts_from(command, now)))


def _counts_from(command: commands.Command, now: datetime) -> datetime:
    """A reply by word of mouth counts from when she was told; all else from now."""
    if isinstance(command, commands.Reply) and command.told_by != "email":
        return command.told_at or now
    return now


def _name_owner(
    complaint: Complaint, command: commands.NameOwner, grounds: Grounds, _: datetime
) -> Happenings:
    if complaint.owner.staff:
        return ()
    owner = grounds.owner(complaint.owner.role, complaint)
    if owner.staff is None:
        raise RefusedError("nobody_answers", role=owner.role)
    return (Happening(events.OwnerNamed(owner, command.quietly)),)


def _end_elsewhere(
    _: Complaint, command: commands.EndElsewhere, __: Grounds, ___: datetime
) -> Happenings:
    return (Happening(events.EndedElsewhere(command.ended_at)),)


_DECISIONS: dict[type, Callable[[Complaint, Any, Grounds, datetime], Happenings]] = {
    commands.NameOwner: _name_owner,
    commands.Acknowledge: verbs.acknowledge,
    commands.Judge: judging.judge,
    commands.HandOver: verbs.hand_over,
    commands.Note: verbs.note,
    commands.Reply: verbs.reply,
    commands.Close: verbs.close,
    commands.EndElsewhere: _end_elsewhere,
    commands.TakeStock: judging.take_stock,
}

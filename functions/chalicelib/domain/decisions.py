"""Decisions: *(complaint, command, grounds, now) → happenings*, or a named refusal.

Pure. Nothing here reads a clock, a table or the environment, so any past can be
decided again under any policy.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, get_args

from chalicelib.domain import (
    chasing,
    commands,
    contact,
    corresponding,
    ending,
    judging,
    owning,
    promise_keeping,
    raising_again,
    repeating,
    return_visits,
    taking_photos,
    verbs,
)
from chalicelib.domain.complaint import Complaint, told
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import Recorded
from chalicelib.domain.grounds import Grounds, Happenings
from chalicelib.domain.permissions import RESIDENT, require

STAFF = get_args(commands.StaffCommand)
HERS = (
    commands.Message,
    commands.AskCode,
    commands.Confirm,
    commands.Dispute,
    commands.Withdraw,
)
"""What the resident does herself; whoever calls has seen her code, where one is needed."""
ACTING = STAFF
"""What somebody does, before which an owner is there and what was missed is on the record."""
AFTER_THE_END = (
    commands.Confirm,
    commands.Dispute,
    commands.ReturnVisit,
    commands.Reopen,
    commands.Note,
    commands.CorrectContact,
    commands.AskCode,
    commands.RenewCode,
    commands.Link,
    commands.Repeat,
    commands.AddPhoto,
    commands.RefusePhoto,
    commands.TakeStock,
    commands.Erase,
)
"""What can still be asked of a complaint that has ended; each says of which end."""
NOT_ABOUT_HERSELF = (commands.Judge, commands.HandOver, commands.Close, commands.Reply)


def decide(
    complaint: Complaint, command: commands.Command, grounds: Grounds, now: datetime
) -> Happenings:
    """What follows from a command at `now` (UTC); what was missed by then comes first.

    Raises NotFoundError when the one who asks may not see the complaint, and RefusedError
    when the verb is not hers, or does not fit the state.
    """
    owned = _owned(complaint, command, grounds, now)
    present = _after(complaint, owned, now)
    _require_allowed(present, command, grounds)
    _require_fitting(present, command)
    due = _due(present, command, grounds, now)
    return (*owned, *due, *_decided(_after(present, due, now), command, grounds, now))


def _owned(
    complaint: Complaint, command: commands.Command, grounds: Grounds, now: datetime
) -> Happenings:
    """Before a verb there is an owner on the record, and one who is there (principle 1)."""
    if not complaint.is_open or not isinstance(command, ACTING):
        return ()
    if complaint.owner.staff is None:
        return owning.name_owner(complaint, commands.NameOwner(), grounds, now)
    if command.by == complaint.owner.staff:
        return ()
    return owning.stand_in(complaint, commands.StandIn(), grounds, now)


def _due(
    complaint: Complaint, command: commands.Command, grounds: Grounds, now: datetime
) -> Happenings:
    """Before a verb, what time has made true stands on the record.

    A reply counts from when she was told; what a judgement makes of the month is its own.
    """
    if not complaint.is_open or not isinstance(command, ACTING):
        return ()
    if isinstance(command, commands.Judge):
        return judging.missed(complaint, grounds.policy, now)
    return judging.overdue(complaint, grounds, _counts_from(command, now))


def _counts_from(command: commands.Command, now: datetime) -> datetime:
    """A reply by word of mouth counts from when she was told; all else from now."""
    if isinstance(command, commands.Reply) and command.told_by != "email":
        return command.told_at or now
    return now


def _require_allowed(complaint: Complaint, command: commands.Command, grounds: Grounds) -> None:
    """Who may do what is one table; and nobody decides about a complaint about herself."""
    if isinstance(command, HERS) and command.by == RESIDENT:
        return
    if isinstance(command, commands.AskCode):
        raise RefusedError("not_allowed")
    if not isinstance(command, STAFF):
        return
    require(commands.VERBS[type(command)], command.by, complaint, grounds.directory)
    is_owner = command.by == complaint.owner.staff
    if isinstance(command, NOT_ABOUT_HERSELF) and command.by in grounds.shunned and not is_owner:
        raise RefusedError("complained_about_you")


def _require_fitting(complaint: Complaint, command: commands.Command) -> None:
    if complaint.erased:
        raise RefusedError("erased")
    if not complaint.is_open and not isinstance(command, AFTER_THE_END):
        raise RefusedError("ended", status=complaint.status)


def _after(complaint: Complaint, happened: Happenings, now: datetime) -> Complaint:
    """The complaint as it stands once this is on the record."""
    for one in happened:
        record = Recorded(complaint.version + 1, now, "", one.event, one.words)
        complaint = told(complaint, record)
    return complaint


def _take_stock(
    complaint: Complaint, _: commands.TakeStock, grounds: Grounds, now: datetime
) -> Happenings:
    """The clock's own command; what it records is told to an owner who is there."""
    overdue = _overdue(complaint, grounds, now)
    return (*overdue, *return_visits.due(_after(complaint, overdue, now), grounds, now))


def _overdue(complaint: Complaint, grounds: Grounds, now: datetime) -> Happenings:
    if not complaint.is_open or not _brought(complaint, grounds, now):
        return ()
    owned = _somebody(complaint, grounds, now)
    return (*owned, *_brought(_after(complaint, owned, now), grounds, now))


def _somebody(complaint: Complaint, grounds: Grounds, now: datetime) -> Happenings:
    """An owner who is there, so that what is recorded is told; nothing where nobody is left."""
    if complaint.owner.staff:
        return owning.stand_in(complaint, commands.StandIn(), grounds, now)
    if grounds.owner(complaint.owner.role, complaint).staff is None:
        return ()
    return owning.name_owner(complaint, commands.NameOwner(), grounds, now)


def _brought(complaint: Complaint, grounds: Grounds, now: datetime) -> Happenings:
    """What time has brought: what was missed, what has risen, whom to remind or warn of it."""
    overdue = judging.overdue(complaint, grounds, now)
    return (*overdue, *chasing.due(_after(complaint, overdue, now), grounds, now))


def _decided(
    complaint: Complaint, command: commands.Command, grounds: Grounds, now: datetime
) -> Happenings:
    return _DECISIONS[type(command)](complaint, command, grounds, now)


_DECISIONS: dict[type, Callable[[Complaint, Any, Grounds, datetime], Happenings]] = {
    commands.NameOwner: owning.name_owner,
    commands.StandIn: owning.stand_in,
    commands.Acknowledge: verbs.acknowledge,
    commands.AgreeTime: verbs.agree_time,
    commands.Update: corresponding.update,
    commands.AwaitAnswer: promise_keeping.await_answer,
    commands.Message: corresponding.message,
    commands.AskCode: corresponding.ask_code,
    commands.RenewCode: corresponding.renew_code,
    commands.Link: repeating.link,
    commands.Repeat: repeating.repeat,
    commands.AddPhoto: taking_photos.add_photo,
    commands.RefusePhoto: taking_photos.refuse_photo,
    commands.Reply: verbs.reply,
    commands.FollowUp: promise_keeping.follow_up,
    commands.RecordFacts: promise_keeping.record_facts,
    commands.Close: ending.close,
    commands.Judge: judging.judge,
    commands.HandOver: owning.hand_over,
    commands.HandBack: owning.hand_back,
    commands.GiveFeedback: verbs.give_feedback,
    commands.Note: verbs.note,
    commands.CallForHelp: verbs.call_for_help,
    commands.Confirm: raising_again.confirm,
    commands.Dispute: raising_again.dispute,
    commands.ReturnVisit: raising_again.return_visit,
    commands.CorrectContact: contact.correct_contact,
    commands.Withdraw: ending.withdraw,
    commands.Merge: ending.merge,
    commands.Absorb: ending.absorb,
    commands.Reopen: raising_again.reopen,
    commands.Erase: ending.erase,
    commands.EndElsewhere: ending.end_elsewhere,
    commands.TakeStock: _take_stock,
}

"""What a record says of the clocks: since when something is waited for, and what was chased.

Part of the fold of a complaint; nothing here decides anything.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain import events
from chalicelib.domain.ladder import Chased
from chalicelib.domain.reminding import Step

if TYPE_CHECKING:
    from chalicelib.domain.complaint import Complaint

WRITTEN_DOWN = frozenset({"walk_in", "telephone", "letter"})
"""The channels on which a receptionist takes a complaint in (3.4)."""
_A_WORD_TO_HER = (
    events.Acknowledged,
    events.TimeAgreed,
    events.Updated,
    events.AnswerAwaited,
    events.Replied,
    events.Disputed,
    events.Reopened,
)
"""What she hears of: an event of these breaks the silence (principle 3)."""


def begun(complaint: "Complaint", record: events.Recorded) -> "Complaint":
    """A complaint just received: who wrote it down, and since when its clocks run."""
    taken_by = record.by if complaint.channel in WRITTEN_DOWN else None
    undecided = record.at if complaint.severity is None else None
    return replace(
        complaint,
        taken_by=taken_by,
        came_in_at=record.at,
        promised_at=record.at,
        heard_at=record.at,
        undecided_since=undecided,
    )


def of_clocks(before: "Complaint", after: "Complaint", record: events.Recorded) -> "Complaint":
    """The state after a record, with what its clocks count from."""
    if after.promises != before.promises:
        after = replace(after, promised_at=record.at)
    if isinstance(record.event, _A_WORD_TO_HER):
        after = replace(after, heard_at=record.at)
    if after.severity is None and before.severity is not None:
        missed = after.missed - {"judge"}
        after = replace(after, undecided_since=record.at, missed=missed)
    return _after_waiting(_chased(before, after, record), record)


def _chased(before: "Complaint", after: "Complaint", record: events.Recorded) -> "Complaint":
    """What was reminded and warned of, and what a new round makes void."""
    match record.event:
        case events.Reminded(steps=steps):
            return replace(after, chased=_climbed(before.chased, steps, record.at))
        case events.Warned(days=days):
            return replace(after, warned=(*before.warned, *days))
        case events.FactsRecorded() as found:
            return _found(after, found)
        case events.Disputed() | events.Reopened():
            return replace(after, awaiting_until=None, follow_up_by=None)
        case _:
            return after


def _after_waiting(  # noqa: PLR0911 - one line an event
    complaint: "Complaint", record: events.Recorded
) -> "Complaint":
    """What she is waited for, and what she was told to wait for."""
    at, waited_until = record.at, complaint.awaiting_until
    match record.event:
        case events.TimeAgreed():
            return replace(complaint, agreed_on=at)
        case events.AnswerAwaited(until=until):
            goes_on = waited_until and at < waited_until
            since = complaint.awaiting_since if goes_on else at
            return replace(complaint, awaiting_since=since, awaiting_until=until)
        case events.Messaged() if waited_until and at < waited_until:
            return replace(complaint, awaiting_until=at)
        case events.Replied(follow_up_by=follow_up_by):
            return _as_promised(replace(complaint, awaiting_until=None), follow_up_by)
        case events.Updated() if _is_the_agreed_talk(complaint, at):
            return replace(complaint, agreed_at=None)
        case events.FollowedUp():
            return replace(complaint, follow_up_by=None)
        case _:
            return complaint


def _as_promised(complaint: "Complaint", follow_up_by: datetime | None) -> "Complaint":
    """What a reply promises stays promised until it is done, or promised for another time."""
    if follow_up_by is None:
        return complaint
    missed = complaint.missed - {"follow_up"}
    return replace(complaint, follow_up_by=follow_up_by, missed=missed)


def _is_the_agreed_talk(complaint: "Complaint", at: datetime) -> bool:
    """Whether she hears from the staff on the day that was agreed, or after it (principle 3)."""
    agreed_at = complaint.agreed_at
    if agreed_at is None:
        return False
    return at.astimezone(complaint.tz).date() >= agreed_at.astimezone(complaint.tz).date()


def _climbed(chased: Iterable[Chased], steps: Iterable[Step], at: datetime) -> tuple[Chased, ...]:
    """One entry for each clock: how far its ladder was climbed last."""
    by_clock = {one.clock: one for one in chased}
    for one in steps:
        before = by_clock.get(one.clock)
        told = before.told if before and before.due_at == one.due_at else ()
        told = (*told, one.to) if one.number else told
        by_clock[one.clock] = Chased(one.clock, one.due_at, one.number, at, one.top, told)
    return tuple(by_clock.values())


def _found(complaint: "Complaint", found: events.FactsRecorded) -> "Complaint":
    named = {name: value for name, value in vars(found).items() if value is not None}
    return replace(complaint, **named)

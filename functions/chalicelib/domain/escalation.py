"""The ladder: a reminder before a promise falls due, one when it is missed, then rung by rung.

Computed from the deadlines and from what was done already; nothing about what comes next is
stored. A step is counted from the one before, so that a standstill of the sweep never makes
two steps of one day. Instants are UTC; days are those of the community.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from chalicelib.domain.deadlines import (
    AFTER_THE_REPLY,
    deadlines,
    open_promises,
    open_visit,
    return_visit_at,
    warnings,
)
from chalicelib.domain.model import (
    NEW_CONTACT,
    NEW_REPLY,
    Chased,
    Complaint,
    LadderStep,
    SentWord,
)
from chalicelib.domain.new_dates import words_due
from chalicelib.domain.policy import Policy
from chalicelib.domain.promises import due_at

AHEAD = 0
"""The number of the reminder before a promise falls due; when it is missed, the first begins."""
_NOT_AHEAD = frozenset({"feedback", "silence", AFTER_THE_REPLY})
NO_LADDER = frozenset({"month", NEW_CONTACT, NEW_REPLY})
"""The month has warnings, and a new date goes up with the promise that it stands for."""


class Rung(Struct, frozen=True):
    """The next step for a deadline: which one it is, and when it is taken."""

    deadline: str
    due_at: datetime
    number: int
    at: datetime


def chased(deadline: str, due_at: datetime, complaint: Complaint) -> Chased | None:
    """How far this very promise was chased; None when not at all, or when its date has moved."""
    found = (one for one in complaint.chased if one.deadline == deadline and one.due_at == due_at)
    return next(found, None)


def next_rungs(complaint: Complaint, policy: Policy) -> tuple[Rung, ...]:
    """The next step for each deadline that runs, the one to be taken first before the others."""
    visit = open_visit(complaint, policy)
    running = [*deadlines(complaint, policy).values(), *([visit] if visit else [])]
    rungs = [
        _next(one.name, one.at, complaint, policy) for one in running if one.name not in NO_LADDER
    ]
    return tuple(sorted(rungs, key=lambda one: (one.at, one.deadline)))


def next_due_at(complaint: Complaint, policy: Policy) -> datetime | None:
    """When something next falls due for this complaint; None for never.

    After its end too, until the return visit is done or ended.
    """
    due = [one.at for one in next_rungs(complaint, policy)]
    due += open_promises(complaint, policy).values()
    due += warnings(complaint, policy).values()
    due += [one.at for one in words_due(complaint, policy)]
    on_its_way = complaint.unconfirmed if complaint.is_open else ()
    due += [presumed_at(one, complaint, policy) for one in on_its_way]
    month = deadlines(complaint, policy).get("month")
    visit_at = return_visit_at(complaint, policy)
    due += [one for one in (month and month.at, visit_at) if one]
    return min(due, default=None)


def presumed_at(word: SentWord, complaint: Complaint, policy: Policy) -> datetime:
    """From when on what was told by e-mail is taken to have arrived, if no bounce came."""
    return due_at(policy.settings.presume_delivered, word.at, policy, complaint.tz)


def by_hours(deadline: str, complaint: Complaint, policy: Policy) -> bool:
    """Whether a promise was made within hours, and climbs at any time of day."""
    return deadline == "acknowledge" and bool(policy.severity(complaint.severity).acknowledge.hours)


def is_told_at_once(step: LadderStep, complaint: Complaint, policy: Policy) -> bool:
    """Whether a step is told in a letter of its own: a major complaint's first contact still lacks.

    While it climbs by hours each is told once; what comes after is read in the morning (our
    setting), and so is every other step.
    """
    last = chased(step.deadline, step.due_at, complaint)
    if last is None or complaint.acknowledged_at or not by_hours(step.deadline, complaint, policy):
        return False
    return last.told.count(step.to) == 1


def _next(deadline: str, due_at: datetime, complaint: Complaint, policy: Policy) -> Rung:
    """What was overdue already when it came in is chased from the next working day on."""
    last = chased(deadline, due_at, complaint)
    came_in_at = complaint.came_in_at or complaint.received_at
    if last is None and due_at <= came_in_at:
        at = policy.working_time.next_day_opening(came_in_at, complaint.tz)
        return Rung(deadline, due_at, 1, at)
    if last is None and deadline == AFTER_THE_REPLY:
        at = policy.working_time.within_hours(due_at, complaint.tz)
        return Rung(deadline, due_at, 1, at)
    if last is None:
        ahead = _ahead_at(deadline, due_at, complaint, policy)
        return Rung(deadline, due_at, AHEAD, ahead) if ahead else Rung(deadline, due_at, 1, due_at)
    if last.number == AHEAD:
        return Rung(deadline, due_at, 1, due_at)
    if by_hours(deadline, complaint, policy) and not last.top:
        at = last.at + timedelta(hours=policy.ladder.hours_between)
    else:
        at = policy.working_time.next_day_opening(last.at, complaint.tz)
    return Rung(deadline, due_at, last.number + 1, at)


def _ahead_at(
    deadline: str, due_at: datetime, complaint: Complaint, policy: Policy
) -> datetime | None:
    """The opening of the day on which it falls due; None where it began later than that."""
    if deadline in _NOT_AHEAD or by_hours(deadline, complaint, policy):
        return None
    opening = policy.working_time.last_opening_before(due_at, complaint.tz)
    began_at = _began_at(deadline, complaint)
    return opening if opening > (began_at or complaint.received_at) else None


def _began_at(deadline: str, complaint: Complaint) -> datetime | None:
    """Since when somebody has known of it, where it may fall due on the same day."""
    match deadline:
        case "agreed":
            return complaint.agreed_on
        case "follow_up":
            return complaint.replied_at
        case "acknowledge" | "reply":
            return complaint.promised_at
        case _:
            return None

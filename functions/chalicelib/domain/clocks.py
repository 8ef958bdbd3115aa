"""Clocks of a complaint: what runs now, and by when. Computed from its events and the policy.

A pause stops only the clocks that the policy file names; the month is never among them.
All instants are UTC.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain.clauses import month_ends_at
from chalicelib.domain.promises import falls_due, standing
from chalicelib.domain.rules import Policy
from chalicelib.domain.working_time import days_after

if TYPE_CHECKING:
    from chalicelib.domain.complaint import Complaint

CLOCKS = (
    "acknowledge",
    "judge",
    "reply",
    "explain",
    "agreed",
    "feedback",
    "silence",
    "follow_up",
    "month",
)
"""Every clock of an open complaint."""
PAUSABLE = frozenset({"judge", "reply", "silence"})
"""The clocks that a pause may stop; the month is not among them (5.1.3)."""
NOT_PROMISED = frozenset({"silence", "month"})
"""Clocks whose end is no broken promise: the one is reminded of, the other counted (5.1.3)."""


def running(complaint: "Complaint", policy: Policy) -> dict[str, datetime]:
    """Every clock that runs now with its instant, those already missed among them.

    The month is among them until it is counted (5.1.3).
    """
    if not complaint.is_open:
        return {}
    if complaint.valid is False:
        clocks = {} if complaint.explained else _owed_to_her(complaint)
    elif complaint.is_solved:
        clocks = {}
    else:
        clocks = _promised_to_her(complaint, policy) | _among_staff(complaint, policy)
    if complaint.follow_up_by:
        clocks["follow_up"] = complaint.follow_up_by
    return clocks


def unkept(complaint: "Complaint", policy: Policy) -> dict[str, datetime]:
    """Each promise still open and not yet recorded as missed, with its instant."""
    done = complaint.missed | NOT_PROMISED
    return {name: at for name, at in running(complaint, policy).items() if name not in done}


def return_visit_at(complaint: "Complaint", policy: Policy) -> datetime | None:
    """When she is asked whether the reply held; once asked, when her silence is recorded.

    Calendar days at the same clock time, and then within working hours (our setting). None
    while there is no reply, and once she has said so herself.
    """
    if not _is_visited(complaint) or complaint.replied_at is None:
        return None
    settings, zone = policy.settings, complaint.tz
    if complaint.visit_asked_at:
        return days_after(complaint.visit_asked_at, settings.return_visit_answer_days, zone)
    at = days_after(complaint.replied_at, settings.return_visit_days, zone)
    return policy.working_time.within_hours(at, zone)


def warnings(complaint: "Complaint", policy: Policy) -> dict[int, datetime]:
    """The warnings still to come before the month is over: after how many days, and when.

    Calendar days from first receipt, at the same clock time (our setting for 5.1.3); none
    that had passed before it came in.
    """
    if "month" not in running(complaint, policy):
        return {}
    days = (one for one in policy.settings.warn_after_days if one not in complaint.warned)
    due = {one: days_after(complaint.received_at, one, complaint.tz) for one in days}
    came_in_at = complaint.came_in_at or complaint.received_at
    return {one: at for one, at in due.items() if at > came_in_at}


def feedback_by(complaint: "Complaint", policy: Policy) -> datetime | None:
    """By when the department was asked to say how it is handling it (3.3); None if never asked."""
    asked_at = complaint.feedback_asked_at
    if asked_at is None:
        return None
    return falls_due(policy.settings.feedback, asked_at, policy, complaint.tz)


def pauses(clock: str, complaint: "Complaint", policy: Policy) -> list[tuple[datetime, datetime]]:
    """From when until when a clock stands still, for her answer and for the agreed time."""
    waiting = (complaint.awaiting_since, complaint.awaiting_until)
    agreed = (complaint.agreed_on, complaint.agreed_at)
    spans = (
        waiting if clock in policy.pauses.waiting_for_resident else (None, None),
        agreed if clock in policy.pauses.agreed_time else (None, None),
    )
    return sorted((begin, end) for begin, end in spans if begin and end)


def pause_end(clock: str, complaint: "Complaint", policy: Policy) -> datetime | None:
    """The end of the last pause of a clock; None where nothing pauses it."""
    return max((end for _, end in pauses(clock, complaint, policy)), default=None)


def silent_from(complaint: "Complaint", policy: Policy) -> datetime:
    """What her waiting for a word is counted from: the last one, or the end of a pause."""
    heard_at = complaint.heard_at or complaint.received_at
    return max(heard_at, pause_end("silence", complaint, policy) or heard_at)


def paused(clock: str, at: datetime, complaint: "Complaint", policy: Policy) -> datetime:
    """When it falls due: what would have within a pause has some time after it (our setting).

    What was overdue before she was asked stays overdue.
    """
    for begin, end in pauses(clock, complaint, policy):
        if begin < at <= end:
            at = falls_due(policy.settings.change_grace, end, policy, complaint.tz)
    return at


def _owed_to_her(complaint: "Complaint") -> dict[str, datetime]:
    """An invalid complaint owes an explanation, and the talk that was agreed (2)."""
    owed = {"explain": complaint.explain_by, "agreed": complaint.agreed_at}
    return {name: at for name, at in owed.items() if at}


def _promised_to_her(complaint: "Complaint", policy: Policy) -> dict[str, datetime]:
    promises = standing(complaint, policy)
    silent = falls_due(
        policy.settings.silence, silent_from(complaint, policy), policy, complaint.tz
    )
    clocks = {"reply": paused("reply", promises.reply_by, complaint, policy), "silence": silent}
    if complaint.acknowledged_at is None:
        clocks["acknowledge"] = promises.acknowledge_by
    if complaint.agreed_at:
        clocks["agreed"] = complaint.agreed_at
    return clocks


def _among_staff(complaint: "Complaint", policy: Policy) -> dict[str, datetime]:
    """The judgement (5), the department's feedback (3.3), and the month until counted (5.1.3)."""
    clocks: dict[str, datetime] = {}
    if complaint.undecided_since and complaint.severity is None:
        since, settings = complaint.undecided_since, policy.settings
        judge_by = falls_due(settings.judge, since, policy, complaint.tz)
        clocks["judge"] = paused("judge", judge_by, complaint, policy)
    asked = feedback_by(complaint, policy)
    if asked and complaint.feedback_at is None:
        clocks["feedback"] = asked
    if "unsolved_for_a_month" not in complaint.verdict.facts:
        clocks["month"] = month_ends_at(complaint, policy.settings)
    return clocks


def _is_visited(complaint: "Complaint") -> bool:
    """Every answered complaint is, until she has said whether it held."""
    answered = complaint.status in ("replied", "closed") and complaint.valid is not False
    return answered and not (complaint.confirmed_at or complaint.visited_at or complaint.erased)

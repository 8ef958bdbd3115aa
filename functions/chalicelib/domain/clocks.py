"""Promises: when somebody will be in touch, and when there will be an answer.

All promises count from receipt, or from the last time it was raised again. A change of
severity never moves one later than what the resident was told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chalicelib.domain.clauses import month_ends_at
from chalicelib.domain.rules import Policy, Severity, Within
from chalicelib.domain.working_time import days_after

if TYPE_CHECKING:
    from chalicelib.domain.complaint import Complaint


@dataclass(frozen=True)
class Promises:
    """What the resident was told: instants in UTC."""

    acknowledge_by: datetime
    reply_by: datetime


def promised(
    received_at: datetime, severity: str | None, policy: Policy, zone: ZoneInfo
) -> Promises:
    """The promises for a complaint of this severity, from its receipt."""
    rules = policy.severity(severity)
    return Promises(
        acknowledge_by=falls_due(rules.acknowledge, received_at, policy, zone),
        reply_by=falls_due(rules.reply, received_at, policy, zone),
    )


def revised(
    complaint: "Complaint", severity: str | None, policy: Policy, now: datetime
) -> Promises:
    """The promises after a change of severity at `now`: never later than what was told."""
    zone = complaint.tz
    fresh, told = promised(complaint.raised_at, severity, policy, zone), complaint.promises
    grace = falls_due(change_grace(policy.severity(severity), policy), now, policy, zone)
    return Promises(
        acknowledge_by=_earlier(told.acknowledge_by, fresh.acknowledge_by, grace, now),
        reply_by=_earlier(told.reply_by, fresh.reply_by, grace, now),
    )


def falls_due(within: Within, at: datetime, policy: Policy, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which something promised at `at` falls due."""
    if within.hours:
        return at + timedelta(hours=within.hours)
    return policy.working_time.working_days_after(at, within.working_days, zone)


def running(complaint: "Complaint", policy: Policy) -> dict[str, datetime]:
    """Every clock that runs now with its instant (UTC), those already missed among them.

    The names are acknowledge, reply, explain, agreed, feedback and month; the month is
    among them until it is counted (5.1.3).
    """
    if not complaint.is_open or (complaint.is_solved and complaint.valid is not False):
        return {}
    if complaint.valid is False:
        return _owed_to_her(complaint) if not complaint.explained else {}
    return _promised_to_her(complaint) | _among_staff(complaint, policy)


def unkept(complaint: "Complaint", policy: Policy) -> dict[str, datetime]:
    """Each promise still open and not yet recorded as missed, with its instant."""
    done = complaint.missed | {"month"}
    return {name: at for name, at in running(complaint, policy).items() if name not in done}


def next_due_at(complaint: "Complaint", policy: Policy) -> datetime | None:
    """When the clock next has something to say about this complaint; None for never.

    After its end too, while the return visit is still to come.
    """
    clocks = running(complaint, policy).items()
    due = [at for name, at in clocks if name not in complaint.missed]
    visit = return_visit_at(complaint, policy)
    return min([*due, visit] if visit else due, default=None)


def return_visit_at(complaint: "Complaint", policy: Policy) -> datetime | None:
    """When she is asked whether the reply held; once asked, when her silence is recorded (UTC).

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


def feedback_by(complaint: "Complaint", policy: Policy) -> datetime | None:
    """By when the department was asked to say how it is handling it (3.3); None if never asked."""
    asked_at = complaint.feedback_asked_at
    if asked_at is None:
        return None
    return falls_due(policy.settings.feedback, asked_at, policy, complaint.tz)


def _owed_to_her(complaint: "Complaint") -> dict[str, datetime]:
    """An invalid complaint owes an explanation, and the talk that was agreed (2)."""
    owed = {"explain": complaint.explain_by, "agreed": complaint.agreed_at}
    return {name: at for name, at in owed.items() if at}


def _promised_to_her(complaint: "Complaint") -> dict[str, datetime]:
    promises = {"reply": complaint.promises.reply_by}
    if complaint.acknowledged_at is None:
        promises["acknowledge"] = complaint.promises.acknowledge_by
    if complaint.agreed_at:
        promises["agreed"] = complaint.agreed_at
    return promises


def _among_staff(complaint: "Complaint", policy: Policy) -> dict[str, datetime]:
    """The department's feedback (3.3), and the month until it is counted (5.1.3)."""
    clocks: dict[str, datetime] = {}
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


def change_grace(severity: Severity, policy: Policy) -> Within:
    """How long a promise that a change moved into the past may take from the change."""
    return severity.acknowledge if severity.acknowledge.hours else policy.settings.change_grace


def _earlier(told: datetime, fresh: datetime, grace: datetime, now: datetime) -> datetime:
    return min(told, fresh if fresh > now else grace)

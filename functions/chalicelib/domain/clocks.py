"""Promises: when somebody will be in touch, and when there will be an answer.

All promises count from receipt. A change of severity never moves one later than
what the resident was told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chalicelib.domain.clauses import month_ends_at
from chalicelib.domain.rules import Policy, Severity, Within

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
    fresh, told = promised(complaint.received_at, severity, policy, zone), complaint.promises
    grace = falls_due(_grace(policy.severity(severity), policy), now, policy, zone)
    return Promises(
        acknowledge_by=_earlier(told.acknowledge_by, fresh.acknowledge_by, grace, now),
        reply_by=_earlier(told.reply_by, fresh.reply_by, grace, now),
    )


def falls_due(within: Within, at: datetime, policy: Policy, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which something promised at `at` falls due."""
    if within.hours:
        return at + timedelta(hours=within.hours)
    return policy.working_time.working_days_after(at, within.working_days, zone)


def unkept(complaint: "Complaint") -> dict[str, datetime]:
    """Each promise still open and not yet recorded as missed, with its instant."""
    if not complaint.is_open:
        return {}
    open_ = _open_promises(complaint)
    return {name: at for name, at in open_.items() if name not in complaint.missed}


def next_due_at(complaint: "Complaint", policy: Policy) -> datetime | None:
    """When the clock next has something to say about this complaint; None for never."""
    due = list(unkept(complaint).values())
    if _month_runs(complaint):
        due.append(month_ends_at(complaint, policy.settings))
    return min(due, default=None)


def _open_promises(complaint: "Complaint") -> dict[str, datetime]:
    if complaint.valid is False:
        explain_by = complaint.explain_by
        return {"explain": explain_by} if explain_by and not complaint.explained else {}
    if complaint.is_solved:
        return {}
    promises = {"reply": complaint.promises.reply_by}
    if complaint.acknowledged_at is None:
        promises["acknowledge"] = complaint.promises.acknowledge_by
    return promises


def _month_runs(complaint: "Complaint") -> bool:
    counted = "unsolved_for_a_month" in complaint.verdict.facts
    ended = not complaint.is_open or complaint.is_solved or complaint.valid is False
    return not counted and not ended


def _grace(severity: Severity, policy: Policy) -> Within:
    return severity.acknowledge if severity.acknowledge.hours else policy.settings.change_grace


def _earlier(told: datetime, fresh: datetime, grace: datetime, now: datetime) -> datetime:
    return min(told, fresh if fresh > now else grace)

"""Promises: when somebody will be in touch, and when there will be an answer.

All promises count from receipt, or from the last time it was raised again. A change of
severity never moves one later than what the resident was told. Beyond the published calendar a
date is provisional: it is counted anew when the calendar of its year is there.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chalicelib.domain.rules import Policy, Severity, Within

if TYPE_CHECKING:
    from chalicelib.domain.complaint import Complaint


@dataclass(frozen=True)
class Count:
    """How a provisional date was counted: from when (UTC), and how long."""

    from_at: datetime
    within: Within


@dataclass(frozen=True)
class Promises:
    """What the resident was told: instants in UTC; each with its count while it is provisional."""

    acknowledge_by: datetime
    reply_by: datetime
    acknowledge_count: Count | None = None
    reply_count: Count | None = None


@dataclass(frozen=True)
class _Date:
    at: datetime
    count: Count | None


def promised(
    received_at: datetime, severity: str | None, policy: Policy, zone: ZoneInfo
) -> Promises:
    """The promises for a complaint of this severity, from its receipt."""
    rules = policy.severity(severity)
    return _promises(
        _date(rules.acknowledge, received_at, policy, zone),
        _date(rules.reply, received_at, policy, zone),
    )


def revised(
    complaint: "Complaint", severity: str | None, policy: Policy, now: datetime
) -> Promises:
    """The promises after a change of severity at `now`: never later than what was told."""
    zone = complaint.tz
    fresh, told = promised(complaint.raised_at, severity, policy, zone), standing(complaint, policy)
    grace = _date(change_grace(policy.severity(severity), policy), now, policy, zone)
    return _promises(
        _earlier(_acknowledge(told), _acknowledge(fresh), grace, now),
        _earlier(_reply(told), _reply(fresh), grace, now),
    )


def standing(complaint: "Complaint", policy: Policy) -> Promises:
    """What binds the staff now; provisional dates counted anew by the calendar as it is."""
    return _counted_anew(complaint.promises, policy, complaint.tz)


def told_to_her(complaint: "Complaint", policy: Policy) -> Promises:
    """What the resident was told, which no later change of severity takes back; as `standing`."""
    return _counted_anew(complaint.told or complaint.promises, policy, complaint.tz)


def falls_due(within: Within, at: datetime, policy: Policy, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which something promised at `at` falls due."""
    if within.hours:
        return at + timedelta(hours=within.hours)
    return policy.working_time.working_days_after(at, within.working_days, zone)


def change_grace(severity: Severity, policy: Policy) -> Within:
    """How long a promise that a change moved into the past may take from the change."""
    return severity.acknowledge if severity.acknowledge.hours else policy.settings.change_grace


def _counted_anew(promises: Promises, policy: Policy, zone: ZoneInfo) -> Promises:
    def anew(date: _Date) -> datetime:
        count = date.count
        return falls_due(count.within, count.from_at, policy, zone) if count else date.at

    acknowledge_by, reply_by = anew(_acknowledge(promises)), anew(_reply(promises))
    return replace(promises, acknowledge_by=acknowledge_by, reply_by=reply_by)


def _date(within: Within, at: datetime, policy: Policy, zone: ZoneInfo) -> _Date:
    """When it falls due; with its count where that hangs on a calendar that is not out yet."""
    due_at = falls_due(within, at, policy, zone)
    provisional = within.working_days and policy.working_time.is_provisional(due_at, zone)
    return _Date(due_at, Count(at, within) if provisional else None)


def _promises(acknowledge: _Date, reply: _Date) -> Promises:
    return Promises(acknowledge.at, reply.at, acknowledge.count, reply.count)


def _acknowledge(promises: Promises) -> _Date:
    return _Date(promises.acknowledge_by, promises.acknowledge_count)


def _reply(promises: Promises) -> _Date:
    return _Date(promises.reply_by, promises.reply_count)


def _earlier(told: _Date, fresh: _Date, grace: _Date, now: datetime) -> _Date:
    return min(told, fresh if fresh.at > now else grace, key=lambda one: one.at)

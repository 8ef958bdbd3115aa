"""Promises to the resident: when somebody will be in touch, and when there will be an answer.

All promises count from receipt, or from the last time it was raised again. A change of
severity never moves one later than what the resident was told. Each is computed once and
keeps its basis. Beyond the published calendar a date is provisional: it is counted anew when
the calendar of its year is there.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from chalicelib.domain.model import Complaint, DeadlineBasis, Promise, Promises
from chalicelib.domain.policy import Policy, Severity, Within


def promised(
    raised_at: datetime,
    severity: str | None,
    policy: Policy,
    zone: ZoneInfo,
    start: str = "receipt",
) -> Promises:
    """The promises for a complaint of this severity, from its receipt or a dispute (`start`)."""
    rules = policy.severity(severity)
    return Promises(
        promise(start, raised_at, rules.acknowledge, policy, zone),
        promise(start, raised_at, rules.reply, policy, zone),
    )


def revised(complaint: Complaint, severity: str | None, policy: Policy, now: datetime) -> Promises:
    """The promises after a change of severity at `now`: never later than what was told."""
    zone, told = complaint.tz, current_promises(complaint, policy)
    start = "dispute" if complaint.raised_again_at else "receipt"
    fresh = promised(complaint.raised_at, severity, policy, zone, start)
    grace = promise("change", now, change_grace(policy.severity(severity), policy), policy, zone)
    return Promises(
        _earlier(told.acknowledge, fresh.acknowledge, grace, now),
        _earlier(told.reply, fresh.reply, grace, now),
    )


def current_promises(complaint: Complaint, policy: Policy) -> Promises:
    """What binds the staff now; provisional dates counted anew by the calendar as it is."""
    return _counted_anew(complaint.promises, policy, complaint.tz)


def promises_told(complaint: Complaint, policy: Policy) -> Promises:
    """What the resident was told, which no later change of severity takes back.

    Provisional dates are counted anew, as by `current_promises`.
    """
    return _counted_anew(complaint.told or complaint.promises, policy, complaint.tz)


def due_at(within: Within, at: datetime, policy: Policy, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which something promised at `at` falls due."""
    if within.hours:
        return at + timedelta(hours=within.hours)
    return policy.working_time.working_days_after(at, within.working_days, zone)


def promise(
    start: str, from_at: datetime, within: Within, policy: Policy, zone: ZoneInfo
) -> Promise:
    """A promise within hours or working days of `from_at` (UTC), which is the moment of `start`."""
    at = due_at(within, from_at, policy, zone)
    provisional = hangs_on_calendar(within, at, policy, zone)
    return Promise(at, DeadlineBasis(start, from_at, within), provisional)


def counted_anew(told: Promise, policy: Policy, zone: ZoneInfo) -> Promise:
    """A provisional date by the calendar as it is now; one that was certain never moves."""
    within = told.basis.within
    if not told.provisional or within is None:
        return told
    return replace(told, at=due_at(within, told.basis.from_at, policy, zone))


def hangs_on_calendar(within: Within | None, at: datetime, policy: Policy, zone: ZoneInfo) -> bool:
    """Whether what counts working days falls due where the days off are not published yet."""
    counts_days = within is not None and bool(within.working_days)
    return counts_days and policy.working_time.is_provisional(at, zone)


def change_grace(severity: Severity, policy: Policy) -> Within:
    """How long a promise that a change moved into the past may take from the change."""
    return severity.acknowledge if severity.acknowledge.hours else policy.settings.change_grace


def _earlier(told: Promise, fresh: Promise, grace: Promise, now: datetime) -> Promise:
    """As counted anew, or from the change where that has passed; never later than was told."""
    if told.at == fresh.at:
        return fresh
    changed = fresh if fresh.at > now else grace
    if changed.at < told.at:
        return changed
    return replace(told, basis=replace(told.basis, kept_as_told=True))


def _counted_anew(promises: Promises, policy: Policy, zone: ZoneInfo) -> Promises:
    both = (promises.acknowledge, promises.reply)
    return Promises(*(counted_anew(one, policy, zone) for one in both))

"""The engine: which clauses a complaint meets, and so how severe it is (5.1-5.3).

There is no condition language. A clause is a list of named facts; a fact is one
small function of a complaint, the settings and the time.
"""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.evolve import as_delivered
from chalicelib.domain.model import Complaint, Finding, Verdict
from chalicelib.domain.policy import Clause, Policy, Settings
from chalicelib.domain.working_time import months_after

Fact = Callable[[Complaint, Settings, datetime], bool]


def assess(complaint: Complaint, policy: Policy, now: datetime) -> Verdict:
    """The verdict at `now` (UTC): the gravest clause met holds, and all met are named."""
    met = [clause for clause in policy.clauses if _is_met(clause, complaint, policy, now)]
    met.sort(key=lambda clause: [known.key for known in policy.severities].index(clause.severity))
    return Verdict(
        severity=met[0].severity if met else None,
        findings=tuple(Finding(clause.number, clause.facts) for clause in met),
        policy_version=policy.version,
    )


def month_ends_at(complaint: Complaint, settings: Settings) -> datetime:
    """When a complaint turns major for want of a solution (5.1.3), in UTC; nothing pauses it."""
    months, zone = settings.solve_within_months, complaint.tz
    return months_after(complaint.received_at, months, zone)


def _is_met(clause: Clause, complaint: Complaint, policy: Policy, now: datetime) -> bool:
    return all(FACTS[fact](complaint, policy.settings, now) for fact in clause.facts)


def _promised_service_failed(complaint: Complaint, _: Settings, __: datetime) -> bool:
    return complaint.cause == "promise"


def _raised_several_times(complaint: Complaint, settings: Settings, _: datetime) -> bool:
    return complaint.times_raised >= settings.earlier_times_raised


def _personal_injury(complaint: Complaint, _: Settings, __: datetime) -> bool:
    return complaint.hurt and complaint.caused_by_us is not False


def _major_economic_loss(complaint: Complaint, settings: Settings, _: datetime) -> bool:
    if complaint.loss is None or complaint.caused_by_us is False:
        return False
    return complaint.loss >= settings.major_loss


def _unsolved_for_a_month(complaint: Complaint, settings: Settings, now: datetime) -> bool:
    """While a reply is on its way it is not known whether it is solved in time."""
    if complaint.valid is False or as_delivered(complaint).is_solved:
        return False
    return now >= month_ends_at(complaint, settings)


def _service_at_fault(complaint: Complaint, _: Settings, __: datetime) -> bool:
    return complaint.cause in ("service", "promise")


def _limited_facilities(complaint: Complaint, _: Settings, __: datetime) -> bool:
    return complaint.cause == "facility" and complaint.slight is not False


FACTS: dict[str, Fact] = {
    "promised_service_failed": _promised_service_failed,
    "raised_several_times": _raised_several_times,
    "personal_injury": _personal_injury,
    "major_economic_loss": _major_economic_loss,
    "unsolved_for_a_month": _unsolved_for_a_month,
    "service_at_fault": _service_at_fault,
    "limited_facilities": _limited_facilities,
}
"""Every fact that a clause may name."""

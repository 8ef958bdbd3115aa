"""How each date was computed, so that a clerk can check it with the calendar at hand.

Pure: it goes through the record once more and says what each running clock rests on.
It agrees with `clocks.running` always.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.domain import events
from chalicelib.domain.clocks import pause_end, return_visit_at, running, silent_from
from chalicelib.domain.complaint import Complaint, told
from chalicelib.domain.events import Recorded
from chalicelib.domain.promises import Promises, change_grace, falls_due
from chalicelib.domain.rules import Policy, Within

CLAUSES = {
    "acknowledge": "principle_1",
    "judge": "5",
    "reply": "principle_3",
    "agreed": "principle_3",
    "explain": "2",
    "feedback": "3.3",
    "silence": "principle_3",
    "follow_up": "principle_4",
    "month": "5.1.3",
    "return_visit": "principle_4",
}
"""Which clause of the policy a clock serves."""


@dataclass(frozen=True)
class Reckoning:
    """One clock: due `at`, counted from `from_at` (both UTC), and by what.

    `base` is what it counts from: receipt, change (of severity), dispute, undecided, heard,
    pause (its end), asked, agreed, promised, judged_invalid, replied or visit_asked.
    `counted_from` is the day of receipt as the calendar counts it and `skipped` the days off
    on the way, where it counts working days.
    `kept_as_told` when a change of severity would have put it later than she was told.
    """

    clock: str
    at: datetime
    base: str
    from_at: datetime
    within: Within | None = None
    counted_from: date | None = None
    skipped: tuple[date, ...] = ()
    months: int = 0
    days: int = 0
    kept_as_told: bool = False
    clause: str = ""
    provisional: bool = False


def reckonings(records: Iterable[Recorded], policy: Policy) -> tuple[Reckoning, ...]:
    """How each clock that runs now was computed, what is due next first."""
    found: dict[str, Reckoning] = {}
    complaint: Complaint | None = None
    for record in records:
        after = told(complaint, record)
        found |= _found_in(record, complaint, after, found, policy)
        complaint = after
    if complaint is None:
        return ()
    clocks = running(complaint, policy)
    found |= _as_things_stand(complaint, policy)
    reckoned = [_counted(found[name], at, complaint, policy) for name, at in clocks.items()]
    reckoned += _return_visit(complaint, policy)
    return tuple(sorted(reckoned, key=lambda one: (one.at, one.clock)))


def _as_things_stand(complaint: Complaint, policy: Policy) -> dict[str, Reckoning]:
    """The clocks that hang on no single record, and those that a pause has moved."""
    settings, clocks = policy.settings, running(complaint, policy)
    found: dict[str, Reckoning] = {}
    if "silence" in clocks:
        from_at = silent_from(complaint, policy)
        base = "pause" if from_at == pause_end("silence", complaint, policy) else "heard"
        found["silence"] = Reckoning("silence", from_at, base, from_at, settings.silence)
    if "judge" in clocks:
        since = complaint.undecided_since or complaint.received_at
        base = "receipt" if since == complaint.received_at else "undecided"
        found["judge"] = Reckoning("judge", since, base, since, settings.judge)
    if "follow_up" in clocks and complaint.replied_at:
        at = complaint.replied_at
        found["follow_up"] = Reckoning("follow_up", at, "promised", at)
    for name in ("judge", "reply"):
        end = pause_end(name, complaint, policy)
        if end and clocks.get(name) == falls_due(settings.change_grace, end, policy, complaint.tz):
            found[name] = Reckoning(name, end, "pause", end, settings.change_grace)
    return found


def _return_visit(complaint: Complaint, policy: Policy) -> list[Reckoning]:
    """When she is asked whether it held, or when her silence is recorded (our setting)."""
    at, settings = return_visit_at(complaint, policy), policy.settings
    if at is None or complaint.replied_at is None:
        return []
    asked_at, clause = complaint.visit_asked_at, CLAUSES["return_visit"]
    if asked_at:
        days = settings.return_visit_answer_days
        return [Reckoning("return_visit", at, "visit_asked", asked_at, days=days, clause=clause)]
    days, replied_at = settings.return_visit_days, complaint.replied_at
    return [Reckoning("return_visit", at, "replied", replied_at, days=days, clause=clause)]


def _found_in(
    record: Recorded,
    before: Complaint | None,
    after: Complaint,
    known: Mapping[str, Reckoning],
    policy: Policy,
) -> dict[str, Reckoning]:
    """What one record says of the clocks."""
    settings, found = policy.settings, _promises(record, after, known, policy)
    if before is None:
        months = settings.solve_within_months
        month = Reckoning("month", after.received_at, "receipt", after.received_at, months=months)
        found["month"] = month
    if isinstance(record.event, events.TimeAgreed):
        found["agreed"] = Reckoning("agreed", record.event.at, "agreed", record.at)
    if after.explain_by and (before is None or before.explain_by is None):
        explain = Reckoning("explain", after.explain_by, "judged_invalid", record.at)
        found["explain"] = replace(explain, within=settings.explain_invalid)
    if asked_at := after.feedback_asked_at:
        base = "receipt" if asked_at == after.received_at else "asked"
        feedback = Reckoning("feedback", asked_at, base, asked_at, settings.feedback)
        found["feedback"] = feedback
    return found


def _promises(
    record: Recorded, after: Complaint, known: Mapping[str, Reckoning], policy: Policy
) -> dict[str, Reckoning]:
    """What a receipt, a new round or a change of severity makes of the two promises."""
    promises = getattr(record.event, "promises", None)
    if not isinstance(promises, Promises):
        return {}
    severity = policy.severity(after.severity)
    rules = {"acknowledge": severity.acknowledge, "reply": severity.reply}
    at = {"acknowledge": promises.acknowledge_by, "reply": promises.reply_by}
    if isinstance(record.event, (events.Judged, events.Escalated)):
        before = record.event.severity_before
        if before == after.severity:
            return {}
        grace = change_grace(severity, policy)
        return {
            name: _changed(known[name], at[name], rules[name], grace, record.at, after, policy)
            for name in rules
        }
    base = "receipt" if isinstance(record.event, events.Received) else "dispute"
    return {name: Reckoning(name, at[name], base, after.raised_at, rules[name]) for name in rules}


def _changed(  # noqa: PLR0913, PLR0917 - all that a change of severity weighs
    told_before: Reckoning,
    at: datetime,
    within: Within,
    grace: Within,
    changed_at: datetime,
    complaint: Complaint,
    policy: Policy,
) -> Reckoning:
    """Which of the three it is: as told, anew from when it was raised, or from the change."""
    fresh = falls_due(within, complaint.raised_at, policy, complaint.tz)
    if at == fresh:
        base = "dispute" if complaint.raised_again_at else "receipt"
        return Reckoning(told_before.clock, at, base, complaint.raised_at, within)
    if at != told_before.at and at == falls_due(grace, changed_at, policy, complaint.tz):
        return Reckoning(told_before.clock, at, "change", changed_at, grace)
    return replace(told_before, at=at, kept_as_told=True)


def _counted(found: Reckoning, at: datetime, complaint: Complaint, policy: Policy) -> Reckoning:
    """With the days that were counted and passed over, and whether the calendar is known."""
    calendar, zone = policy.working_time, complaint.tz
    counted = replace(found, at=at, clause=CLAUSES[found.clock])
    if found.within is None or found.within.hours:
        return counted
    first, last = (one.astimezone(zone).date() for one in (found.from_at, at))
    return replace(
        counted,
        counted_from=calendar.counts_from(found.from_at, zone),
        skipped=calendar.days_off_between(first, last),
        provisional=calendar.is_provisional(at, zone),
    )

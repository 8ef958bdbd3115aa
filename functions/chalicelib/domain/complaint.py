"""A complaint: the fold of its events.

`told` is the only way to a state; it takes the state before and what was recorded
next. Nothing here decides anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain import events
from chalicelib.domain.clauses import Verdict
from chalicelib.domain.clocks import Promises
from chalicelib.domain.events import Recorded
from chalicelib.domain.facts import Facts
from chalicelib.domain.roles import Owner

OPEN = frozenset({"received", "acknowledged", "replied"})


@dataclass(frozen=True, kw_only=True)
class Complaint(Facts):
    """The present state of a complaint. Instants are UTC; `loss` is in CNY."""

    reference: str
    version: int
    status: str
    channel: str
    received_at: datetime
    verdict: Verdict
    severity: str | None
    promises: Promises
    owner: Owner
    valid: bool | None = None
    caused_by_us: bool | None = None
    slight: bool | None = None
    acknowledged_at: datetime | None = None
    explain_by: datetime | None = None
    explained: bool = False
    replied_at: datetime | None = None
    missed: frozenset[str] = frozenset()
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still owns it."""
        return self.status in OPEN

    @property
    def is_solved(self) -> bool:
        """Whether a reply reached the resident, undisputed (our setting for 5.1.3)."""
        return self.replied_at is not None


def folded(records: Iterable[Recorded]) -> Complaint:
    """The state after these records, oldest first. Raises ValueError when there are none."""
    complaint: Complaint | None = None
    for record in records:
        complaint = told(complaint, record)
    if complaint is None:
        raise ValueError("A complaint begins with its receipt.")
    return complaint


def told(complaint: Complaint | None, record: Recorded) -> Complaint:
    """The state after one more record."""
    if isinstance(record.event, events.Received):
        return opened(record.event)
    if complaint is None:
        raise ValueError("A complaint begins with its receipt.")
    return replace(_after(complaint, record), version=record.number)


def opened(event: events.Received) -> Complaint:
    """The state right after receipt."""
    return Complaint(version=1, status="received", **vars(event))


def _after(complaint: Complaint, record: Recorded) -> Complaint:  # noqa: PLR0911 - one line an event
    match record.event:
        case events.OwnerNamed(owner=owner) | events.HandedOver(owner=owner):
            return replace(complaint, owner=owner)
        case events.Acknowledged():
            return replace(complaint, status="acknowledged", acknowledged_at=record.at)
        case events.Judged() as judged:
            return _as_judged(complaint, judged)
        case events.Escalated() as escalated:
            return _as_decided(complaint, escalated)
        case events.Replied() as replied:
            return _as_replied(complaint, replied)
        case events.Missed(promises=missed):
            return replace(complaint, missed=complaint.missed | set(missed))
        case events.Closed(ended_as=status):
            return replace(complaint, status=status, ended_at=record.at)
        case events.EndedElsewhere(ended_at=ended_at):
            return replace(complaint, status="ended_elsewhere", ended_at=ended_at)
        case _:
            return complaint


def _as_judged(before: Complaint, judged: events.Judged) -> Complaint:
    """What was judged replaces what stood; what was left open stays."""
    complaint = before
    for name in ("valid", "cause", "caused_by_us", "slight", "about"):
        value = getattr(judged, name)
        if value is not None:
            complaint = replace(complaint, **{name: value})
    if judged.valid is not None and judged.valid is not before.valid:
        missed = complaint.missed - {"explain"}
        complaint = replace(complaint, explain_by=judged.explain_by, explained=False, missed=missed)
    if judged.valid and complaint.status == "replied" and not complaint.is_solved:
        complaint = replace(complaint, status="acknowledged")
    return _as_decided(complaint, judged)


def _as_decided(complaint: Complaint, event: events.Judged | events.Escalated) -> Complaint:
    return replace(
        complaint,
        verdict=event.verdict,
        severity=event.severity,
        promises=event.promises,
        owner=event.owner,
    )


def _as_replied(complaint: Complaint, replied: events.Replied) -> Complaint:
    """An explanation answers an invalid complaint, but solves nothing (2)."""
    return replace(
        complaint,
        status="replied",
        replied_at=complaint.replied_at if replied.explains else replied.told_at,
        acknowledged_at=complaint.acknowledged_at or replied.told_at,
        explained=replied.explains or complaint.explained,
    )

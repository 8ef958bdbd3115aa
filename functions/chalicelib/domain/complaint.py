"""A complaint: the fold of its events.

`told` is the only way to a state; it takes the state before and what was recorded
next. Nothing here decides anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain import events, telling
from chalicelib.domain.clauses import Verdict
from chalicelib.domain.events import Recorded
from chalicelib.domain.facts import UNSURE, Facts
from chalicelib.domain.ladder import Chased
from chalicelib.domain.promises import Promises
from chalicelib.domain.roles import Owner

OPEN = frozenset({"received", "acknowledged", "replied", "reopened"})
IMPORT = "import"
CLOCK = "clock"
"""By whom stands on the record what time alone brought about."""


@dataclass(frozen=True, kw_only=True)
class Complaint(Facts):
    """The present state of a complaint. Instants are UTC; `loss` is in CNY.

    `taken_by` is the receptionist who wrote it down; `handed_from` the one who handed it
    to the present owner; `raised_again_at` when it was last disputed or reopened; `told` what
    was promised to her then, or at receipt: a change of severity may bind the staff to less.
    `came_in_at` is when it was taken in here, which for an import is later than its receipt;
    `owned_at` is when it came to the present owner, `promised_at` when the present promises were
    made, `heard_at` when she last heard from the staff, and her answer is waited for from
    `awaiting_since` to `awaiting_until` at most.
    """

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
    taken_by: str | None = None
    owned_at: datetime | None = None
    handed_from: Owner | None = None
    agreed_at: datetime | None = None
    feedback_asked_at: datetime | None = None
    feedback_at: datetime | None = None
    raised_again_at: datetime | None = None
    confirmed_at: datetime | None = None
    visit_asked_at: datetime | None = None
    visited_at: datetime | None = None
    absorbed: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    messages: int = 0
    photos: tuple[str, ...] = ()
    refused_photos: tuple[str, ...] = ()
    code_version: int = 1
    code_asked_at: datetime | None = None
    told: Promises | None = None
    came_in_at: datetime | None = None
    promised_at: datetime | None = None
    undecided_since: datetime | None = None
    heard_at: datetime | None = None
    awaiting_since: datetime | None = None
    awaiting_until: datetime | None = None
    agreed_on: datetime | None = None
    follow_up_by: datetime | None = None
    chased: tuple[Chased, ...] = ()
    warned: tuple[int, ...] = ()
    erased: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody still owns it."""
        return self.status in OPEN

    @property
    def is_solved(self) -> bool:
        """Whether a reply reached the resident, undisputed (our setting for 5.1.3)."""
        return self.replied_at is not None

    @property
    def raised_at(self) -> datetime:
        """When the promises count from: the receipt, or the last time it was raised again."""
        return self.raised_again_at or self.received_at


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
        return telling.begun(opened(record.event), record)
    if complaint is None:
        raise ValueError("A complaint begins with its receipt.")
    after = telling.of_clocks(complaint, _after(complaint, record), record)
    if after.owner.staff != complaint.owner.staff:
        after = replace(after, owned_at=record.at)
    return replace(after, version=record.number)


def opened(event: events.Received) -> Complaint:
    """The state right after receipt; an import asks no head for feedback by itself."""
    asks = event.about != UNSURE and event.channel != IMPORT
    asked_at = event.received_at if asks else None
    return Complaint(
        version=1,
        status="received",
        feedback_asked_at=asked_at,
        told=event.promises,
        **vars(event),
    )


def _after(complaint: Complaint, record: Recorded) -> Complaint:  # noqa: C901, PLR0911 - one line an event
    match record.event:
        case events.OwnerNamed() as named:
            return _as_named(complaint, named, record.at)
        case events.HandedOver(owner=owner, before=before, returned=returned):
            return replace(complaint, owner=owner, handed_from=None if returned else before)
        case events.StoodIn(owner=owner):
            return replace(complaint, owner=owner, handed_from=None)
        case events.Acknowledged():
            return replace(complaint, status="acknowledged", acknowledged_at=record.at)
        case events.Judged() as judged:
            return _as_judged(complaint, judged, record.at)
        case events.Escalated() as escalated:
            return _as_decided(complaint, escalated)
        case events.TimeAgreed(at=at):
            return replace(complaint, agreed_at=at, missed=complaint.missed - {"agreed"})
        case events.FeedbackGiven():
            return replace(complaint, feedback_at=record.at)
        case events.Replied() as replied:
            return _as_replied(complaint, replied)
        case events.Missed(promises=missed):
            return replace(complaint, missed=complaint.missed | set(missed))
        case _:
            return _after_the_end(complaint, record)


def _after_the_end(complaint: Complaint, record: Recorded) -> Complaint:  # noqa: PLR0911 - one line an event
    match record.event:
        case events.Confirmed():
            return replace(complaint, confirmed_at=record.at)
        case events.Disputed() | events.Reopened() as again:
            return _as_raised_again(complaint, again, record.at)
        case events.Closed(ended_as=status):
            return replace(complaint, status=status, ended_at=record.at)
        case events.Withdrawn():
            return replace(complaint, status="withdrawn", ended_at=record.at)
        case events.Merged():
            return replace(complaint, status="merged", ended_at=record.at)
        case events.EndedElsewhere(ended_at=ended_at):
            return replace(complaint, status="ended_elsewhere", ended_at=ended_at)
        case events.Absorbed(reference=reference):
            return replace(complaint, absorbed=(*complaint.absorbed, reference))
        case events.ContactCorrected(contact_by=contact_by, reachable_by=reachable_by):
            return replace(complaint, contact_by=contact_by, reachable_by=reachable_by)
        case events.Erased():
            return replace(complaint, erased=True, reachable_by=(), photos=(), refused_photos=())
        case _:
            return _after_word(complaint, record)


def _after_word(complaint: Complaint, record: Recorded) -> Complaint:  # noqa: PLR0911 - one line an event
    match record.event:
        case events.ReturnVisitAsked():
            return replace(complaint, visit_asked_at=record.at)
        case events.ReturnVisited(held=held) if held is not None or record.by == CLOCK:
            return replace(complaint, visited_at=record.at)
        case events.Messaged():
            return replace(complaint, messages=complaint.messages + 1)
        case events.PhotoAdded(photo=photo):
            return replace(complaint, photos=(*complaint.photos, photo))
        case events.PhotoRefused(photo=photo):
            refused = (*complaint.refused_photos, photo)
            return replace(complaint, refused_photos=refused)
        case events.CodeAsked():
            return replace(complaint, code_asked_at=record.at)
        case events.CodeRenewed(version=version):
            return replace(complaint, code_version=version)
        case events.Linked(reference=reference, times_raised=times):
            links = (*complaint.links, reference)
            times = max(complaint.times_raised, times)
            return replace(complaint, links=links, times_raised=times)
        case events.Repeated(reference=reference):
            return replace(complaint, repeats=(*complaint.repeats, reference))
        case _:
            return complaint


def _as_named(complaint: Complaint, named: events.OwnerNamed, at: datetime) -> Complaint:
    """An import asks the head for feedback only when its alerts are sent."""
    asks = complaint.channel == IMPORT and complaint.about != UNSURE and not named.quietly
    asked_at = at if asks else complaint.feedback_asked_at
    return replace(complaint, owner=named.owner, feedback_asked_at=asked_at)


def _as_judged(before: Complaint, judged: events.Judged, at: datetime) -> Complaint:
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
    if complaint.about != before.about:
        complaint = _asked_for_feedback(complaint, at)
    return _as_decided(complaint, judged)


def _as_decided(complaint: Complaint, event: events.Judged | events.Escalated) -> Complaint:
    same = event.owner == complaint.owner
    return replace(
        complaint,
        verdict=event.verdict,
        severity=event.severity,
        promises=event.promises,
        owner=event.owner,
        handed_from=complaint.handed_from if same else None,
    )


def _as_replied(complaint: Complaint, replied: events.Replied) -> Complaint:
    """An explanation answers an invalid complaint, but solves nothing (2)."""
    return replace(
        complaint,
        status="replied",
        replied_at=complaint.replied_at if replied.explains else replied.told_at,
        acknowledged_at=complaint.acknowledged_at or replied.told_at,
        explained=replied.explains or complaint.explained,
        agreed_at=None,
        missed=complaint.missed - {"agreed"},
    )


def _as_raised_again(
    complaint: Complaint, again: events.Disputed | events.Reopened, at: datetime
) -> Complaint:
    """A new round: no reply, no end, fresh promises, and the head is asked anew (3.3)."""
    more = isinstance(again, events.Disputed)
    fresh = replace(
        complaint,
        status="reopened",
        valid=complaint.valid or None,
        times_raised=complaint.times_raised + more,
        verdict=again.verdict,
        severity=again.severity,
        promises=again.promises,
        told=again.promises,
        owner=again.owner,
        handed_from=complaint.handed_from if again.owner == complaint.owner else None,
        raised_again_at=at,
        missed=frozenset(),
        acknowledged_at=None,
        replied_at=None,
        confirmed_at=None,
        visit_asked_at=None,
        visited_at=None,
        ended_at=None,
        agreed_at=None,
        explain_by=None,
        explained=False,
    )
    return _asked_for_feedback(fresh, at)


def _asked_for_feedback(complaint: Complaint, at: datetime) -> Complaint:
    asked_at = None if complaint.about == UNSURE else at
    missed = complaint.missed - {"feedback"}
    return replace(complaint, feedback_asked_at=asked_at, feedback_at=None, missed=missed)

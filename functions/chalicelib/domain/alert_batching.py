"""Many complaints at once, and no flood of letters (our setting).

Many alerts about one community go into one letter each quarter of an hour for a person,
and nobody's mailbox is filled by forms that others send in.
"""

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from chalicelib.domain.deadlines import deadlines
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.model import NOT_STAFF, OTHER_RESIDENT, RESIDENT, Complaint
from chalicelib.domain.notices import Notice
from chalicelib.domain.policy import Policy
from chalicelib.domain.promises import current_promises
from chalicelib.domain.staff import Staff

RECEIPTS, _CODES, _OTHERS = "receipts", "codes", "others"
"""What is counted for an address and a day, each by itself."""
_COUNTED = {"receipt": RECEIPTS, "code_again": _CODES}
"""Letters with the resident's code that follow when anybody fills in a form."""
_FOLLOWING = frozenset({"linked"})
"""What follows a form besides, by itself."""

BATCHED = "alert"
"""The letter of which there are many at once; reminders are read in the morning letter."""

PARTS = ("owner", "head", "reply", "follow", "helps", "awaits", "told", "ended")
"""What a complaint of a batch asks of its reader, the most first.

Of its owner to accept it, to reply or to see it through; of the department's head to give
feedback or, once that is given, to help, and in confidence to await what is passed on; of
others to know.
"""
_OWNERS_PART = {"acknowledged": "reply", "replied": "follow"}
"""What is left to its owner in these statuses; in all others to accept it."""
_NOT_THE_OWNERS = ("feedback", "month")
"""Deadlines that the owner does not answer for."""
UNACKNOWLEDGED = ("received", "reopened")
"""In which a complaint waits for its owner to get in touch with the resident."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Window(Struct, frozen=True):
    """The time whose alerts go into one letter: from its start to before its end (UTC)."""

    starts_at: datetime
    ends_at: datetime


def window_of(at: datetime, minutes: int) -> Window:
    """The window that an instant falls in; windows of 15 minutes are the clock's quarters."""
    length = timedelta(minutes=minutes)
    starts_at = at - (at - _BEGINNING) % length
    return Window(starts_at, starts_at + length)


def share_of(notice: Notice, by: str) -> str:
    """Whose number in a day is limited: ``receipts``, ``codes`` again, ``others`` of residents.

    Nothing for a letter that follows from the staff's work or from a deadline, as the receipt
    of what a receptionist took in. So nobody fills a stranger's mailbox by what can be done
    without an account, and who asks for lost codes uses up nobody's receipts.
    """
    if notice.letter in _COUNTED:
        return _COUNTED[notice.letter] if by in NOT_STAFF else ""
    by_resident = notice.to == RESIDENT and (
        by in (RESIDENT, OTHER_RESIDENT) or notice.letter in _FOLLOWING
    )
    return _OTHERS if by_resident else ""


def may_wait(notice: Notice, complaint: Complaint, policy: Policy) -> bool:
    """Whether a letter may wait: an alert, unless it is of the gravest.

    What awaits a judgement counts as what it is treated as until then.
    """
    gravest = policy.severities[0]
    return notice.letter == BATCHED and policy.severity(complaint.severity) != gravest


class BatchItem(Struct, frozen=True):
    """One complaint of a batch for one reader: which part of the letter, and what it asks.

    `overdue` are the deadlines that its owner has missed, the longest overdue first.
    """

    complaint: Complaint
    part: str
    asks: str
    overdue: tuple[str, ...]


def batch_item(
    complaint: Complaint, reader: Staff, context: DecisionContext, now: datetime
) -> BatchItem:
    """What a complaint asks of this reader at `now` (UTC)."""
    overdue = _overdue(complaint, context.policy, now)
    part = _part(complaint, reader, context)
    return BatchItem(complaint, part, _asks(part, complaint, context, now), overdue)


def in_batch_order(item: BatchItem, policy: Policy) -> tuple[int, int, datetime, str]:
    """Sorts by what is asked, then the gravest first, then as they came in."""
    complaint = item.complaint
    rank = policy.rank(complaint.severity)
    return PARTS.index(item.part), rank, complaint.received_at, complaint.reference


def _part(complaint: Complaint, reader: Staff, context: DecisionContext) -> str:
    """As in the letter of a single alert; what has ended asks for nothing."""
    if not complaint.is_open:
        return "ended"
    if complaint.owner.staff == reader.id:
        return _OWNERS_PART.get(complaint.status, "owner")
    if reader == context.department_head(complaint):
        if complaint.waits_for_text:
            return "awaits"
        return "helps" if complaint.feedback_at else "head"
    return "told"


def _asks(part: str, complaint: Complaint, context: DecisionContext, now: datetime) -> str:
    if part in ("owner", *_OWNERS_PART.values()):
        return _asks_owner(complaint, context.policy, now)
    return {
        "head": "feedback",
        "helps": "feedback_given",
        "told": "know",
        "awaits": "await_text",
    }.get(part, "nothing")


def _asks_owner(complaint: Complaint, policy: Policy, now: datetime) -> str:
    if complaint.status in UNACKNOWLEDGED:
        late = current_promises(complaint, policy).acknowledge_by <= now
        return "acknowledge_late" if late else "acknowledge"
    if _overdue(complaint, policy, now):
        return "overdue"
    return "reply" if complaint.status == "acknowledged" else "nothing"


def _overdue(complaint: Complaint, policy: Policy, now: datetime) -> tuple[str, ...]:
    """What its owner has not done in time, the longest overdue first."""
    running = deadlines(complaint, policy).values()
    late = sorted((one.at, one.name) for one in running if one.at <= now)
    return tuple(name for _, name in late if name not in _NOT_THE_OWNERS)

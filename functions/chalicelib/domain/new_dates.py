"""What the resident is told when the company is late: who has it, and the next date (principle 3).

A promise that was missed gets one new date, which is a promise too; so does a complaint that
has risen to the gravest severity or is a month old, where no date is left that is to come.
Letters of the clock wait for working hours. All instants are UTC.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from chalicelib.domain.clauses import month_ends_at
from chalicelib.domain.deadlines import Deadline, deadlines, reply_told
from chalicelib.domain.evolve import as_delivered
from chalicelib.domain.model import A_MONTH, IMPORT, NEW_CONTACT, NEW_DATE_OF, Complaint, NewDate
from chalicelib.domain.policy import Policy
from chalicelib.domain.promises import promise, promises_told

MISSED, RISEN, MONTH = "missed", "risen", "month"
_NAMED = ("agreed", "follow_up")
"""Promises of a date that somebody named: named anew, they are other promises."""


class Word(Struct, frozen=True):
    """What the resident is to be told from `at` on, and of which promise, if of one."""

    because: str
    at: datetime
    promise: str = ""


def words_due(complaint: Complaint, policy: Policy) -> tuple[Word, ...]:
    """All that the resident is yet to be told of a delay, now or later, and when."""
    if not complaint.is_open or _was_promised_nothing(complaint):
        return ()
    running = deadlines(complaint, policy)
    found = (*_of_missed(complaint, policy, running), *_of_rise(complaint, policy))
    hours = policy.working_time.within_hours
    return tuple(Word(one.because, hours(one.at, complaint.tz), one.promise) for one in found)


def new_dates(
    complaint: Complaint, policy: Policy, words: tuple[Word, ...], now: datetime
) -> tuple[NewDate, ...]:
    """The dates that take the place of those missed; of all, where it has risen or is a month old.

    Counted from the miss, or from now where that would lie in the past.
    """
    told = told_dates(complaint, policy)
    names = {one.promise for one in words if one.promise}
    if any(one.because != MISSED for one in words):
        standing = standing_dates(complaint, policy, now)
        names |= {one for one in told if one not in _NAMED and standing[one] is None}
    return tuple(_new_date(one, told[one], complaint, policy, now) for one in sorted(names))


def told_dates(complaint: Complaint, policy: Policy) -> dict[str, datetime]:
    """What the resident was promised and still has to come, by when they were told."""
    running = deadlines(complaint, policy)
    first = {
        "acknowledge": promises_told(complaint, policy).acknowledge_by,
        "reply": reply_told(complaint, policy).at,
    }
    open_ones = (one for one in NEW_DATE_OF if one in running)
    return {one: first.get(one, running[one].at) for one in open_ones}


def standing_dates(
    complaint: Complaint, policy: Policy, now: datetime
) -> dict[str, datetime | None]:
    """The date that the resident may go by, of each promise that is still to be kept.

    As it was told, or the new one; None where that has passed, too.
    """
    running = deadlines(complaint, policy)
    found: dict[str, datetime | None] = {}
    for name, told_at in told_dates(complaint, policy).items():
        anew = running.get(NEW_DATE_OF[name])
        at = anew.at if anew and told_at <= now else told_at
        found[name] = at if at > now else None
    return found


def _was_promised_nothing(complaint: Complaint) -> bool:
    """What came in with a spreadsheet sent its resident no receipt."""
    return complaint.channel == IMPORT and complaint.raised_again_at is None


def _of_missed(
    complaint: Complaint, policy: Policy, running: Mapping[str, Deadline]
) -> Iterator[Word]:
    """A word for each promise, once; none of what had passed before it came in here."""
    came_in_at = complaint.came_in_at or complaint.received_at
    for name, at in told_dates(complaint, policy).items():
        if at > came_in_at and not _is_told(name, running[name].at, complaint):
            yield Word(MISSED, at, name)


def _is_told(name: str, due_at: datetime, complaint: Complaint) -> bool:
    """Whether the resident has a new date for it already."""
    of_it = (one for one in complaint.new_dates if one.promise == name)
    return any(name not in _NAMED or one.due_at == due_at for one in of_it)


def _of_rise(complaint: Complaint, policy: Policy) -> Iterator[Word]:
    """That it rose to the gravest severity, and that it is a month old; not once it is solved."""
    if as_delivered(complaint).is_solved or complaint.valid is False:
        return
    changed_at = complaint.severity_changed_at
    if changed_at and complaint.severity and policy.rank(complaint.severity) == 0:
        yield Word(RISEN, changed_at)
    if A_MONTH in complaint.verdict.facts and not complaint.month_told:
        yield Word(MONTH, month_ends_at(complaint, policy.settings))


def _new_date(
    name: str, missed_at: datetime, complaint: Complaint, policy: Policy, now: datetime
) -> NewDate:
    settings, zone = policy.settings, complaint.tz
    contact = NEW_DATE_OF[name] == NEW_CONTACT
    within = settings.new_contact if contact else settings.new_reply
    anew = promise(MISSED, missed_at, within, policy, zone)
    if anew.at <= now:
        anew = promise(MISSED, now, within, policy, zone)
    return NewDate(name, missed_at, anew)

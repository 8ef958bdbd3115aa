"""The digest: what one member of staff has before them on a working day (principle 3).

Each complaint stands in one section, the most pressing that it fits. All instants are UTC.
"""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from chalicelib.domain.deadlines import AFTER_THE_REPLY, deadlines, open_visit
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.domain.staff import MANAGER, SUPERVISOR, Staff
from chalicelib.domain.working_time import WorkingTime

SECTIONS = ("overdue", "today", "new", "waiting")
"""Fell due before now; falls due before the next opening; new since the last opening; others."""
_OVERSEERS = frozenset({SUPERVISOR, MANAGER})
NOT_THE_OWNERS = {"feedback": "department", "judge": "supervisor", AFTER_THE_REPLY: "visit"}
"""Whose a deadline is to keep, where it is not the owner's."""


class Day(Struct, frozen=True):
    """A working day as its digest sees it: since the last opening, at `now`, to the next one."""

    since: datetime
    now: datetime
    until: datetime


class Waiting(Struct, frozen=True):
    """For whom a complaint waits.

    `whom` is ``resident`` (their answer) or ``agreed`` (a time agreed with them), both with
    `until`; else ``department``, ``supervisor``, ``visit`` (the return visit) or ``owner``.
    """

    whom: str
    until: datetime | None = None


class DigestItem(Struct, frozen=True):
    """One complaint of a digest: its section, the deadlines that press, and for whom it waits.

    `deadlines` are all that fall due before the next opening, or else the next one; none where
    none runs.
    """

    complaint: Complaint
    section: str
    deadlines: tuple[tuple[str, datetime], ...]
    waiting: Waiting


def day_of(on: date, now: datetime, calendar: WorkingTime, zone: ZoneInfo) -> Day:
    """A working day of the community's calendar, as seen at `now`."""
    opens_at, _ = calendar.hours_of(on, zone)
    since = calendar.last_opening_before(opens_at, zone)
    return Day(since, now, calendar.next_day_opening(opens_at, zone))


def opening_together(
    community: str, on: date, organisation: Organisation, calendar: WorkingTime
) -> tuple[str, ...]:
    """The communities whose day begins at the same instant, in the organisation's order."""
    opens_at = {one.key: calendar.hours_of(on, one.tz)[0] for one in organisation.communities}
    return tuple(key for key, at in opens_at.items() if at == opens_at[community])


def communities_in_digest(
    staff: Staff, community: str, together: tuple[str, ...]
) -> tuple[str, ...]:
    """The communities that a person reads about in this one's letter.

    Who serves several that open together reads of all of them in the letter of the first.
    """
    served = tuple(one for one in together if staff.serves(one))
    if community not in served:
        return (community,)
    return served if served[0] == community else ()


def is_told(staff: Staff, complaint: Complaint, conflicted_staff: frozenset[str]) -> bool:
    """Whether a complaint stands in this person's digest.

    To its owner it does; to supervisor and manager each of their community, unless they
    are among those complained about. Nobody is told while they are away.
    """
    if staff.disabled or staff.absent:
        return False
    oversees = not _OVERSEERS.isdisjoint(staff.roles) and staff.serves(complaint.community)
    return _owns(staff, complaint) or (oversees and staff.id not in conflicted_staff)


def digest(
    complaints: Iterable[Complaint], staff: Staff, policy: Policy, day: Day
) -> tuple[DigestItem, ...]:
    """What this person reads of these complaints, section by section, the most pressing first."""
    items = (_item(one, staff, policy, day) for one in complaints)
    return tuple(sorted(items, key=lambda one: _urgency(one, policy)))


def _item(complaint: Complaint, staff: Staff, policy: Policy, day: Day) -> DigestItem:
    visit = open_visit(complaint, policy)
    due = [*deadlines(complaint, policy).values(), *([visit] if visit else [])]
    running = sorted((one.at, one.name) for one in due)
    pressing = [one for one in running if one[0] < day.until] or running[:1]
    return DigestItem(
        complaint,
        _section([at for at, _ in running], complaint, staff, day),
        tuple((name, at) for at, name in pressing),
        _waiting(running, complaint, day.now),
    )


def _section(due: list[datetime], complaint: Complaint, staff: Staff, day: Day) -> str:
    if due and due[0] <= day.now:
        return "overdue"
    if due and due[0] < day.until:
        return "today"
    return "new" if _is_new(complaint, staff, day.since) else "waiting"


def _is_new(complaint: Complaint, staff: Staff, since: datetime) -> bool:
    """Received or raised again since the last opening, or come to this owner since."""
    came_at = complaint.owned_at if _owns(staff, complaint) else None
    return max(complaint.raised_at, came_at or complaint.raised_at) >= since


def _waiting(running: list[tuple[datetime, str]], complaint: Complaint, now: datetime) -> Waiting:
    """Who has to move next; once something is overdue, whoever lets it be so.

    What was answered and is open waits for its owner to close it, whoever makes the visit.
    """
    at, deadline = running[0] if running else (None, "")
    if at is None or at > now:
        for whom, until in _awaited(complaint):
            if until and until > now:
                return Waiting(whom, until)
    if deadline == AFTER_THE_REPLY and complaint.is_open:
        return Waiting("owner")
    return Waiting(NOT_THE_OWNERS.get(deadline, "owner"))


def _awaited(complaint: Complaint) -> tuple[tuple[str, datetime | None], ...]:
    return ("resident", complaint.awaiting_until), ("agreed", complaint.agreed_at)


def _urgency(item: DigestItem, policy: Policy) -> tuple[int, bool, float, int, str]:
    """By section, then what falls due first, then the gravest."""
    at = item.deadlines[0][1].timestamp() if item.deadlines else 0.0
    complaint = item.complaint
    section, rank = SECTIONS.index(item.section), policy.rank(complaint.severity)
    return section, not item.deadlines, at, rank, complaint.reference


def _owns(staff: Staff, complaint: Complaint) -> bool:
    return complaint.owner.staff == staff.id

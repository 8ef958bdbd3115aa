"""The morning letter: what one member of staff reads on a working day (principle 3).

Their tasks, as the work list has them; what the ladder brought up to them; what nears the end of
its month; and, for who answers for a community, what others there have before them. Each complaint
is seen as time has made it by now, whether or not the sweep has come to it. Instants are UTC.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.commands import CheckDeadlines
from chalicelib.domain.deadlines import deadlines
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.decisions.checking import check_deadlines
from chalicelib.domain.escalation import chased
from chalicelib.domain.evolve import evolved
from chalicelib.domain.model import Complaint
from chalicelib.domain.permissions import may
from chalicelib.domain.policy import Organisation
from chalicelib.domain.staff import MANAGER, SUPERVISOR, Staff
from chalicelib.domain.tasks import WITHOUT_DATE, Task, owed, tasks, tasks_of
from chalicelib.domain.working_time import WorkingTime

OVERDUE, TODAY, SOON, NEW = "overdue", "today", "soon", "new"
"""Due before now; later on that day; then before the next opening; and, if none of these, new."""
_OVERSEERS = (SUPERVISOR, MANAGER)


class Day(Struct, frozen=True):
    """A working day as its letters see it: since the last opening, at `now`, to the next one."""

    since: datetime
    now: datetime
    until: datetime


class Brought(Struct, frozen=True):
    """What the ladder brought up `to` somebody since the last letter: what others have not done.

    `times` is how often it was brought up to them by now.
    """

    complaint: Complaint
    to: str
    owed: tuple[Task, ...]
    times: int


class Matter(Struct, frozen=True):
    """A complaint on that morning: all tasks, what was brought up, and whom else it concerns.

    `warned` are those who are told that its month nears its end.
    """

    complaint: Complaint
    tasks: tuple[Task, ...]
    brought: tuple[Brought, ...]
    warned: frozenset[str]
    overseers: frozenset[str]


class Morning(Struct, frozen=True):
    """What one reader's letter tells. Of `others` each is the most pressing task of somebody else.

    There is no letter where the first three are empty: its reader has nothing to do.
    """

    tasks: tuple[Task, ...] = ()
    brought: tuple[Brought, ...] = ()
    warned: tuple[Complaint, ...] = ()
    others: tuple[Task, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing for this reader to do."""
        return not (self.tasks or self.brought or self.warned)

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """Every complaint that the letter may name."""
        told: tuple[Task | Brought, ...] = (*self.tasks, *self.brought, *self.others)
        return (*(one.complaint for one in told), *self.warned)


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


def communities_in_letter(
    staff: Staff, community: str, together: tuple[str, ...]
) -> tuple[str, ...]:
    """The communities that a person reads about in this one's letter.

    Who serves several that open together reads of all of them in the letter of the first.
    """
    served = tuple(one for one in together if staff.serves(one))
    if community not in served:
        return (community,)
    return served if served[0] == community else ()


def matter_of(complaint: Complaint, context: DecisionContext, day: Day) -> Matter:
    """Whom a complaint concerns on that morning, and how."""
    due = check_deadlines(complaint, CheckDeadlines(), context, day.now)
    present = evolved(complaint, due, day.now)
    return Matter(
        present,
        tasks(present, context, day.now),
        tuple(_brought(present, context, day)),
        frozenset(_warned(present, context)),
        frozenset(_overseers(present, context)),
    )


def morning_of(staff: Staff, matters: Iterable[Matter], day: Day) -> Morning:
    """What this person reads of these complaints; nothing while they are away.

    Nobody reads of what they may not open.
    """
    if staff.disabled or staff.absent:
        return Morning()
    seen = [one for one in matters if may(staff, "see", one.complaint)]
    own = tasks_of(staff.id, (task for one in seen for task in one.tasks))
    brought = (each for one in seen for each in one.brought if each.to == staff.id)
    warned = (one.complaint for one in seen if staff.id in one.warned)
    morning = Morning(
        tuple(own),
        tuple(sorted(brought, key=lambda one: (one.owed[0].at, one.complaint.reference))),
        tuple(sorted(warned, key=lambda one: (one.received_at, one.reference))),
    )
    named = {one.reference for one in morning.complaints}
    others = (
        _most_pressing(one)
        for one in seen
        if staff.id in one.overseers and one.complaint.reference not in named
    )
    return replace(morning, others=_in_sections(others, day))


def section_of(task: Task, day: Day) -> str:
    """`OVERDUE`, `TODAY`, `SOON` or `NEW`; blank for what was there before and has time."""
    if task.deadline in WITHOUT_DATE:
        return NEW if is_new(task, day) else ""
    if task.is_late(day.now):
        return OVERDUE
    if task.at < day.until:
        zone = task.complaint.tz
        is_today = task.at.astimezone(zone).date() == day.now.astimezone(zone).date()
        return TODAY if is_today else SOON
    return NEW if is_new(task, day) else ""


def is_new(task: Task, day: Day) -> bool:
    """Whether it was received, raised again or came to this owner since the last opening.

    Or what the resident wrote was written since, or what was sent to them came back.
    """
    complaint = task.complaint
    if task.deadline in WITHOUT_DATE and task.at >= day.since:
        return True
    came_at = complaint.owned_at if complaint.owner.staff == task.to else None
    return max(complaint.raised_at, came_at or complaint.raised_at) >= day.since


def _brought(complaint: Complaint, context: DecisionContext, day: Day) -> Iterator[Brought]:
    """The rungs that were taken since the last opening, by whom they reached.

    The first step asks whoever then has it to do, and brings nothing up to anybody.
    """
    reached: dict[str, list[tuple[Task, int]]] = {}
    for task in owed(complaint, context):
        step = chased(task.deadline, task.at, complaint)
        to = step.told[-1] if step and step.told and step.at > day.since else ""
        if step and to not in ("", task.to):
            reached.setdefault(to, []).append((task, max(1, step.told[1:].count(to))))
    for to, found in reached.items():
        owing, times = zip(*found, strict=True)
        yield Brought(complaint, to, owing, max(times))


def _warned(complaint: Complaint, context: DecisionContext) -> Iterator[str]:
    """Owner and manager, from the first warning until it is solved or the month is over (5.1.3)."""
    if complaint.warned and "month" in deadlines(complaint, context.policy):
        manager = context.answering(MANAGER, complaint)
        yield from (one for one in (complaint.owner.staff, manager and manager.id) if one)


def _overseers(complaint: Complaint, context: DecisionContext) -> Iterator[str]:
    """Who answers for the community, or stands in for those who do."""
    for role in _OVERSEERS:
        there = (
            one
            for one in context.directory.staff
            if role in one.roles and one.serves(complaint.community)
        )
        found = (context.answering(role, complaint), *there)
        yield from (one.id for one in found if one and one.id not in context.conflicted_staff)


def _most_pressing(matter: Matter) -> Task | None:
    """What is due first; what the resident wrote only where nothing else is to do."""
    return min(
        matter.tasks,
        key=lambda one: (one.deadline in WITHOUT_DATE, one.at, one.deadline),
        default=None,
    )


def _in_sections(found: Iterable[Task | None], day: Day) -> tuple[Task, ...]:
    """What presses or is new, what is due first before the others."""
    told = (one for one in found if one and section_of(one, day))
    return tuple(sorted(told, key=lambda one: (one.at, one.complaint.reference)))

"""The views of the queue: whose complaints, and those to which one thing is to be done.

Pure: what somebody sees at a moment, with the deadlines that run, each computed once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chalicelib.application.confidence import seen_line, seen_lines
from chalicelib.application.records import Line
from chalicelib.domain import permissions
from chalicelib.domain.deadlines import AFTER_THE_REPLY, Deadline, deadlines, return_visit
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import HEAD, Staff

VISITS = "visits"
"""The complaints, open and ended, that wait for their return visit."""
PRESSES = {
    "to_close": "close",
    VISITS: AFTER_THE_REPLY,
    "feedback": "feedback",
    "agreed_today": "agreed",
}
"""The deadline that a view is about: its rows say that one, and not what presses most."""
VIEWS = ("mine", "department", "community", "all", *PRESSES, "waiting", "overdue")
"""All views, in the order of the page."""


@dataclass(frozen=True)
class Reader:
    """Who looks at the queue, by which policy, and when (UTC)."""

    staff: Staff
    policy: Policy
    now: datetime


@dataclass(frozen=True)
class Seen:
    """A complaint that somebody sees at `now` (UTC), with the deadlines that run for it.

    `parts` are those that go on under it; what they owe to their residents runs for it, too.
    """

    line: Line
    running: Mapping[str, Deadline]
    now: datetime
    parts: tuple[Line, ...] = ()

    @property
    def complaint(self) -> Complaint:
        """The complaint as it is now."""
        return self.line.complaint


def views_of(staff: Staff) -> tuple[str, ...]:
    """The views in which this person may have something: a department's for its head, and so on."""
    owns, heads = permissions.may_own(staff), HEAD in staff.roles
    own = {
        "mine": owns,
        "department": staff.department is not None,
        "community": bool(staff.communities),
        "to_close": owns,
        VISITS: permissions.may_somewhere(staff, "return-visit"),
        "feedback": heads and staff.department is not None,
    }
    return tuple(view for view in VIEWS if own.get(view, True))


def what_stands_in(
    lines: Iterable[Line], reader: Reader, ended: Iterable[Line] | None = None
) -> dict[str, list[Seen]]:
    """Each view of this person's with what they see in it, as `queue.queue` takes the rest.

    Of return visits only where `ended` is given. What goes on under another stands there, and by
    itself among the return visits alone: each resident is visited.
    """
    staff, policy = reader.staff, reader.policy
    lines, ended = tuple(lines), ended if ended is None else tuple(ended)
    seen = [
        Seen(seen_line(one, staff), deadlines(one.complaint, policy), reader.now)
        for one in lines
        if permissions.may(staff, "see", one.complaint)
    ]
    matters = [_whole(one, seen) for one in seen if one.complaint.merged_into is None]
    views = {
        view: [one for one in matters if _IN[view](one, staff)]
        for view in views_of(staff)
        if view in _IN
    }
    if ended is not None:
        visited = (*seen, *(Seen(seen_line(one, staff), {}, reader.now) for one in ended))
        due = [one for one in visited if _is_visited_by(one, staff, policy)]
        views[VISITS] = _unled(due, (*lines, *ended), staff)
    return views


def _unled(visits: Iterable[Seen], lines: Iterable[Line], staff: Staff) -> list[Seen]:
    """Of what goes on under another, where only if this person may know who complains there."""
    visited = tuple(visits)
    seen = seen_lines([one.line for one in visited], lines, staff)
    return [replace(one, line=line) for one, line in zip(visited, seen, strict=True)]


def _whole(one: Seen, seen: Iterable[Seen]) -> Seen:
    """It with those that go on under it: of each deadline, the first that runs for any of them."""
    if not one.complaint.parts:
        return one
    parts = [other for other in seen if other.complaint.reference in one.complaint.absorbed]
    running = dict(one.running)
    for name, due in ((name, due) for other in parts for name, due in other.running.items()):
        running[name] = min(due, running.get(name, due), key=lambda each: each.at)
    return replace(one, running=running, parts=tuple(other.line for other in parts))


def _mine(one: Seen, staff: Staff) -> bool:
    return one.complaint.owner.staff == staff.id


def _department(one: Seen, staff: Staff) -> bool:
    return staff.department is not None and one.complaint.about == staff.department


def _community(one: Seen, staff: Staff) -> bool:
    return one.complaint.community in staff.communities


def _all(_: Seen, __: Staff) -> bool:
    return True


def _is_to_close(one: Seen, staff: Staff) -> bool:
    """The resident has an answer, and this person has it to close."""
    return "close" in one.running and permissions.may(staff, "close", one.complaint)


def _owes_feedback(one: Seen, staff: Staff) -> bool:
    """The department of which they are head was asked, and has not said anything (3.3)."""
    return "feedback" in one.running and _department(one, staff)


def _is_agreed_today(one: Seen, _: Staff) -> bool:
    """By the community's calendar, whether its hour is past or to come."""
    agreed, zone = one.running.get("agreed"), one.complaint.tz
    return agreed is not None and _day(agreed.at, zone) == _day(one.now, zone)


def _waits_for_resident(one: Seen, _: Staff) -> bool:
    until = one.complaint.awaiting_until
    return until is not None and until > one.now


def _is_overdue(one: Seen, _: Staff) -> bool:
    return any(due.at <= one.now for due in one.running.values())


def _is_visited_by(one: Seen, staff: Staff, policy: Policy) -> bool:
    """Whether it waits for a return visit that this person may make."""
    waits = return_visit(one.complaint, policy) is not None
    return waits and permissions.may(staff, "return-visit", one.complaint)


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


_IN: dict[str, Callable[[Seen, Staff], bool]] = {
    "mine": _mine,
    "department": _department,
    "community": _community,
    "all": _all,
    "to_close": _is_to_close,
    "feedback": _owes_feedback,
    "agreed_today": _is_agreed_today,
    "waiting": _waits_for_resident,
    "overdue": _is_overdue,
}

"""The queue: what is open, the most pressing first."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from chalice.app import Response

from chalicelib.application.records import Line
from chalicelib.application.saved_filters import NAMES, QUEUE, SavedFilter, asked_for
from chalicelib.domain import permissions
from chalicelib.domain.staff import SUPERVISOR
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import done, number, presenter, shown

# For the type checker alone: imported where it is used, so that no other request pays for it.
if TYPE_CHECKING:
    from chalicelib.views.row_view import RowView

_FILTERS = tuple(one for one in NAMES if one not in ("view", "text"))
NO_ERRORS: Mapping[str, str] = {}


@staff_only
def queue(visitor: Visitor) -> Response:
    """What this member of staff has to do, and the queue, with one request to the table.

    Return visits take another: of who makes them, or asks to see them.
    """
    return queue_page(visitor, visitor.query)


def queue_page(
    visitor: Visitor, given: Mapping[str, str], errors: Mapping[str, str] = NO_ERRORS
) -> Response:
    """The work and the queue as they are asked for in `given`.

    `errors` are sentences about a filter that was to be kept, by field.
    """
    from chalicelib.application.queue import Asked
    from chalicelib.application.queue import queue as queued
    from chalicelib.application.queue_views import VISITS, Reader, views_of
    from chalicelib.views.row_view import RowView

    container = visitor.container
    chosen = {name: given.get(name, "") for name in NAMES}
    asked = Asked(**chosen, page=number(given.get("page", ""), otherwise=1))
    complaints = container.complaints
    may_visit = VISITS in views_of(visitor.staff)
    wants_visits = asked.view == VISITS or SUPERVISOR in visitor.staff.roles
    ended = complaints.visits() if may_visit and wants_visits else None
    lines = complaints.open()
    now = container.clock.now()
    found = queued(lines, asked, Reader(visitor.staff, container.policy, now), ended)
    row_view = RowView(presenter(visitor), visitor.directory, now)
    return shown(
        "queue.j2",
        visitor,
        422 if errors else 200,
        here="queue",
        work=_work(visitor, (*lines, *(ended or ())), row_view),
        q=found,
        asked=asked,
        views=found.counts.items(),
        filters=_options(visitor, found.options),
        rows=[row_view.row(row) for row in found.rows],
        row_verb=_verb_of(found.view),
        narrowed=any(chosen[name] for name in ("text", *_FILTERS)),
        page_query=lambda page: urlencode(chosen | {"view": found.view, "page": page}),
        may_hand_over=permissions.may_somewhere(visitor.staff, "hand-over"),
        present=SavedFilter("", asked_for(chosen | {"view": found.view})),
        saved=[one for one in visitor.filters if one.page == QUEUE],
        typed_name=visitor.sent.get("name", ""),
        errors=errors,
        may_receive=permissions.may_somewhere(visitor.staff, "receive"),
        notice=done(visitor),
    )


def _verb_of(view: str) -> str:
    """Where on a complaint's page a row of this view leads: to the form of what is to be done."""
    from chalicelib.application.queue_views import PRESSES
    from chalicelib.domain.tasks import KEPT_BY

    verb = KEPT_BY.get(PRESSES.get(view, ""))
    return f"?do={verb}#{verb}" if verb else ""


def _work(visitor: Visitor, lines: Iterable[Line], row_view: "RowView") -> dict[str, object]:
    """Their own tasks, of one kind where that is asked for, and how many there are of each."""
    from chalicelib.application.work_list import MOST, work_list
    from chalicelib.views.task_view import TaskView

    container, asked = visitor.container, visitor.query.get("task", "")
    now = container.clock.now()
    found = work_list(lines, visitor.staff, visitor.directory, container.contexts, now)
    of_kind = [one for one in found if asked in ("", one[0].deadline)]
    view = TaskView(row_view, now)
    return {
        "tasks": view.lines(of_kind if asked else of_kind[:MOST]),
        "kinds": view.counts(task for task, _ in found),
        "kind": asked,
        "found": len(found),
    }


def _options(visitor: Visitor, counts: Mapping[str, Mapping[str, int]]) -> list[tuple[str, object]]:
    """Each filter with its keys, their names and how many there are of each."""
    say = presenter(visitor)
    names: dict[str, Callable[[str], str]] = {
        "status": lambda key: say.say(f"status.{key}"),
        "severity": lambda key: say.policy.severity_name(_severity(key))[say.language],
        "department": say.department,
        "category": say.category,
        "building": str,
    }
    return [
        (
            name,
            [(key, names[name](key), count) for key, count in sorted(counts[name].items()) if key],
        )
        for name in _FILTERS
    ]


def _severity(key: str) -> str | None:
    from chalicelib.application.queue import UNDECIDED

    return None if key == UNDECIDED else key

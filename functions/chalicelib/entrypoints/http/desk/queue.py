"""The queue: what is open, the most pressing first."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from chalice.app import Response

from chalicelib.domain import permissions
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import done, number, presenter, shown

_FILTERS = ("status", "severity", "department", "category", "building")


@staff_only
def queue(visitor: Visitor) -> Response:
    """The queue of this member of staff, with one request to the table; return visits take two."""
    from chalicelib.application.queue import VISITS, Asked, views_of
    from chalicelib.application.queue import queue as queued
    from chalicelib.views.row_view import RowView

    container = visitor.container
    chosen = {name: visitor.query.get(name, "") for name in ("view", "text", *_FILTERS)}
    asked = Asked(**chosen, page=number(visitor.query.get("page", ""), otherwise=1))
    complaints = container.complaints
    asks_visits = asked.view == VISITS and VISITS in views_of(visitor.staff)
    ended = complaints.visits() if asks_visits else None
    found = queued(complaints.open(), asked, visitor.staff, container.policy, ended)
    row_view = RowView(presenter(visitor), visitor.directory, container.clock.now())
    return shown(
        "queue.j2",
        visitor,
        here="queue",
        q=found,
        asked=asked,
        views=found.counts.items(),
        filters=_options(visitor, found.options),
        rows=[row_view.row(row) for row in found.rows],
        row_verb="?verb=return-visit#return-visit" if found.view == VISITS else "",
        narrowed=any(chosen[name] for name in ("text", *_FILTERS)),
        page_query=lambda page: urlencode(chosen | {"view": found.view, "page": page}),
        may_receive=permissions.may_somewhere(visitor.staff, "receive"),
        notice=done(visitor),
    )


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

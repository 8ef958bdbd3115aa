"""The queue: every open complaint that somebody may see, the most pressing first.

Pure: it sorts, counts and narrows what one query found.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.households import tidy_building
from chalicelib.application.queue_views import (
    PRESSES,
    VISITS,
    Reader,
    Seen,
    views_of,
    what_stands_in,
)
from chalicelib.application.records import Line
from chalicelib.domain.deadlines import AFTER_THE_REPLY, return_visit
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Policy

UNDECIDED = "undecided"
OPENS = "return_visit_opens"
"""What presses of a return visit that has not opened yet: when it will."""
PER_PAGE = 25


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see of the queue; blank for no matter. `page` counts from 1."""

    view: str = ""
    status: str = ""
    severity: str = ""
    department: str = ""
    category: str = ""
    building: str = ""
    text: str = ""
    page: int = 1


@dataclass(frozen=True)
class Row:
    """One complaint, and the deadline that presses most; `due_at` is UTC, None when none runs."""

    line: Line
    deadline: str
    due_at: datetime | None

    @property
    def complaint(self) -> Complaint:
        """The complaint as it is now."""
        return self.line.complaint


@dataclass(frozen=True)
class Queue:
    """What the queue's page shows. `counts` are those of each view, `options` of each filter.

    A count is None where nobody asked for it.
    """

    view: str
    counts: Mapping[str, int | None]
    options: Mapping[str, Mapping[str, int]]
    rows: tuple[Row, ...]
    found: int
    page: int
    pages: int


def queue(
    lines: Iterable[Line], asked: Asked, reader: Reader, ended: Iterable[Line] | None = None
) -> Queue:
    """The queue for this member of staff, with nothing that they may not see.

    `lines` are the open complaints, `ended` those that ended and wait for their return visit;
    without these there is a view of return visits, and nothing is said of it. What goes on under
    another stands there, and by itself among the return visits alone: each resident is visited.
    """
    views = what_stands_in(lines, reader, ended)
    view = asked.view if asked.view in views else ("mine" if views.get("mine") else "all")
    rows = (_row(one, view, reader.policy) for one in views[view] if _fits(one, asked))
    found = sorted(rows, key=_urgency)
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(asked.page, 1), pages)
    return Queue(
        view=view,
        counts={
            name: len(views[name]) if name in views else None for name in views_of(reader.staff)
        },
        options={
            name: Counter(read(one.line) for one in views[view]) for name, read in _READ.items()
        },
        rows=tuple(found[(page - 1) * PER_PAGE : page * PER_PAGE]),
        found=len(found),
        page=page,
        pages=pages,
    )


def _row(one: Seen, view: str, policy: Policy) -> Row:
    """One complaint with what presses most, or with what the view is about."""
    if view == VISITS:
        return _visit_row(one.line, policy)
    about = one.running.get(PRESSES.get(view, ""))
    first = about or min(one.running.values(), key=lambda due: due.at, default=None)
    return Row(one.line, first.name, first.at) if first else Row(one.line, "", None)


def _visit_row(line: Line, policy: Policy) -> Row:
    """By when the visit is to be made; before it opens, when it does."""
    name = AFTER_THE_REPLY if line.complaint.visit_asked_at else OPENS
    visit = return_visit(line.complaint, policy)
    return Row(line, name, visit.at if visit else None)


def _urgency(row: Row) -> tuple[bool, bool, float, str]:
    """What is due next stands first, so what is overdue longest comes first of all.

    A return visit that has not opened yet comes after those that have.
    """
    at = row.due_at.timestamp() if row.due_at else 0.0
    return (row.due_at is None, row.deadline == OPENS, at, row.complaint.reference)


def _fits(one: Seen, asked: Asked) -> bool:
    """By what it is itself; a word that is looked for may stand in any of them."""
    chosen = {name: getattr(asked, name) for name in _READ}
    if any(wanted and _READ[name](one.line) != wanted for name, wanted in chosen.items()):
        return False
    return not asked.text or any(_holds(line, asked.text) for line in (one.line, *one.parts))


def _holds(line: Line, text: str) -> bool:
    """Whether every word looked for stands somewhere in what is known of the complaint."""
    known = " ".join((line.complaint.reference, *line.words.values())).casefold()
    return all(word in known for word in text.casefold().split())


_READ: dict[str, Callable[[Line], str]] = {
    "status": lambda line: line.complaint.status,
    "severity": lambda line: line.complaint.severity or UNDECIDED,
    "department": lambda line: line.complaint.about,
    "category": lambda line: line.complaint.category,
    "building": lambda line: tidy_building(line.words.get("building", "")),
}

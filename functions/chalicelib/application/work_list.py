"""The work list: what one member of staff has to do, over all complaints that were read."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.application.confidence import seen_line
from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.records import Line
from chalicelib.domain import permissions
from chalicelib.domain.staff import Directory, Staff
from chalicelib.domain.tasks import Task, tasks, tasks_of

MOST = 12
"""So many tasks stand on the first page; the page of one kind has all of it."""


def work_list(
    lines: Iterable[Line],
    staff: Staff,
    directory: Directory,
    contexts: DecisionContexts,
    now: datetime,
) -> list[tuple[Task, Line]]:
    """Their tasks at `now` (UTC), each with its complaint, what is due first before the others."""
    seen = {
        line.complaint.reference: line
        for line in lines
        if permissions.may(staff, "see", line.complaint)
    }
    found = [
        task
        for line in seen.values()
        for task in tasks(line.complaint, contexts.of(line, directory), now)
    ]
    return [
        (one, seen_line(seen[one.complaint.reference], staff)) for one in tasks_of(staff.id, found)
    ]

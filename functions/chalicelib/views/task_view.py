"""Somebody's tasks in words: what to do about which complaint by when, and where to do it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.records import Line
from chalicelib.domain.tasks import WITHOUT_DATE, Task
from chalicelib.views import durations
from chalicelib.views.presentation import Content
from chalicelib.views.row_view import RowView


@dataclass(frozen=True)
class TaskView:
    """Puts tasks into words for one reader, as seen at `now` (UTC)."""

    row_view: RowView
    now: datetime

    def lines(self, found: Iterable[tuple[Task, Line]]) -> list[Content]:
        """Each with its complaint's line."""
        return [self.row_view.line(line) | self.task(task) for task, line in found]

    def counts(self, found: Iterable[Task]) -> list[tuple[str, str, int]]:
        """How many there are of each kind: key, name, count; the most pressing kind first."""
        counted = Counter(one.deadline for one in found)
        return [(kind, self._name(kind), count) for kind, count in counted.items()]

    def task(self, one: Task) -> Content:
        """What to do, by when, and the address of the form that does it."""
        say = self.row_view.presenter
        span = durations.since if one.deadline in WITHOUT_DATE else durations.until
        return {
            "task": self._name(one.deadline),
            "task_verb": one.verb,
            "step": say.say_desk(f"verb.{one.verb}"),
            "by": say.due(one.deadline, one.at, one.complaint),
            "span": span(one.at, self.now, say.language),
            "late": one.is_late(self.now),
            "path": f"/desk/complaints/{one.complaint.reference}?do={one.verb}#{one.verb}",
        }

    def _name(self, kind: str) -> str:
        return self.row_view.presenter.say_desk(f"task.{kind}")

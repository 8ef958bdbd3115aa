"""One complaint in a line: what the queue, the archive and a household's list say of it."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.queue import UNDECIDED, Row
from chalicelib.application.records import Line
from chalicelib.domain.staff import Directory
from chalicelib.views import durations
from chalicelib.views.presentation import Content, Presenter, under

_SHOWN = 90
"""So many characters of what happened stand in a line; the page has the rest."""


@dataclass(frozen=True)
class RowView:
    """Puts complaints into lines for one reader, as seen at `now` (UTC)."""

    presenter: Presenter
    directory: Directory
    now: datetime

    def line(self, line: Line) -> Content:
        """What any list says of a complaint."""
        say, complaint, words = self.presenter, line.complaint, line.words
        home = " ".join(filter(None, (words.get("building"), words.get("unit"))))
        description = short(words.get("description", ""))
        return {
            "reference": complaint.reference,
            "category": say.category(complaint.category),
            "severity": say.policy.severity_name(complaint.severity)[say.language],
            "severity_key": complaint.severity or UNDECIDED,
            "status": say.say(f"status.{complaint.shown_status}"),
            "merged_into": under(complaint),
            "together": complaint.absorbed,
            "description": self._instead("withheld_text", line) or description,
            "community": say.organisation.community(complaint.community).name[say.language],
            "home": home,
            "in_confidence": self._instead("in_confidence", line, in_all=complaint.in_confidence),
            "name": words.get("name", ""),
            "owner": say.owner(complaint.owner, self.directory),
            "received_at": say.moment(complaint.received_at, complaint),
        }

    def row(self, row: Row) -> Content:
        """The same with what presses most, and for how long."""
        say = self.presenter
        deadline = say.say_desk(f"deadline.{row.deadline or 'none'}")
        due = durations.until(row.due_at, self.now, say.language) if row.due_at else ""
        return self.line(row.line) | {
            "due": say.say_desk("queue.presses", deadline=deadline, due=due) if due else deadline,
            "due_at": say.due(row.deadline, row.due_at, row.complaint) if row.due_at else "",
            "overdue": row.due_at is not None and row.due_at <= self.now,
        }

    def _instead(self, name: str, line: Line, *, in_all: bool = False) -> str:
        """What is said where the reader may not know the resident; nothing where they may."""
        return self.presenter.say_desk(f"queue.{name}") if line.withheld or in_all else ""


def short(text: str) -> str:
    """What stands of a text in a line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"

"""The list of complaints as a table for a file: the columns of its filters, and what was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.complaint_filters import COLUMNS, Filter
from chalicelib.application.listed import ListedComplaint, ListedLine
from chalicelib.application.sheets import Cell, Sheet
from chalicelib.views.complaint_list_view import ComplaintListView


@dataclass(frozen=True)
class ComplaintSheet:
    """Puts the list into a table for one reader, in their language."""

    view: ComplaintListView

    def sheet(self, lines: Iterable[ListedLine]) -> Sheet:
        """A row for each line; of one in confidence what this reader may see."""
        say = self.view.presenter
        heading = (
            say.say_desk("archive.reference"),
            *(say.say_desk(f"list.{one}") for one in ("received", "ended")),
            *(say.say_desk(f"filter.{one.name}") for one in COLUMNS),
            say.say_desk("queue.in_confidence"),
            *(say.field_of(one) for one in self._words),
        )
        return Sheet(say.say_desk("list.title"), heading, (self._row(one) for one in lines))

    def _row(self, line: ListedLine) -> tuple[Cell, ...]:
        one = line.complaint
        confident = line.withheld or one.in_confidence
        return (
            one.reference,
            *(_local(at, one) for at in (one.received_at, one.ended_at)),
            *(self._keys(row, line) for row in COLUMNS),
            self.view.presenter.say_desk(f"is_so.{'yes' if confident else 'no'}"),
            *(line.words.get(name, "") for name in self._words),
        )

    def _keys(self, row: Filter, line: ListedLine) -> str:
        """What it has of a filter: the first key, or all of them."""
        keys = row.of_line(line, self.view.reader)
        shown = keys if row.many else keys[:1]
        return self.view.presenter.say("sentence.joined").join(
            self.view.key(row, one) for one in shown
        )

    @property
    def _words(self) -> tuple[str, ...]:
        fields = self.view.presenter.fields
        return tuple(one.name for one in fields.kept_in("words"))


def _local(at: datetime | None, one: ListedComplaint) -> datetime | None:
    """A moment by the community's clock."""
    return at.astimezone(one.tz).replace(tzinfo=None) if at else None

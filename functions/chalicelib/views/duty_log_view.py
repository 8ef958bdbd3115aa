"""A day of the duty log in words, for one reader (6.1)."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.application.duty_log import CorrectedEntry, Row, TakenInEntry, WrittenEntry
from chalicelib.domain.duty_log import CALL, CORRECTION
from chalicelib.domain.staff import Directory
from chalicelib.views.history_view import HistoryView
from chalicelib.views.presentation import Content, Presenter

_KNOWN = ("name", "unit", "place")
"""What a call for help may say besides what it is about."""


@dataclass(frozen=True)
class LogPage:
    """Puts the rows of a day into words, times in the community's `zone`."""

    presenter: Presenter
    directory: Directory
    zone: ZoneInfo

    def row(self, row: Row) -> Content:
        """One entry, as the book would have it."""
        match row:
            case TakenInEntry():
                return self._taken_in(row)
            case CorrectedEntry():
                return self._corrected(row)
            case WrittenEntry():
                return self._written(row)

    def _taken_in(self, row: TakenInEntry) -> Content:
        complaint, words = row.line.complaint, row.line.words
        withheld = row.line.withheld
        is_kept = bool(words) or withheld
        items = self.presenter.items(complaint, words, withheld=withheld) if is_kept else []
        title = f"{self.say('log.complaint')} · {self.presenter.category(complaint.category)}"
        return self._entry(row.at, row.by, title) | {
            "reference": complaint.reference,
            "rows": items,
        }

    def _corrected(self, row: CorrectedEntry) -> Content:
        item = self.presenter.say(f"item.{row.item}")
        title = self.say("log.correction_of", reference=row.reference, item=item)
        return self._entry(row.at, row.by, title) | {"reference": row.reference, "text": row.text}

    def _written(self, row: WrittenEntry) -> Content:
        entry, words = row.entry, row.entry.words
        known = [(self.say(f"log.known_{name}"), words[name]) for name in _KNOWN if name in words]
        numbers = [self.say("log.corrected", number=number) for number in row.corrected_by]
        return self._entry(row.at, row.by, self._title(row)) | {
            "number": entry.number,
            "rows": known,
            "text": words.get("text", ""),
            "corrected": " ".join(numbers),
            "grave": entry.kind == CALL,
            "tied": self._tied(row),
            "tied_to": row.tied_to or "",
        }

    def _title(self, row: WrittenEntry) -> str:
        entry = row.entry
        if entry.kind == CALL and entry.whom:
            name = self.presenter.policy.role(entry.whom).name[self.presenter.language]
            return self.say("log.call", whom=name)
        if entry.kind == CORRECTION:
            return self.say("log.correction", number=entry.corrects)
        return self.say(f"log.{entry.kind}")

    def _tied(self, row: WrittenEntry) -> str:
        if row.entry.kind != CALL:
            return ""
        return self.say("log.call_tied" if row.tied_to else "log.call_untied")

    def _entry(self, at: datetime, by: str, title: str) -> Content:
        return {
            "time": f"{at.astimezone(self.zone):%H:%M}",
            "by": HistoryView(self.presenter, self.directory).who(by),
            "title": title,
            **dict.fromkeys(("reference", "text", "tied", "tied_to", "corrected"), ""),
            "number": 0,
            "rows": [],
            "grave": False,
        }

    def say(self, key: str, **params: object) -> str:
        """A sentence of the staff's pages."""
        return self.presenter.say_desk(key, **params)

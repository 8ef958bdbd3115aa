"""The list of complaints in words: its rows, the options of its filters, and what was asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from chalicelib import locales
from chalicelib.application.complaint_filters import (
    ALL_ENDED,
    ALL_OPEN,
    FILTERS,
    UNDECIDED,
    Asked,
    Days,
    Filter,
    ListReader,
)
from chalicelib.application.listed import ListedLine
from chalicelib.domain.errors import Fault
from chalicelib.domain.model import UNSURE
from chalicelib.domain.staff import Directory
from chalicelib.views.presentation import Content, Presenter
from chalicelib.views.row_view import short

Option = tuple[str, str, int]


@dataclass(frozen=True)
class ComplaintListView:
    """Puts the list into words for one reader."""

    presenter: Presenter
    directory: Directory
    reader: ListReader

    def row(self, line: ListedLine) -> Content:
        """What the list says of a complaint."""
        say, one, words = self.presenter, line.complaint, line.words
        description = short(words.get("description", ""))
        ended = one.ended_at
        return {
            "reference": one.reference,
            "category": self.key(FILTERS["category"], one.category),
            "severity": self.key(FILTERS["severity"], one.severity or UNDECIDED),
            "severity_key": one.severity or UNDECIDED,
            "status": self.key(FILTERS["status"], one.status),
            "community": self.key(FILTERS["community"], one.community),
            "home": " ".join(filter(None, (words.get("building"), words.get("unit")))),
            "name": words.get("name", ""),
            "in_confidence": say.say_desk("queue.in_confidence") if self._is_marked(line) else "",
            "description": say.say_desk("queue.withheld_text") if line.withheld else description,
            "owner": say.owner(one.owner, self.directory),
            "received": f"{one.received_at.astimezone(one.tz):%Y-%m-%d}",
            "ended": f"{ended.astimezone(one.tz):%Y-%m-%d}" if ended else "",
            "overdue": "now" in FILTERS["overdue"].of_line(line, self.reader),
        }

    def fields(
        self, asked: Asked, counts: Mapping[str, Mapping[str, int]]
    ) -> list[tuple[Filter, str, str, list[Option]]]:
        """Each filter with its label, what was asked of it, and the options with their counts."""
        say = self.presenter.say_desk
        return [
            (
                row,
                say(f"filter.{row.name}"),
                asked.values.get(row.name, ""),
                list(self._options(row, asked, counts.get(row.name, {}))),
            )
            for row in FILTERS.values()
        ]

    def key(self, row: Filter, key: str) -> str:
        """A key of a filter in words; as it stands where there are none."""
        words = self._names.get(row.name) or locales.desk(self.presenter.language).get(
            row.words, {}
        )
        return words.get(key, key)

    def faults(self, faults: Iterable[Fault]) -> dict[str, str]:
        """What cannot be read, by field, in the reader's language."""
        say = self.presenter.say_desk
        return {
            one.field: say(f"list_fault.{one.code}", label=say(f"filter.{one.field}"), **one.params)
            for one in faults
        }

    def scope(self, asked: Asked, latest: Days | None) -> str:
        """Which complaints were looked at, in a sentence."""
        say, spans = self.presenter.say_desk, (("received", asked.received), ("ended", asked.ended))
        said = [self._days(f"list.scope_{by}", one) for by, one in spans if one]
        if said:
            return self.presenter.say("sentence.joined").join(said)
        return self._days("list.scope_latest", latest) if latest else say("list.scope_open")

    def _days(self, key: str, days: Days) -> str:
        language = self.presenter.language
        first, last = (locales.day(one, language) for one in days)
        return self.presenter.say_desk(key, first=first, last=last)

    def _options(self, row: Filter, asked: Asked, counts: Mapping[str, int]) -> Iterator[Option]:
        """What is offered in its order, then what there is besides, and what was asked for."""
        say = self.presenter
        offered = row.offered(say.policy, say.organisation) if row.kind == "choice" else ()
        chosen = [asked.values[row.name]] if row.name in asked.values else []
        others = sorted({*counts, *chosen} - {*offered, ""}, key=lambda key: self.key(row, key))
        if row.kind in ("choice", "person"):
            for key in (*offered, *others):
                yield key, self.key(row, key), counts.get(key, 0)

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, str]]:
        """The names of the keys that the catalogue does not have, by filter."""
        say, language = self.presenter, self.presenter.language
        policy, organisation = say.policy, say.organisation
        groups = {key: say.say_desk(f"list.status_{key}") for key in (ALL_OPEN, ALL_ENDED)}
        departments = (*(one.key for one in organisation.departments), UNSURE)
        severities = {one.key: one.name[language] for one in policy.severities}
        return {
            "community": {one.key: one.name[language] for one in organisation.communities},
            "department": {one: say.department(one) for one in departments},
            "category": {one.key: one.name[language] for one in policy.categories},
            "severity": severities | {UNDECIDED: policy.severity_name(None)[language]},
            "status": locales.catalogue(language)["status"] | groups,
            "owner": {one.key: one.name[language] for one in policy.roles}
            | {one.id: one.name[language] for one in self.directory.staff},
        }

    def _is_marked(self, line: ListedLine) -> bool:
        return line.withheld or line.complaint.in_confidence

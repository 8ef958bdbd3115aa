"""The month's report in words, for one reader (3.2): every number leads to what it counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from chalicelib import locales
from chalicelib.application.month_reports import Report
from chalicelib.domain import figures
from chalicelib.domain.model import UNSURE
from chalicelib.domain.staff import Directory
from chalicelib.domain.statistics import CAME_IN, WENT_OUT, MonthRow, months_before
from chalicelib.views import report_charts
from chalicelib.views.presentation import Content, Presenter

_OF_NEW = ("new_valid", "new_invalid", "new_unjudged")
_REPEATS = ("new_raised_before", "linked_by_named", "linked_by_contact", "linked_by_household")
_LISTS = ("major", "overdue", "unsolved_for_a_month")
_CHARTED = ("category", "department", "severity")
_DASH = "—"


@dataclass(frozen=True)
class ReportView:
    """Puts a report into words. `asked` is what the address says of the communities."""

    presenter: Presenter
    directory: Directory
    report: Report
    asked: str = ""

    def content(self) -> Content:
        """Everything that the page shows."""
        return {
            "balance": self._balance(),
            "of_new": [self._line(one) for one in _OF_NEW],
            "rates": [self._rate(one) for one in figures.RATES],
            "beside": self.say(
                "report.beside",
                not_asked=figures.count("not_asked", self._rows),
                not_reached=figures.count("visits_not_reached", self._rows),
            ),
            "counts": [self._line(one) for one in ("disputed", *_REPEATS, *_LISTS)],
            "times": self._times(),
            "tables": [self._table(one) for one in self._names],
            "households": self._households(),
            "promises": self._promises(),
            "lists": [(self.name(one), figures.references(one, self._rows)) for one in _LISTS],
            "trend": self._trend(),
            "amendments": self._amendments(),
        }

    @property
    def _names(self) -> tuple[str, ...]:
        """The tables that there are; by community only where there are several."""
        several = ("community",) if len(self.report.counted) > 1 else ()
        return (*several, *figures.TABLES, figures.CROSS)

    @cached_property
    def _rows(self) -> tuple[MonthRow, ...]:
        return self.report.rows

    @cached_property
    def _earlier(self) -> tuple[tuple[MonthRow, ...] | None, ...]:
        """The month before, and the same month a year ago; None where it is not counted."""
        before = self.report.before
        return tuple(before.get(months_before(self.report.month, count)) for count in (1, 12))

    def name(self, figure: str) -> str:
        """What a figure is called."""
        kind, _, rest = figure.partition(" ")
        if kind == "took":
            return self.say(f"figure.took_{rest}")
        if kind in ("kept", "missed"):
            promise, role = rest.split(" ")
            return self.say(
                f"figure.{kind}",
                promise=self.say(f"deadline.{promise}"),
                role=self.role(role),
            )
        return self.say(f"figure.{figure}")

    def key(self, by: str, key: str) -> str:
        """What a key of a table is called."""
        if key == figures.UNKNOWN:
            return self.say("report.unknown_owner" if by == "owner" else "report.unknown")
        return self._namers[by](key)

    def _cell(self, figure: str) -> Content:
        """A number with the address of what it counts."""
        return self._counted(figures.count(figure, self._rows), figure=figure)

    def _counted(self, count: int, **asked: str) -> Content:
        return {"count": count, "href": self.address(**asked)}

    def address(self, **more: str) -> str:
        """Where something of this report stands."""
        query = {**({"community": self.asked} if self.asked else {}), **more}
        return f"/desk/reports/{self.report.month}?{urlencode(query)}"

    def _line(self, figure: str) -> Content:
        """A figure with its name, beside the months before."""
        return {
            "name": self.name(figure),
            "now": self._cell(figure),
            "earlier": [
                _DASH if rows is None else figures.count(figure, rows) for rows in self._earlier
            ],
        }

    def _balance(self) -> Content:
        found = figures.balance(self._rows)
        sides = [
            ("", "opening"),
            *(("plus", one) for one in CAME_IN),
            *(("minus", one) for one in WENT_OUT),
            ("equals", "closing"),
        ]
        shown = [
            {"sign": self.say(f"report.{sign}") if sign else "", **self._line(figure)}
            for sign, figure in sides
        ]
        return {"lines": shown, "sentence": self._adds_up(found)}

    def _adds_up(self, found: figures.Balance) -> str:
        left = [found.opening, *found.came_in.values()]
        right = [*found.went_out.values(), found.closing]
        said = {"left": " + ".join(map(str, left)), "right": " + ".join(map(str, right))}
        if found.difference:
            return self.say("report.no_sum", **said, difference=found.difference)
        return self.say("report.adds_up", **said)

    def _rate(self, rate: figures.Rate) -> Content:
        return {
            "name": self.say(f"rate.{rate.key}"),
            "means": self.say(f"rate_means.{rate.key}"),
            "now": percent(rate, self._rows),
            "numerator": self._cell(rate.numerator),
            "denominator": self._cell(rate.denominator),
            "earlier": [_DASH if rows is None else percent(rate, rows) for rows in self._earlier],
        }

    def _times(self) -> list[Content]:
        found = figures.spreads(self._rows)
        return [
            {
                "name": self.say(f"figure.took_{what}"),
                "measure": self.say(f"report.in_{'hours' if measure == 'working' else 'days'}"),
                "count": self._cell(f"took {what}"),
                "lengths": [
                    self._length(measure, minutes)
                    for minutes in (spread.median, spread.most, spread.longest)
                ],
            }
            for (what, measure), spread in found.items()
        ]

    def _length(self, measure: str, minutes: int) -> str:
        unit, length = ("hours", 60) if measure == "working" else ("days", 24 * 60)
        return self.say(f"report.{unit}", count=f"{minutes / length:.1f}")

    def _table(self, by: str) -> Content:
        earlier = [None if one is None else figures.table(by, one) for one in self._earlier]
        found = figures.table(by, self._rows)
        keys = dict.fromkeys([*found, *(key for one in earlier if one for key in one)])
        lines = [
            {
                "name": self.key(by, key),
                "cells": [
                    self._counted(
                        found.get(key, Counter[str]())[column], figure=column, by=by, key=key
                    )
                    for column in figures.COLUMNS
                ],
                "earlier": [
                    _DASH if one is None else one.get(key, Counter[str]())["new"] for one in earlier
                ],
            }
            for key in keys
        ]
        new = [(self.key(by, key), columns["new"]) for key, columns in found.items()]
        name = self.say(f"table_by.{by}")
        return {
            "id": by,
            "title": self.say("report.by", name=name),
            "name": name,
            "chart_title": self.say("report.chart_of", name=name),
            "chart": report_charts.bars(new, together=by == "category") if by in _CHARTED else None,
            "lines": lines,
        }

    def _households(self) -> list[Content]:
        """Each community of which it is known how many homes there are."""
        new = Counter(row.community for row in self._rows if row.is_new)
        found = [
            self.presenter.organisation.community(one.community) for one in self.report.counted
        ]
        return [
            {
                "name": one.name[self.presenter.language],
                "households": one.households,
                "new": self._counted(new[one.key], figure="new", by="community", key=one.key),
                "per_hundred": f"{100 * new[one.key] / one.households:.2f}",
            }
            for one in found
            if one.households
        ]

    def _promises(self) -> list[Content]:
        return [
            {
                "role": self.role(role),
                "promise": self.say(f"deadline.{promise}"),
                "kept": self._cell(f"kept {promise} {role}"),
                "missed": self._cell(f"missed {promise} {role}"),
            }
            for role, promise in figures.promises(self._rows)
        ]

    def _trend(self) -> Content:
        """The month and the eleven before it; those that are not counted are said to be so."""
        names = [months_before(self.report.month, count) for count in range(11, -1, -1)]
        rows = {**self.report.before, self.report.month: self._rows}
        found = [
            (
                name[2:],
                (figures.count("new", rows[name]), figures.count("closing", rows[name]))
                if name in rows
                else None,
            )
            for name in names
        ]
        return {
            "chart": report_charts.columns(found),
            "lines": [
                (name, pair or (self.say("report.not_counted"),) * 2)
                for name, (_, pair) in zip(names, found, strict=True)
            ],
            "lacks": any(pair is None for _, pair in found),
        }

    def _amendments(self) -> list[Content]:
        """What was judged since of those that came in this month; its figures stay as they are."""
        came_in = set(figures.references("new", self._rows))
        return [
            {
                "reference": row.reference,
                "month": month,
                "what": self.say(f"report.changed_{change.what}"),
                "before": self._value(change.what, change.before),
                "after": self._value(change.what, change.after),
            }
            for month, rows in sorted(self.report.after.items())
            for row in rows
            if row.reference in came_in
            for change in row.changes
        ]

    def _value(self, what: str, key: str) -> str:
        if what == "severity":
            return self._severity(key or figures.UNDECIDED)
        return self.say(f"figure.new_{key or 'unjudged'}")

    def role(self, key: str) -> str:
        """What a role is called."""
        return self.presenter.policy.role(key).name[self.presenter.language]

    @property
    def _namers(self) -> Mapping[str, Callable[[str], str]]:
        say = self.presenter
        return {
            "building": self._building,
            "category": self._category,
            "department": self._department,
            "cause": lambda key: say.say(f"cause.{key}"),
            "severity": self._severity,
            "clause": str,
            "channel": lambda key: say.say_desk(f"channel.{key}"),
            "owner": self._person,
            "community": self._community,
            figures.CROSS: self._cross,
        }

    def _building(self, key: str) -> str:
        community, _, building = key.partition(" ")
        if len(self.report.counted) == 1:
            return building
        return f"{self._community(community)} {building}"

    def _community(self, key: str) -> str:
        return self.presenter.organisation.community(key).name[self.presenter.language]

    def _category(self, key: str) -> str:
        known = {one.key for one in self.presenter.policy.categories}
        return self.presenter.category(key) if key in known else key

    def _department(self, key: str) -> str:
        known = {*self.presenter.organisation.department_names, UNSURE}
        return self.presenter.department(key) if key in known else key

    def _severity(self, key: str) -> str:
        severity = None if key == figures.UNDECIDED else key
        return self.presenter.policy.severity_name(severity)[self.presenter.language]

    def _person(self, key: str) -> str:
        person = self.directory.person(key)
        return person.name[self.presenter.language] if person else key

    def _cross(self, key: str) -> str:
        department, _, category = key.partition(" ")
        return f"{self._department(department)} · {self._category(category)}"

    def say(self, key: str, **params: object) -> str:
        """A sentence of the staff's pages."""
        return self.presenter.say_desk(key, **params)


def percent(rate: figures.Rate, rows: Iterable[MonthRow]) -> str:
    """A rate as people read it; a dash where there was nothing to divide by."""
    found = tuple(rows)
    whole = figures.count(rate.denominator, found)
    if not whole:
        return _DASH
    return f"{100 * figures.count(rate.numerator, found) / whole:.1f} %"


def month_name(name: str, language: str) -> str:
    """A month as people write it."""
    year, _, month = name.partition("-")
    named = locales.say(language, f"date.month_{int(month)}")
    return locales.say_desk(language, "report.month_name", year=year, month=named)

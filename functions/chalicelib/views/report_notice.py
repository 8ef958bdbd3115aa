"""The month's report for the notice board: no names, and no number that could point to a home.

Without references, owners and buildings. A number under three is not said; what is so small of
a table stands together as the others.
"""

from collections.abc import Iterable

from chalicelib.domain import figures
from chalicelib.views.presentation import Content
from chalicelib.views.report_view import ReportView, percent

LEAST = 3
"""The smallest number that is said."""
_LINES = ("opening", "new", "closed", "closing")
_TABLES = ("category", "department")
_NOT_SAID = ("feedback_in_time", "repeat")
"""Rates of the company's own work, or of residents' homes."""


def notice(view: ReportView) -> Content:
    """Everything that the notice shows."""
    rows = view.report.rows
    return {
        "lines": [(view.name(one), said(figures.count(one, rows), view)) for one in _LINES],
        "rates": [
            {
                "name": view.say(f"rate.{rate.key}"),
                "means": view.say(f"rate_means.{rate.key}"),
                "now": percent(rate, rows) if _is_said(rate, view) else said(0, view),
            }
            for rate in figures.RATES
            if rate.key not in _NOT_SAID
        ],
        "tables": [
            {
                "title": view.say("report.by", name=view.say(f"table_by.{by}")),
                "lines": _lines(by, view),
            }
            for by in _TABLES
        ],
    }


def said(count: int, view: ReportView) -> str:
    """A number, or that it is under three."""
    return str(count) if count >= LEAST else view.say("report.under", count=LEAST)


def _is_said(rate: figures.Rate, view: ReportView) -> bool:
    """Whether neither those that the rate counts nor the others are a few homes."""
    whole = figures.count(rate.denominator, view.report.rows)
    part = figures.count(rate.numerator, view.report.rows)
    return whole >= LEAST and all(one == 0 or one >= LEAST for one in (part, whole - part))


def _lines(by: str, view: ReportView) -> list[tuple[str, str]]:
    found = figures.table(by, view.report.rows)
    new = [(view.key(by, key), columns["new"]) for key, columns in found.items() if columns["new"]]
    large = [(name, count) for name, count in new if count >= LEAST]
    others = sum(count for _, count in new) - _sum(large)
    shown = [(name, said(count, view)) for name, count in large]
    return [*shown, (view.say("report.others"), said(others, view))] if others else shown


def _sum(found: Iterable[tuple[str, int]]) -> int:
    return sum(count for _, count in found)

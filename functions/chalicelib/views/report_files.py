"""The month's report as files: figures and references alone, and nobody's name.

Without the table of owners, who are persons, and of buildings, which residents typed.
"""

import json
from collections.abc import Iterator

from chalicelib.application.sheets import Cell, Sheet
from chalicelib.domain import figures
from chalicelib.views.csv_file import csv_text
from chalicelib.views.presentation import Content
from chalicelib.views.report_view import ReportView, percent

_TABLES = tuple(one for one in (*figures.TABLES, figures.CROSS) if one not in ("owner", "building"))


def as_json(view: ReportView) -> str:
    """Keys and numbers, for a program."""
    return json.dumps(_figures(view), ensure_ascii=False, indent=1)


def as_csv(view: ReportView) -> str:
    """A line for each number of each sheet, in one table."""
    heading = tuple(view.say(f"report.{one}") for one in ("tables", "item", "what", "how_many"))
    lines = (
        (sheet.name, row[0], name, cell)
        for sheet in sheets(view)
        for row in sheet.rows
        for name, cell in zip(sheet.heading[1:], row[1:], strict=True)
    )
    return csv_text(Sheet("", heading, lines))


def _figures(view: ReportView) -> Content:
    rows = view.report.rows
    found = figures.balance(rows)
    return {
        "month": view.report.month,
        "communities": [one.community for one in view.report.counted],
        "final": view.report.is_kept,
        "adds_up": found.difference == 0 and all(one.adds_up for one in view.report.counted),
        "figures": {figure: figures.count(figure, rows) for figure in figures.COUNTS},
        "references": {figure: figures.references(figure, rows) for figure in figures.COUNTS},
        "rates": {
            rate.key: {
                "numerator": figures.count(rate.numerator, rows),
                "denominator": figures.count(rate.denominator, rows),
            }
            for rate in figures.RATES
        },
        "minutes": {
            f"{what}_{measure}": {
                "count": spread.count,
                "median": spread.median,
                "within_90_percent": spread.most,
                "longest": spread.longest,
            }
            for (what, measure), spread in figures.spreads(rows).items()
        },
        "tables": {by: figures.table(by, rows) for by in _TABLES},
        "promises": [
            {"role": role, "promise": promise, "kept": kept, "missed": missed}
            for (role, promise), (kept, missed) in figures.promises(rows).items()
        ],
    }


def sheets(view: ReportView) -> Iterator[Sheet]:
    """A sheet for each table of the page that names nobody."""
    say = view.say
    item, count = say("report.item"), say("report.how_many")
    found = {figure: figures.count(figure, view.report.rows) for figure in figures.COUNTS}
    lines = tuple((view.name(figure), found[figure]) for figure in figures.COUNTS)
    yield Sheet(say("report.balance"), (item, count), lines)
    yield _rates(view)
    yield _times(view)
    for by in _TABLES:
        yield _table(view, by)
    yield _promises(view)


def _rates(view: ReportView) -> Sheet:
    say, rows = view.say, view.report.rows
    heading = ("rate", "now", "numerator", "denominator", "meaning")
    lines = (
        (
            say(f"rate.{rate.key}"),
            percent(rate, rows),
            figures.count(rate.numerator, rows),
            figures.count(rate.denominator, rows),
            say(f"rate_means.{rate.key}"),
        )
        for rate in figures.RATES
    )
    return Sheet(say("report.rates"), tuple(say(f"report.{one}") for one in heading), tuple(lines))


def _times(view: ReportView) -> Sheet:
    """In minutes, so that they can be reckoned with."""
    say = view.say
    heading = ("what", "measure", "of_so_many", "median", "most", "longest")
    lines = (
        (
            say(f"figure.took_{what}"),
            say(f"report.minutes_{measure}"),
            spread.count,
            spread.median,
            spread.most,
            spread.longest,
        )
        for (what, measure), spread in figures.spreads(view.report.rows).items()
    )
    return Sheet(say("report.times"), tuple(say(f"report.{one}") for one in heading), tuple(lines))


def _table(view: ReportView, by: str) -> Sheet:
    name = view.say(f"table_by.{by}")
    lines: list[tuple[Cell, ...]] = [
        (view.key(by, key), *(columns[one] for one in figures.COLUMNS))
        for key, columns in figures.table(by, view.report.rows).items()
    ]
    heading = (name, *(view.name(one) for one in figures.COLUMNS))
    return Sheet(view.say("report.by", name=name), heading, lines)


def _promises(view: ReportView) -> Sheet:
    say = view.say
    heading = tuple(say(f"report.{one}") for one in ("role", "promise", "kept", "missed"))
    lines = (
        (view.role(role), say(f"deadline.{promise}"), kept, missed)
        for (role, promise), (kept, missed) in figures.promises(view.report.rows).items()
    )
    return Sheet(say("report.promises"), heading, tuple(lines))

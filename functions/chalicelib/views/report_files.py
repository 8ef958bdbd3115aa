"""The month's report as files: figures and references alone, and nobody's name.

Without the table of owners, who are persons, and of buildings, which residents typed. What a
spreadsheet could take for a formula stands behind an apostrophe.
"""

import csv
import io
import json
from collections.abc import Iterator

from chalicelib.domain import figures
from chalicelib.views.presentation import Content
from chalicelib.views.report_view import ReportView

_TABLES = tuple(one for one in (*figures.TABLES, figures.CROSS) if one not in ("owner", "building"))
_BOM = "\ufeff"
"""By which spreadsheets in Chinese know that the text is UTF-8."""


def as_json(view: ReportView) -> str:
    """Keys and numbers, for a program."""
    return json.dumps(_figures(view), ensure_ascii=False, indent=1)


def as_csv(view: ReportView) -> str:
    """A line for each number, with the words of the page."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    for line in _lines(view):
        writer.writerow([_plain(one) for one in line])
    return f"{_BOM}{written.getvalue()}"


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


def _lines(view: ReportView) -> Iterator[list[str | int]]:
    say, rows = view.say, view.report.rows
    yield [say("report.tables"), say("report.item"), say("report.what"), say("report.how_many")]
    for figure in figures.COUNTS:
        yield ["", view.name(figure), "", figures.count(figure, rows)]
    for by in _TABLES:
        for key, columns in figures.table(by, rows).items():
            for column in figures.COLUMNS:
                title = say("report.by", name=say(f"table_by.{by}"))
                yield [title, view.key(by, key), view.name(column), columns[column]]
    for (role, promise), (kept, missed) in figures.promises(rows).items():
        for kind, counted in (("kept", kept), ("missed", missed)):
            yield [say("report.promises"), view.name(f"{kind} {promise} {role}"), "", counted]


def _plain(value: str | int) -> str | int:
    """Text that no spreadsheet runs."""
    is_formula = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if is_formula else value

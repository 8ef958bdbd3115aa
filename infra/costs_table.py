"""Writes the tables of docs/running/costs.md, from what was counted and what it costs.

A test compares, and names this command where the page has fallen behind::

    .venv/bin/python infra/costs_table.py
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from chalicelib import locales
from desk.deploying.costs import (
    CostLine,
    Price,
    Shape,
    monthly_cost,
    price_of,
    total_usd,
)
from desk.deploying.counts import COUNTS, Counted

PAGE = Path(__file__).parents[1] / "docs/running/costs.md"
SIZES = (0, 100, 1_000, 10_000)
"""Complaints a month that the page shows."""
MARK = "<!-- The table of {name}, written by infra/costs_table.py. -->"
END = "<!-- The end of the table of {name}. -->"
_LANGUAGE = "en"
_WORK = (
    ("a complaint's life", COUNTS.life),
    ("a sweep that finds nothing", COUNTS.sweep),
    ("a sign-in", COUNTS.sign_in),
    ("a morning", COUNTS.morning),
)
_COUNTED: tuple[tuple[str, Callable[[Counted], float]], ...] = (
    ("HTTP requests", lambda one: one.http_requests),
    ("… kilobytes of their answers, compressed", lambda one: one.http_kilobytes),
    ("letters", lambda one: one.letters),
    ("runs of the notifier", lambda one: one.invocations.get("notifier", 0)),
    ("runs of the sweep", lambda one: one.invocations.get("sweep", 0)),
    ("runs for what is heard of letters", lambda one: one.invocations.get("feedback", 0)),
    ("runs for photos", lambda one: one.invocations.get("photos", 0)),
    ("requests to AWS", lambda one: one.aws_requests),
    ("… of them to the table", lambda one: _of_service(one, "dynamodb")),
    ("… of them to photos", lambda one: _of_service(one, "s3")),
    ("write units of the table", lambda one: one.write_units),
    ("read units of the table", lambda one: one.read_units),
)


def page_with_tables(page: str) -> str:
    """The page with its tables as they are now. Raises ValueError when a mark is gone."""
    for name, table in (("counts", _counts()), ("costs", _costs())):
        begins, ends = MARK.format(name=name), END.format(name=name)
        before, begin, rest = page.partition(begins)
        _, end, after = rest.partition(ends)
        if not (begin and end):
            raise ValueError(f"docs/running/costs.md has lost “{begins}” or “{ends}”.")
        page = f"{before}{begin}\n\n{table}\n\n{end}{after}"
    return page


def _counts() -> str:
    """What was counted, a column for each piece of work."""
    heading = ("counted", *(name for name, _ in _WORK))
    rows = ((name, *(_number(of(one)) for _, one in _WORK)) for name, of in _COUNTED)
    return _table(heading, rows)


def _costs() -> str:
    """What a month costs, a column for each size: units, and the dollars that they come to."""
    shape = Shape()
    months = [monthly_cost(size, shape) for size in SIZES]
    heading = ("line", "price in dollars", "free", *(_size(one) for one in SIZES))
    rows = [_cells(lines) for lines in zip(*months, strict=True)]
    total = locales.say_desk(_LANGUAGE, "cost.total")
    paid = [total_usd(one) for one in months]
    whole = [total_usd(monthly_cost(one, Shape(free_allowances=False))) for one in SIZES]
    rows += [
        (f"**{total}**", "", "", *(f"**${one:.2f}**" for one in paid)),
        (f"{total}, nothing free", "", "", *(f"${one:.2f}" for one in whole)),
    ]
    return _table(heading, rows)


def _cells(lines: tuple[CostLine, ...]) -> tuple[str, ...]:
    """A line's row over all sizes."""
    first = lines[0]
    name = locales.say_desk(_LANGUAGE, f"cost.{first.what}")
    months = (f"{_number(one.quantity)} → ${one.usd:.2f}" for one in lines)
    return name, _price(price_of(first.what, Shape())), _number(first.free), *months


def _price(price: Price) -> str:
    """As AWS writes it."""
    dollars = f"{price.usd:.4f}".rstrip("0").ljust(4, "0")
    if price.per > 1:
        return f"{dollars} for {price.per:,} {price.unit}s"
    return f"{dollars} a GB" if price.unit == "GB" else f"{dollars} each"


def _size(complaints: int) -> str:
    return f"{complaints:,} complaints" if complaints else "none"


def _of_service(one: Counted, service: str) -> int:
    found = (times for name, times in one.requests.items() if name.startswith(f"{service}."))
    return sum(found)


def _number(value: float) -> str:
    """With as many digits as say something; nothing is a dash."""
    if not value:
        return "–"
    if value == int(value) or value >= 100:  # noqa: PLR2004 - three digits are enough
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def _table(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heading = tuple(heading)
    return "\n".join(_row(one) for one in (heading, _rule(heading), *rows))


def _rule(heading: tuple[str, ...]) -> Iterator[str]:
    yield "---"
    yield from ("---:" for _ in heading[1:])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page_with_tables(PAGE.read_text("utf-8")), "utf-8")

"""Writes China's public holidays and make-up working days for the functions.

Run it after raising chinesecalendar in requirements-dev.txt, which learns of the
State Council's notice for the next year in November::

    .venv/bin/python infra/calendar_days.py

The functions read the small file that comes of it, and never the package itself.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from importlib.metadata import version
from itertools import count, groupby, takewhile
from pathlib import Path

import chinese_calendar

CALENDAR = Path(__file__).parents[1] / "functions/chalicelib/policy/calendars/CN.toml"
FIRST_YEAR = 2024
_SATURDAY = 6

_HEADER = """\
# China's public holidays that fall on weekdays, and the weekend days worked to
# make up for them. Source: the State Council General Office's yearly notice
# (国务院办公厅关于部分节假日安排的通知, published in November of the year before),
# as collected by the package chinesecalendar {version}. Written by
# infra/calendar_days.py; a test fails when this file does not cover the current
# year, or from 15 December the next, and says how to bring it up to date.
"""


def calendar_text() -> str:
    """The whole file, for every year from the first that the package knows."""
    header = _HEADER.format(version=version("chinesecalendar"))
    years = takewhile(_is_known, count(FIRST_YEAR))
    return "\n".join([header, *(_year(year) for year in years)])


def _is_known(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 12, 31))
    except NotImplementedError:
        return False
    return True


def _year(year: int) -> str:
    first = date(year, 1, 1)
    days = [first + timedelta(number) for number in range((date(year + 1, 1, 1) - first).days)]
    off = [day for day in days if not _is_weekend(day) and not chinese_calendar.is_workday(day)]
    worked = [day for day in days if _is_weekend(day) and chinese_calendar.is_workday(day)]
    return f"[{year}]\ndays_off = [\n{_rows(off)}]\nmake_up_days = [\n{_rows(worked)}]\n"


def _is_weekend(day: date) -> bool:
    return day.isoweekday() >= _SATURDAY


def _rows(days: Iterable[date]) -> str:
    """One line a month."""
    months = groupby(days, key=lambda day: day.month)
    return "".join(f"  {', '.join(map(str, month))},\n" for _, month in months)


if __name__ == "__main__":
    CALENDAR.write_text(calendar_text(), "utf-8")
    print(f"Written: {CALENDAR}")

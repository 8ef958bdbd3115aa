"""Writes a country's public holidays and make-up working days for the functions.

China's come from the package chinesecalendar, any other country's from holidays, and so
do China's statutory days of the years that are not published yet; both are pinned in
requirements-dev.txt, and the functions read the small file that comes of it, never a
package (docs/running/calendar.md)::

    .venv/bin/python infra/calendar_days.py                       China
    .venv/bin/python infra/calendar_days.py SG --years 2026-2027  Singapore
    .venv/bin/python infra/calendar_days.py GB-ENG                England, by ISO 3166-2
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from itertools import count, groupby, takewhile
from pathlib import Path

import chinese_calendar
import holidays

CALENDARS = Path(__file__).parents[1] / "functions/chalicelib/policy/calendars"
CHINA = "CN"
FIRST_YEAR = 2024
YEARS_AHEAD = 10
"""So many years beyond the published ones have their statutory days on file."""
_SATURDAY = 6

_CHINA_HEADER = """\
# China's public holidays that fall on weekdays, and the weekend days worked to
# make up for them. Source: the State Council General Office's yearly notice
# (国务院办公厅关于部分节假日安排的通知, published in November of the year before),
# as collected by the package chinesecalendar {version}. Written on {on} by
# infra/calendar_days.py; a test fails when this file does not cover the current
# year, or from 15 December the next, and says how to bring it up to date.
# Years not published yet have the statutory days alone (全国年节及纪念日放假办法), the
# lunar ones as computed by the package holidays {holidays}; nobody knows yet which days
# around them will be moved or worked, so that dates of these years are provisional.
"""
_HEADER = """\
# The public holidays of {code} that fall on weekdays, and the weekend days worked to
# make up for them. Source: the package holidays {version}, which collects what each
# government publishes. Written on {on} by infra/calendar_days.py {code}; a test
# fails when this file does not cover the current year, or from 15 December the
# next, and says how to bring it up to date.
# Estimated by the package, to be compared with the official notice: {estimated}.
"""


class UnknownCountryError(Exception):
    """There is no such calendar; the message says what to write instead."""


@dataclass(frozen=True)
class Days:
    """What differs from an ordinary week: weekdays off, and weekend days worked."""

    is_off: Callable[[date], bool]
    is_worked: Callable[[date], bool]
    weekend: frozenset[int]
    """ISO numbers: Monday is 1."""

    def year(self, year: int) -> str:
        """One year as a table of the file."""
        days = _days_of(year)
        off = [day for day in days if not self._is_weekend(day) and self.is_off(day)]
        worked = [day for day in days if self._is_weekend(day) and self.is_worked(day)]
        return f"[{year}]\ndays_off = {_rows(off)}\nmake_up_days = {_rows(worked)}\n"

    def _is_weekend(self, day: date) -> bool:
        return day.isoweekday() in self.weekend


def calendar_text(on: date, code: str = CHINA, years: Iterable[int] | None = None) -> str:
    """The whole file, as written on this day.

    `years` are this one and the next when none are named; of China all that are
    published. Raises UnknownCountryError.
    """
    if code == CHINA:
        return _china(on)
    return _country(on, code, sorted(years or (on.year, on.year + 1)))


def _china(on: date) -> str:
    versions = {"version": version("chinesecalendar"), "holidays": version("holidays")}
    header = _CHINA_HEADER.format(on=on, **versions)
    years = [*takewhile(_is_published, count(FIRST_YEAR))]
    ahead = range(years[-1] + 1, years[-1] + 1 + YEARS_AHEAD)
    weekend = frozenset({_SATURDAY, _SATURDAY + 1})
    days = Days(chinese_calendar.is_holiday, chinese_calendar.is_workday, weekend)
    written = [*map(days.year, years), *map(_statutory, ahead)]
    return "\n".join([header, *written])


def _statutory(year: int) -> str:
    """A year that is not published yet: its statutory days, none moved to a weekday."""
    return f"[{year}]\nstatutory_days = {_rows(statutory_days(year))}\n"


def statutory_days(year: int) -> list[date]:
    """China's statutory days off of any year, weekends among them and nothing moved."""
    known = holidays.country_holidays(CHINA, years=year, observed=False, language="en_US")
    return sorted(day for day, name in known.items() if "substituted" not in name)


def _is_published(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 12, 31))
    except NotImplementedError:
        return False
    return True


def _country(on: date, code: str, years: list[int]) -> str:
    known = _known(code, years)
    names = {day: known.get(day, "") for year in years for day in _days_of(year)}
    estimated = [str(day) for day, name in names.items() if "(estimated)" in name]
    header = _HEADER.format(
        code=code,
        version=version("holidays"),
        on=on,
        estimated=", ".join(estimated) or "none",
    )
    weekend = frozenset(day + 1 for day in known.weekend)  # Monday is 0 there
    days = Days(known.__contains__, known.weekend_workdays.__contains__, weekend)
    return "\n".join([header, *(days.year(year) for year in years)])


def _known(code: str, years: list[int]) -> holidays.HolidayBase:
    country, _, part = code.partition("-")
    try:
        return holidays.country_holidays(
            country, subdiv=part or None, years=years, language="en_US"
        )
    except NotImplementedError as error:
        raise UnknownCountryError(
            f"No public holidays are known for `{code}`: {error}. Write the two capital letters"
            " of ISO 3166-1, as SG, or a part of a country by ISO 3166-2, as GB-ENG."
        ) from error


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(number) for number in range((date(year + 1, 1, 1) - first).days)]


def _rows(days: Iterable[date]) -> str:
    """A list of days, one line a month."""
    months = groupby(days, key=lambda day: day.month)
    rows = "".join(f"  {', '.join(map(str, month))},\n" for _, month in months)
    return f"[\n{rows}]" if rows else "[]"


def _years(written: str) -> range:
    """From ``2026`` or ``2026-2027``, both years among them."""
    first, _, last = written.partition("-")
    return range(int(first), int(last or first) + 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write a country's days off for the functions.")
    parser.add_argument("code", nargs="?", default=CHINA, help="ISO code (default: CN)")
    parser.add_argument("--years", type=_years, help="2026-2027 (default: this year and the next)")
    return parser.parse_args()


def main() -> None:
    """The command line. Exits with 1, and what to write instead, for an unknown country."""
    arguments = _arguments()
    try:
        text = calendar_text(datetime.now(UTC).date(), arguments.code, arguments.years)  # noqa: TID251 - the day it is
    except UnknownCountryError as error:
        sys.exit(str(error))
    path = CALENDARS / f"{arguments.code}.toml"
    path.write_text(text, "utf-8")
    print(f"Written: {path}")


if __name__ == "__main__":
    main()

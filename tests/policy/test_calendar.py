"""The file of days off: it reaches far enough and says what the notices say."""

import tomllib
from datetime import date, datetime

import pytest

from calendar_days import CALENDAR, calendar_text
from examples import POLICY, SHANGHAI

MEND = (
    "CN.toml does not cover {year}. China publishes the next year's holidays in November:"
    " raise chinesecalendar in requirements-dev.txt, run `make`, then"
    " `.venv/bin/python infra/calendar_days.py`."
)


def years_needed(today):
    """The current year, and from 15 December the next one too."""
    near_the_end = (today.month, today.day) >= (12, 15)
    return {today.year, today.year + 1} if near_the_end else {today.year}


@pytest.mark.parametrize(
    ("today", "needed"),
    [
        (date(2026, 1, 1), {2026}),
        (date(2026, 12, 14), {2026}),
        (date(2026, 12, 15), {2026, 2027}),
        (date(2026, 12, 31), {2026, 2027}),
    ],
)
def test_when_the_next_year_is_needed(today, needed):
    """Promises of December reach into January, so the next year must be there by 15 December."""
    assert years_needed(today) == needed


def test_the_calendar_covers_today():
    """The calendar knows the days off of the year we live in, in good time the next."""
    for year in years_needed(datetime.now(SHANGHAI).date()):
        assert year in POLICY.working_time.years, MEND.format(year=year)


def test_the_file_is_what_the_package_says():
    """The days off and make-up days are those that the installed chinesecalendar knows."""
    kept, known = (tomllib.loads(text) for text in (CALENDAR.read_text("utf-8"), calendar_text()))
    assert kept == {year: known[year] for year in kept}


def test_days_off_are_weekdays_and_make_up_days_are_not():
    """The file says only what differs from an ordinary week, in each year of its own."""
    for year, days in tomllib.loads(CALENDAR.read_text("utf-8")).items():
        assert {day.isoweekday() in range(1, 6) for day in days["days_off"]} == {True}
        assert {day.isoweekday() in range(1, 6) for day in days["make_up_days"]} == {False}
        assert {str(day.year) for each in days.values() for day in each} == {year}

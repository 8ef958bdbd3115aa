"""When a promise of so many working days falls due, on China's calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.working_time import WorkingTime
from support.examples import POLICY, SHANGHAI, at, on_the_wall
from support.values import replace

CALENDAR = POLICY.working_time


def due(received_at, days, calendar=CALENDAR):
    return calendar.working_days_after(received_at, days, SHANGHAI)


BEFORE_OPENING, WORKING_HOURS = "Monday 2026-11-23 08:00", "Monday 2026-11-23 16:29"
AT_CLOSING, JUST_AFTER = "Monday 2026-11-23 18:00", "Monday 2026-11-23 18:00:01"
FROM_MONDAY = ("Tuesday 2026-11-24", "Wednesday 2026-11-25", "Monday 2026-11-30")
FROM_TUESDAY = ("Wednesday 2026-11-25", "Thursday 2026-11-26", "Tuesday 2026-12-01")
AFTER_WEEKEND = ("Tuesday 2026-12-01", "Wednesday 2026-12-02", "Monday 2026-12-07")


@pytest.mark.parametrize(
    ("received_at", "in_one_day", "in_two", "in_five"),
    [
        (BEFORE_OPENING, *FROM_MONDAY),
        (WORKING_HOURS, *FROM_MONDAY),
        (AT_CLOSING, *FROM_MONDAY),
        (JUST_AFTER, *FROM_TUESDAY),
        ("Monday 2026-11-23 23:59", *FROM_TUESDAY),
        ("Tuesday 2026-11-24 00:00", *FROM_TUESDAY),
        ("Friday 2026-11-27 17:00", "Monday 2026-11-30", "Tuesday 2026-12-01", "Friday 2026-12-04"),
        ("Friday 2026-11-27 19:00", *AFTER_WEEKEND),
        ("Saturday 2026-11-28 11:00", *AFTER_WEEKEND),
        ("Sunday 2026-11-29 23:59", *AFTER_WEEKEND),
        ("Monday 2026-11-30 00:00", *AFTER_WEEKEND),
    ],
)
def test_an_ordinary_week(received_at, in_one_day, in_two, in_five):
    """The days after the day of receipt count; after closing or on a day off, the next opening."""
    found = [on_the_wall(due(at(received_at), days)) for days in (1, 2, 5)]
    assert found == [f"{day} 18:00" for day in (in_one_day, in_two, in_five)]


@pytest.mark.parametrize(
    ("received_at", "in_one_day", "in_two", "in_five", "in_ten"),
    [
        # National Day: off from Thursday 1 to Wednesday 7 October, Saturday the 10th is worked.
        (
            "Wednesday 2026-09-30 10:00",
            "Thursday 2026-10-08",
            "Friday 2026-10-09",
            "Tuesday 2026-10-13",
            "Tuesday 2026-10-20",
        ),
        (
            "Wednesday 2026-09-30 18:30",
            "Friday 2026-10-09",
            "Saturday 2026-10-10",
            "Wednesday 2026-10-14",
            "Wednesday 2026-10-21",
        ),
        (
            "Sunday 2026-10-04 09:00",
            "Friday 2026-10-09",
            "Saturday 2026-10-10",
            "Wednesday 2026-10-14",
            "Wednesday 2026-10-21",
        ),
        (
            "Saturday 2026-10-10 12:00",
            "Monday 2026-10-12",
            "Tuesday 2026-10-13",
            "Friday 2026-10-16",
            "Friday 2026-10-23",
        ),
        # Spring Festival: off from Sunday 15 to Monday 23 February, both Saturdays beside worked.
        (
            "Saturday 2026-02-14 10:00",
            "Tuesday 2026-02-24",
            "Wednesday 2026-02-25",
            "Saturday 2026-02-28",
            "Friday 2026-03-06",
        ),
        (
            "Wednesday 2026-02-18 12:00",
            "Wednesday 2026-02-25",
            "Thursday 2026-02-26",
            "Monday 2026-03-02",
            "Monday 2026-03-09",
        ),
        (
            "Friday 2026-02-27 18:01",
            "Monday 2026-03-02",
            "Tuesday 2026-03-03",
            "Friday 2026-03-06",
            "Friday 2026-03-13",
        ),
        # Mid-autumn: Friday 25 September off, Sunday the 20th worked.
        (
            "Friday 2026-09-18 17:59",
            "Sunday 2026-09-20",
            "Monday 2026-09-21",
            "Thursday 2026-09-24",
            "Friday 2026-10-09",
        ),
    ],
)
def test_holidays_and_make_up_days(received_at, in_one_day, in_two, in_five, in_ten):
    """Public holidays do not count, and the weekend days worked to make up for them do."""
    found = [on_the_wall(due(at(received_at), days)) for days in (1, 2, 5, 10)]
    assert found == [f"{day} 18:00" for day in (in_one_day, in_two, in_five, in_ten)]


@pytest.mark.parametrize(
    ("moment", "opening", "is_open"),
    [
        ("Monday 2026-11-23 08:59", "Monday 2026-11-23 09:00", False),
        ("Monday 2026-11-23 09:00", "Tuesday 2026-11-24 09:00", True),
        ("Monday 2026-11-23 18:00", "Tuesday 2026-11-24 09:00", True),
        ("Monday 2026-11-23 18:00:01", "Tuesday 2026-11-24 09:00", False),
        ("Friday 2026-11-27 12:00", "Monday 2026-11-30 09:00", True),
        ("Saturday 2026-11-28 12:00", "Monday 2026-11-30 09:00", False),
        ("Wednesday 2026-09-30 12:00", "Thursday 2026-10-08 09:00", True),
        ("Friday 2026-10-09 12:00", "Saturday 2026-10-10 09:00", True),
        ("Saturday 2026-10-10 12:00", "Monday 2026-10-12 09:00", True),
    ],
)
def test_when_the_company_is_open_and_when_it_opens_next(moment, opening, is_open):
    """Opening and closing belong to the hours; days off have none, make-up days have them."""
    assert CALENDAR.is_open(at(moment), SHANGHAI) is is_open
    assert on_the_wall(CALENDAR.opening_after(at(moment), SHANGHAI)) == opening


def test_beyond_the_published_years_a_date_is_provisional():
    """Where no days off are published, weekdays are assumed, and it can be told."""
    assert CALENDAR.is_known(at("Monday 2026-11-23 10:00"), SHANGHAI)
    assert not CALENDAR.is_known(at("Monday 2099-11-23 10:00"), SHANGHAI)
    assert CALENDAR.is_working_day(date(2099, 10, 1))


def test_the_year_is_that_of_the_community():
    """At New Year in Shanghai it is still December in UTC; Shanghai's year counts."""
    only_2026 = replace(CALENDAR, years=frozenset({2026}))
    assert only_2026.is_known(at("Thursday 2026-01-01 00:30"), SHANGHAI)
    assert not only_2026.is_known(at("Friday 2027-01-01 00:30"), SHANGHAI)


def test_a_company_may_work_on_saturdays_and_close_later():
    """Weekdays and hours are settings, not laws of nature."""
    closes = CALENDAR.closes.replace(hour=20, minute=30)
    calendar = replace(CALENDAR, weekdays=frozenset(range(1, 7)), closes=closes)
    found = due(at("Friday 2026-11-27 20:30"), 1, calendar)
    assert on_the_wall(found) == "Saturday 2026-11-28 20:30"


START = datetime(2026, 1, 1)  # noqa: DTZ001 - hypothesis wants naive bounds, and adds UTC
instants = st.datetimes(START, START + timedelta(days=330), timezones=st.just(UTC))
counts = st.integers(1, 12)
days = st.integers(0, 400).map(lambda count: date(2026, 1, 1) + timedelta(days=count))


@st.composite
def calendars(draw) -> WorkingTime:
    off, worked = draw(st.frozensets(days, max_size=40)), draw(st.frozensets(days, max_size=20))
    return replace(CALENDAR, days_off=off, make_up_days=worked)


def working_days(calendar, first, last):
    """How many working days lie after the first day, up to the last."""
    span = range(1, (last - first).days + 1)
    return sum(calendar.is_working_day(first + timedelta(days=count)) for count in span)


@settings(deadline=None)
@given(instants, counts, calendars())
def test_exactly_so_many_working_days_are_given(received_at, count, calendar):
    """A promise ends at closing time of a working day, with the promised days in between."""
    local, end = received_at.astimezone(SHANGHAI), due(received_at, count, calendar)
    end = end.astimezone(SHANGHAI)
    assert end.time() == calendar.closes
    assert calendar.is_working_day(end.date())
    in_time = calendar.is_working_day(local.date()) and local.time() <= calendar.closes
    assert working_days(calendar, local.date(), end.date()) == (count if in_time else count + 1)


@settings(deadline=None)
@given(instants, instants, counts, calendars())
def test_who_comes_later_is_never_served_earlier(one, other, count, calendar):
    """A later receipt never falls due earlier."""
    earlier, later = sorted((one, other))
    assert due(earlier, count, calendar) <= due(later, count, calendar)


@settings(deadline=None)
@given(instants, counts, calendars())
def test_one_more_day_is_later(received_at, count, calendar):
    """One working day more always ends later."""
    assert due(received_at, count, calendar) < due(received_at, count + 1, calendar)


@settings(deadline=None)
@given(instants, counts, calendars(), days)
def test_a_day_off_never_shortens_a_promise(received_at, count, calendar, day):
    """A further day off can only move a promise later, a day worked only earlier."""
    usual = due(received_at, count, calendar)
    day_off = replace(calendar, days_off=calendar.days_off | {day})
    worked = replace(calendar, make_up_days=calendar.make_up_days | {day})
    assert due(received_at, count, worked) <= usual <= due(received_at, count, day_off)

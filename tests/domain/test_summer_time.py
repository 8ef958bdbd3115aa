"""Where clocks change for summer: a promise ends at closing time on the wall, winter or summer.

London 2026: an hour forward on Sunday 29 March, back on Sunday 25 October. New York: on
Sunday 8 March, and on Sunday 1 November.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.working_time import days_after, months_after
from support.examples import POLICY
from support.values import replace

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
WEEK = replace(POLICY.working_time, days_off=frozenset(), make_up_days=frozenset())
SUNDAYS_TOO = replace(WEEK, weekdays=frozenset(range(1, 8)))


def at(moment, zone, fold=0):
    """The instant (UTC) of "Friday 2026-03-27 10:00" in this zone, its weekday checked."""
    weekday, written = moment.split(" ", 1)
    local = datetime.fromisoformat(written).replace(tzinfo=zone, fold=fold)
    assert f"{local:%A}" == weekday
    return local.astimezone(UTC)


def on_the_wall(instant, zone):
    """An instant as people of this zone read it, with its distance from UTC."""
    return f"{instant.astimezone(zone):%A %Y-%m-%d %H:%M %z}"


@pytest.mark.parametrize(
    ("zone", "received_at", "days", "due_at"),
    [
        (LONDON, "Friday 2026-03-27 10:00", 1, "Monday 2026-03-30 18:00 +0100"),
        (LONDON, "Friday 2026-03-27 18:00", 1, "Monday 2026-03-30 18:00 +0100"),
        (LONDON, "Friday 2026-03-27 18:01", 1, "Tuesday 2026-03-31 18:00 +0100"),
        (LONDON, "Thursday 2026-03-26 10:00", 1, "Friday 2026-03-27 18:00 +0000"),
        (LONDON, "Friday 2026-10-23 10:00", 1, "Monday 2026-10-26 18:00 +0000"),
        (LONDON, "Sunday 2026-10-25 01:30", 1, "Tuesday 2026-10-27 18:00 +0000"),
        (LONDON, "Monday 2026-10-26 17:59", 5, "Monday 2026-11-02 18:00 +0000"),
        (NEW_YORK, "Friday 2026-03-06 10:00", 1, "Monday 2026-03-09 18:00 -0400"),
        (NEW_YORK, "Wednesday 2026-03-04 10:00", 5, "Wednesday 2026-03-11 18:00 -0400"),
        (NEW_YORK, "Friday 2026-10-30 10:00", 1, "Monday 2026-11-02 18:00 -0500"),
        (NEW_YORK, "Friday 2026-10-30 18:01", 1, "Tuesday 2026-11-03 18:00 -0500"),
    ],
)
def test_a_promise_across_the_change(zone, received_at, days, due_at):
    """It ends at 18:00 of the wall clock, though the days between have 23 or 25 hours."""
    found = WEEK.working_days_after(at(received_at, zone), days, zone)
    assert on_the_wall(found, zone) == due_at


@pytest.mark.parametrize(
    ("zone", "received_at", "hours"),
    [
        (LONDON, "Saturday 2026-03-28 18:00", 23),
        (LONDON, "Saturday 2026-10-24 18:00", 25),
        (LONDON, "Saturday 2026-10-17 18:00", 24),
        (NEW_YORK, "Saturday 2026-03-07 18:00", 23),
        (NEW_YORK, "Saturday 2026-10-31 18:00", 25),
    ],
)
def test_a_day_is_a_day_of_the_calendar(zone, received_at, hours):
    """From one closing time to the next it is one working day, however many hours that takes."""
    start = at(received_at, zone)
    found = SUNDAYS_TOO.working_days_after(start, 1, zone)
    assert (found - start).total_seconds() == hours * 3600


@pytest.mark.parametrize(
    ("zone", "start", "days", "found"),
    [
        (LONDON, "Friday 2026-03-27 09:30", 7, "Friday 2026-04-03 09:30 +0100"),
        (LONDON, "Friday 2026-10-23 09:30", 7, "Friday 2026-10-30 09:30 +0000"),
        (NEW_YORK, "Saturday 2026-03-07 23:59", 1, "Sunday 2026-03-08 23:59 -0400"),
        (NEW_YORK, "Saturday 2026-10-31 23:59", 1, "Sunday 2026-11-01 23:59 -0500"),
    ],
)
def test_calendar_days_keep_the_clock_time(zone, start, days, found):
    """A return visit a week from half past nine is at half past nine."""
    assert on_the_wall(days_after(at(start, zone), days, zone), zone) == found


@pytest.mark.parametrize(
    ("zone", "start", "months", "found"),
    [
        (LONDON, "Friday 2026-02-27 10:00", 1, "Friday 2026-03-27 10:00 +0000"),
        (LONDON, "Tuesday 2026-03-03 10:00", 1, "Friday 2026-04-03 10:00 +0100"),
        (LONDON, "Wednesday 2026-09-30 23:30", 1, "Friday 2026-10-30 23:30 +0000"),
        (NEW_YORK, "Saturday 2026-10-10 00:00", 1, "Tuesday 2026-11-10 00:00 -0500"),
        (NEW_YORK, "Saturday 2026-01-31 10:00", 2, "Tuesday 2026-03-31 10:00 -0400"),
    ],
)
def test_a_month_keeps_the_clock_time(zone, start, months, found):
    """The month of 5.1.3 ends at the hour at which it began."""
    assert on_the_wall(months_after(at(start, zone), months, zone), zone) == found


@pytest.mark.parametrize(
    ("zone", "start", "days", "found"),
    [
        (LONDON, "Saturday 2026-03-28 01:30", 1, "Sunday 2026-03-29 02:30 +0100"),
        (NEW_YORK, "Saturday 2026-03-07 02:30", 1, "Sunday 2026-03-08 03:30 -0400"),
    ],
)
def test_an_hour_that_the_clock_leaves_out(zone, start, days, found):
    """Half past one does not exist that night: the same stretch of time after midnight counts."""
    assert on_the_wall(days_after(at(start, zone), days, zone), zone) == found


def test_an_hour_that_comes_twice():
    """Half past one comes twice: what falls due the day after falls due the first time."""
    start = at("Saturday 2026-10-24 01:30", LONDON)
    assert on_the_wall(days_after(start, 1, LONDON), LONDON) == "Sunday 2026-10-25 01:30 +0100"


@pytest.mark.parametrize("fold", [0, 1])
def test_received_in_the_hour_that_comes_twice(fold):
    """Whichever half past one it was, the promise is the same."""
    received_at = at("Sunday 2026-10-25 01:30", LONDON, fold)
    due_at = WEEK.working_days_after(received_at, 2, LONDON)
    assert on_the_wall(due_at, LONDON) == "Wednesday 2026-10-28 18:00 +0000"


@pytest.mark.parametrize(
    ("zone", "now", "last", "following"),
    [
        (
            LONDON,
            "Sunday 2026-03-29 12:00",
            "Friday 2026-03-27 09:00 +0000",
            "Monday 2026-03-30 09:00 +0100",
        ),
        (
            LONDON,
            "Monday 2026-10-26 08:59",
            "Friday 2026-10-23 09:00 +0100",
            "Tuesday 2026-10-27 09:00 +0000",
        ),
        (
            NEW_YORK,
            "Sunday 2026-11-01 01:30",
            "Friday 2026-10-30 09:00 -0400",
            "Monday 2026-11-02 09:00 -0500",
        ),
    ],
)
def test_openings_around_the_change(zone, now, last, following):
    """The desk opens at nine on the wall before the change and after it."""
    instant = at(now, zone)
    assert on_the_wall(WEEK.last_opening_before(instant, zone), zone) == last
    assert on_the_wall(WEEK.next_day_opening(instant, zone), zone) == following


@pytest.mark.parametrize(
    ("now", "within"),
    [
        ("Friday 2026-03-27 18:01", "Monday 2026-03-30 09:00 +0100"),
        ("Sunday 2026-03-29 10:00", "Monday 2026-03-30 09:00 +0100"),
        ("Monday 2026-03-30 08:30", "Monday 2026-03-30 09:00 +0100"),
        ("Monday 2026-03-30 09:30", "Monday 2026-03-30 09:30 +0100"),
        ("Sunday 2026-10-25 10:00", "Monday 2026-10-26 09:00 +0000"),
    ],
)
def test_within_hours_around_the_change(now, within):
    """What may only be said in working hours waits for nine on the wall."""
    assert on_the_wall(WEEK.within_hours(at(now, LONDON), LONDON), LONDON) == within

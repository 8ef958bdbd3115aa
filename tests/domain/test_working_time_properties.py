"""What holds of the working calendar whatever the zone, the days off and the hours.

tests/domain/test_working_time.py has the properties of Shanghai, whose clock never changes.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.domain.working_time import WorkingTime, days_after, months_after
from support.values import replace

START = datetime(2026, 1, 1)  # noqa: DTZ001 - hypothesis wants naive bounds, and adds UTC
YEAR = timedelta(days=365)
LONDON = ZoneInfo("Europe/London")
CHANGE = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
"""Half an hour before London's clocks go forward."""

instants = st.datetimes(START, START + YEAR, timezones=st.just(UTC))
zones = st.sampled_from(
    ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Shanghai"]
).map(ZoneInfo)
counts = st.integers(1, 12)
days = st.integers(-10, 400).map(lambda count: date(2026, 1, 1) + timedelta(days=count))
hours = st.sampled_from([(time(9), time(18)), (time(7, 30), time(20)), (time(0), time(23, 59))])


@st.composite
def calendars(draw) -> WorkingTime:
    """Any company's week and hours, and any country's days off."""
    opens, closes = draw(hours)
    return WorkingTime(
        weekdays=draw(st.frozensets(st.integers(1, 7), min_size=1)),
        opens=opens,
        closes=closes,
        days_off=draw(st.frozensets(days, max_size=30)),
        make_up_days=draw(st.frozensets(days, max_size=10)),
        years=frozenset({2026}),
    )


WEEK = WorkingTime(
    frozenset(range(1, 6)), time(9), time(18), frozenset(), frozenset(), frozenset({2026})
)


@given(calendars(), instants, counts, zones)
@example(WEEK, CHANGE, 1, LONDON)
def test_a_promise_ends_at_closing_time(calendar, at, count, zone):
    """Never outside working time: at closing time on the wall of a working day, after receipt."""
    due_at = calendar.working_days_after(at, count, zone)
    local = due_at.astimezone(zone)
    assert due_at.tzinfo is UTC
    assert local.time() == calendar.closes
    assert calendar.is_working_day(local.date())
    assert local.date() > calendar.counts_from(at, zone) >= at.astimezone(zone).date()


@given(calendars(), instants, instants, counts, zones)
def test_who_comes_later_is_never_served_earlier(calendar, one, other, count, zone):
    """Monotonic in the instant of receipt, across every change of clocks."""
    earlier, later = sorted((one, other))
    first, second = (calendar.working_days_after(at, count, zone) for at in (earlier, later))
    assert first <= second


@given(calendars(), instants, counts, counts, zones)
def test_promises_add_up(calendar, at, one, other, zone):
    """So many days and then so many more are the days together, and more days end later."""
    first = calendar.working_days_after(at, one, zone)
    both = calendar.working_days_after(at, one + other, zone)
    assert first < both == calendar.working_days_after(first, other, zone)


@given(calendars(), instants, counts, zones, st.frozensets(days, min_size=1, max_size=5))
def test_days_off_never_shorten_a_promise(calendar, at, count, zone, more):
    """Excluding days can only move a promise later, and its openings too."""
    fewer = replace(calendar, days_off=calendar.days_off | more)
    usual, later = (each.working_days_after(at, count, zone) for each in (calendar, fewer))
    assert usual <= later
    assert calendar.within_hours(at, zone) <= fewer.within_hours(at, zone)
    assert calendar.next_day_opening(at, zone) <= fewer.next_day_opening(at, zone)


@given(calendars(), instants, zones)
@example(WEEK, CHANGE, LONDON)
def test_openings_bracket_an_instant(calendar, at, zone):
    """The last opening is before it and the next after it; both are openings on the wall."""
    last, following = calendar.last_opening_before(at, zone), calendar.next_day_opening(at, zone)
    assert last < at < following
    for opening in (last, following):
        local = opening.astimezone(zone)
        assert calendar.is_working_day(local.date())
        assert local.replace(tzinfo=None).time() >= calendar.opens
    between = (following.astimezone(zone).date() - last.astimezone(zone).date()).days
    first, today = last.astimezone(zone).date(), at.astimezone(zone).date()
    skipped = [first + timedelta(days=count) for count in range(1, between)]
    assert not [day for day in skipped if day != today and calendar.is_working_day(day)]


@given(calendars(), instants, zones)
@example(WEEK, CHANGE, LONDON)
def test_within_hours_is_never_before_and_never_outside(calendar, at, zone):
    """An instant in working hours stays; any other waits for the next opening."""
    found = calendar.within_hours(at, zone)
    local = found.astimezone(zone)
    assert found >= at
    assert calendar.is_working_day(local.date())
    assert local.time() <= calendar.closes
    assert calendar.within_hours(found, zone) == found


@given(calendars(), instants, instants, zones)
@example(WEEK, CHANGE, CHANGE + timedelta(days=2), LONDON)
def test_working_time_between_two_instants_leads_from_one_to_the_other(calendar, one, other, zone):
    """So much later is the first instant that has it: no earlier one, and none before the start."""
    first, last = sorted((one, other))
    length = calendar.length_between(first, last, zone)
    found = calendar.instant_after(first, length, zone)
    assert first <= found <= last
    assert calendar.length_between(first, found, zone) == length
    assert timedelta() <= length <= last - first
    assert calendar.length_between(last, first, zone) == timedelta()


@given(calendars(), instants, st.timedeltas(timedelta(), timedelta(days=4)), zones)
def test_who_starts_later_with_as_much_to_do_ends_no_earlier(calendar, at, gap, zone):
    """Monotonic in the start, and additive in the length."""
    length = timedelta(hours=20)
    found = calendar.instant_after(at, length, zone)
    assert found <= calendar.instant_after(at + gap, length, zone)
    half = calendar.instant_after(at, length / 2, zone)
    assert calendar.instant_after(half, length / 2, zone) == found


def exists(local):
    """Whether the clock of its zone ever shows this time on this day."""
    back = local.astimezone(UTC).astimezone(local.tzinfo)
    return back.replace(tzinfo=None) == local.replace(tzinfo=None)


@given(instants, st.integers(-60, 60), zones)
@example(CHANGE - timedelta(days=1), 1, LONDON)
def test_days_keep_the_clock_time(at, count, zone):
    """So many days later the clock shows the same, unless it leaves that hour out."""
    local, found = at.astimezone(zone), days_after(at, count, zone)
    wanted = local + timedelta(days=count)
    assert found.astimezone(zone).date() == local.date() + timedelta(days=count)
    assert not exists(wanted) or found.astimezone(zone).time() == local.time()


@given(instants, st.integers(0, 24), zones)
def test_months_keep_the_clock_time_and_the_day(at, count, zone):
    """The same day of the later month, or its last, at the same clock time."""
    local, found = at.astimezone(zone), months_after(at, count, zone).astimezone(zone)
    assert (found.year * 12 + found.month) - (local.year * 12 + local.month) == count
    last_of_month = (found + timedelta(days=1)).month != found.month
    assert found.day == local.day or (found.day < local.day and last_of_month)
    wanted = local.replace(year=found.year, month=found.month, day=found.day)
    assert not exists(wanted) or found.time() == local.time()

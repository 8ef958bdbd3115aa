"""Beyond the published calendar: the statutory days are off, and dates counted anew later."""

from datetime import date

import pytest

from chalicelib.domain.deadlines import deadlines, is_provisional
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.model import DeadlineBasis
from chalicelib.domain.policy import Within
from chalicelib.domain.promises import current_promises, promises_told
from support.examples import POLICY, SHANGHAI, a_life, at, judge, on_the_wall
from support.values import replace

LATE = "Wednesday 2026-12-30 10:00"
HOLIDAYS = (date(2027, 1, 4), date(2027, 1, 5))
MADE_UP = date(2027, 1, 9)
CALENDAR = POLICY.working_time
PUBLISHED = replace(
    POLICY,
    working_time=replace(
        CALENDAR,
        years=CALENDAR.years | {2027},
        days_off=CALENDAR.days_off | set(HOLIDAYS),
        make_up_days=CALENDAR.make_up_days | {MADE_UP},
    ),
)
"""A calendar of 2027 as it might come out, two days off more and one moved to a Saturday."""


def dates(promises):
    return on_the_wall(promises.acknowledge_by), on_the_wall(promises.reply_by)


def test_a_date_in_a_year_that_is_not_out_keeps_how_it_was_counted():
    """Received on the last Wednesday of the year: the reply hangs on next year's holidays."""
    promises = a_life(LATE).complaint.promises
    assert dates(promises) == ("Thursday 2026-12-31 18:00", "Thursday 2027-01-07 18:00")
    assert not promises.acknowledge.provisional
    assert promises.reply.provisional
    assert promises.reply.basis == DeadlineBasis("receipt", at(LATE), Within(working_days=5))


def test_it_is_counted_anew_when_the_calendar_is_there():
    """Two days off more, one Saturday worked: for staff, resident, and deadlines."""
    life = a_life(LATE)
    expected = ("Thursday 2026-12-31 18:00", "Saturday 2027-01-09 18:00")
    assert dates(current_promises(life.complaint, PUBLISHED)) == expected
    assert dates(promises_told(life.complaint, PUBLISHED)) == expected
    assert on_the_wall(deadlines(life.complaint, PUBLISHED)["reply"].at) == expected[1]
    assert dates(current_promises(life.complaint, POLICY)) == dates(life.complaint.promises)


def test_a_date_that_was_sure_stays_as_it_was_told():
    """A calendar changed afterwards takes nothing back of what was told for certain."""
    life = a_life("Monday 2026-11-23 10:00")
    other = replace(CALENDAR, days_off=CALENDAR.days_off | {date(2026, 11, 27)})
    changed = replace(POLICY, working_time=other)
    assert current_promises(life.complaint, changed) == life.complaint.promises


def test_hours_hang_on_no_calendar():
    """A major complaint's two hours are sure in any year."""
    promises = a_life("Monday 2027-01-04 10:00", hurt=True).complaint.promises
    assert not promises.acknowledge.provisional
    assert promises.reply.provisional


@pytest.mark.parametrize(
    ("name", "provisional"),
    [
        ("reply", True),
        ("feedback", True),
        ("silence", True),
        ("month", False),
        ("return_visit", False),
        ("agreed", False),
        ("follow_up", False),
    ],
)
def test_only_working_days_hang_on_the_calendar(name, provisional):
    """Calendar days and times that somebody named are certain in any year."""
    life, due_at = a_life(LATE), at("Thursday 2027-01-28 10:00")
    assert is_provisional(name, due_at, life.complaint, POLICY) is provisional
    assert not is_provisional(name, at(LATE), life.complaint, POLICY)


def test_two_hours_are_certain_and_a_working_day_is_not():
    """How long one may take for the first contact decides whether a holiday can move it."""
    due_at = at("Monday 2027-01-04 12:00")
    major, important = (a_life(LATE, hurt=hurt).complaint for hurt in (True, False))
    assert not is_provisional("acknowledge", due_at, major, POLICY)
    assert is_provisional("acknowledge", due_at, important, POLICY)


def test_a_change_of_severity_keeps_the_count_of_the_date_that_holds():
    """Judged minor in the new year, it is promised earlier, and still provisional."""
    life = a_life(LATE).on("Tuesday 2027-01-05 10:00", judge(severity="minor"))
    promises = life.complaint.promises
    changed_at = at("Tuesday 2027-01-05 10:00")
    assert promises.reply.provisional
    assert promises.reply.basis == DeadlineBasis("change", changed_at, Within(working_days=1))
    same = a_life(LATE).on("Thursday 2026-12-31 10:00", judge(severity="major"))
    kept = DeadlineBasis("receipt", at(LATE), Within(working_days=5), kept_as_told=True)
    assert same.complaint.promises.reply.basis == kept


def test_when_it_is_due_next_follows_the_calendar():
    """The index is brought up to date by what this says under the new calendar."""
    life = a_life(LATE).on("Thursday 2026-12-31 18:00")
    life = life.on("Wednesday 2026-12-30 11:00", judge(cause="facility"))
    assert next_due_at(life.complaint, PUBLISHED) == next_due_at(life.complaint, POLICY)
    late = replace(life.complaint, acknowledged_at=at(LATE), feedback_at=at(LATE))
    assert next_due_at(late, PUBLISHED) > next_due_at(late, POLICY)


@pytest.mark.parametrize(
    ("moment", "provisional"),
    [
        ("Thursday 2026-12-31 23:59", False),
        ("Friday 2027-01-01 00:00", True),
        ("Monday 2024-01-01 00:00", False),
        ("Sunday 2023-12-31 12:00", False),
    ],
)
def test_what_lies_behind_the_data_is_not_provisional(moment, provisional):
    """Before the first year on file nothing is still to come."""
    assert CALENDAR.is_provisional(at(moment), SHANGHAI) is provisional

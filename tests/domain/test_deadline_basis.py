"""How each date was computed, with the days that a clerk would count (our settings)."""

from datetime import date

import pytest

from chalicelib.domain.deadlines import day_count, explained
from chalicelib.domain.model import DeadlineBasis
from chalicelib.domain.policy import Within
from support.examples import (
    POLICY,
    a_life,
    acknowledge,
    agree,
    at,
    dispute,
    judge,
    on_the_wall,
    reply,
)
from support.values import replace

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
OWNER = "jade-manager"


def deadline(life, clock, policy=POLICY):
    """What is due by this clock, with its basis."""
    return {one.name: one for one in explained(life.complaint, policy)}[clock]


def days(life, clock):
    """The days over which this clock's date was counted."""
    return day_count(deadline(life, clock), life.complaint, POLICY)


def test_a_reply_counts_working_days_from_receipt():
    """Five working days after Monday: the weekend between does not count."""
    life = a_life(MONDAY)
    one, counted = deadline(life, "reply"), days(life, "reply")
    assert one.basis == DeadlineBasis("receipt", at(MONDAY), Within(working_days=5))
    assert on_the_wall(one.at) == "Monday 2026-11-30 18:00"
    assert counted.counted_from == date(2026, 11, 23)
    assert counted.skipped == (date(2026, 11, 28), date(2026, 11, 29))
    assert not counted.provisional


def test_a_receipt_on_a_day_off_counts_as_the_next_working_day_s():
    """Received on Saturday night, it is Monday's; both days off are named."""
    life = a_life("Saturday 2026-11-28 23:30")
    counted = days(life, "acknowledge")
    assert counted.counted_from == date(2026, 11, 30)
    assert counted.skipped == (date(2026, 11, 28), date(2026, 11, 29))
    assert on_the_wall(deadline(life, "acknowledge").at) == "Tuesday 2026-12-01 18:00"


def test_a_public_holiday_is_named_day_by_day():
    """National Day's week stands between receipt and reply, each day of it."""
    life = a_life("Wednesday 2026-09-30 17:00", cause="facility")
    assert days(life, "reply").skipped == tuple(date(2026, 10, day) for day in range(1, 8))
    assert on_the_wall(deadline(life, "reply").at) == "Friday 2026-10-09 18:00"


def test_hours_count_no_days():
    """A major complaint's two hours run at any time of day."""
    life = a_life("Saturday 2026-11-28 23:30", hurt=True)
    assert deadline(life, "acknowledge").basis.within == Within(hours=2)
    assert days(life, "acknowledge") is None


@pytest.mark.parametrize(
    ("before", "changed_at", "after", "clock", "expected"),
    [
        ("service", "Monday 2026-11-23 10:30", "major", "acknowledge", ("receipt", False)),
        ("service", "Monday 2026-11-23 15:00", "major", "acknowledge", ("change", False)),
        ("service", "Monday 2026-11-23 15:00", "major", "reply", ("receipt", True)),
        ("service", "Tuesday 2026-11-24 17:30", "major", "acknowledge", ("receipt", True)),
        ("facility", "Tuesday 2026-11-24 11:00", "important", "reply", ("receipt", True)),
        ("service", "Tuesday 2026-11-24 11:00", "minor", "reply", ("receipt", False)),
        ("service", "Thursday 2026-11-26 11:00", "minor", "reply", ("change", False)),
    ],
)
def test_what_a_change_of_severity_makes_of_a_date(before, changed_at, after, clock, expected):
    """Anew from receipt, from the change where that is past, or as the resident was told."""
    life = a_life(MONDAY, cause=before).on(changed_at, judge(severity=after))
    one = deadline(life, clock)
    assert (one.basis.start, one.basis.kept_as_told) == expected
    start = at(changed_at) if one.basis.start == "change" else at(MONDAY)
    assert one.basis.from_at == start


def test_a_dispute_counts_from_itself():
    """A new round's dates count from the dispute, the month from the first receipt."""
    thursday = "Thursday 2026-11-26 10:00"
    life = a_life(MONDAY).on(TUESDAY, reply(OWNER)).on(thursday, dispute("jade-receptionist"))
    for clock in ("acknowledge", "reply"):
        one = deadline(life, clock)
        assert (one.basis.start, one.basis.from_at) == ("dispute", at(thursday))
    assert deadline(life, "feedback").basis.from_at == at(thursday)
    month = deadline(life, "month")
    assert month.basis == DeadlineBasis("receipt", at(MONDAY), months=1)


@pytest.mark.parametrize(
    ("life", "clock", "start", "from_at", "clause"),
    [
        (a_life(MONDAY), "month", "receipt", MONDAY, "5.1.3"),
        (a_life(MONDAY), "feedback", "receipt", MONDAY, "3.3"),
        (
            a_life(MONDAY, about="unsure").on(TUESDAY, judge(about="engineering")),
            "feedback",
            "asked",
            TUESDAY,
            "3.3",
        ),
        (a_life(MONDAY).on(TUESDAY, judge(valid=False)), "explain", "judged_invalid", TUESDAY, "2"),
        (
            a_life(MONDAY).on(TUESDAY, agree(OWNER, "Friday 2026-11-27 15:00")),
            "agreed",
            "agreed",
            TUESDAY,
            "principle_3",
        ),
    ],
    ids=["month", "feedback", "feedback of a department named later", "explanation", "agreed"],
)
def test_what_each_clock_counts_from(life, clock, start, from_at, clause):
    """Each says where it begins, and which clause it serves."""
    one = deadline(life, clock)
    assert (one.basis.start, one.basis.from_at, one.clause) == (start, at(from_at), clause)


def test_a_date_beyond_the_published_calendar_is_provisional():
    """Public holidays that are not published yet may still move it."""
    life = a_life("Wednesday 2026-12-30 10:00")
    assert days(life, "reply").provisional
    assert life.complaint.promises.reply.provisional
    assert days(life, "month") is None


def test_only_what_runs_is_explained_the_next_first():
    """What was done has no deadline any more."""
    life = a_life(MONDAY).on(TUESDAY, acknowledge(OWNER))
    clocks = [one.name for one in explained(life.complaint, POLICY)]
    assert clocks == ["feedback", "judge", "silence", "reply", "month"]
    replied = explained(life.on(TUESDAY, reply(OWNER)).complaint, POLICY)
    assert [one.name for one in replied] == ["judge", "return_visit", "close"]


def test_under_another_policy_a_date_stays_as_it_was_told():
    """A promise that the present policy would not make is still the one that was told."""
    quicker = tuple(replace(one, reply=Within(working_days=1)) for one in POLICY.severities)
    life = a_life(MONDAY).on(TUESDAY, judge(severity="major"))
    one = deadline(life, "reply", replace(POLICY, severities=quicker))
    assert one.at == life.complaint.promises.reply_by
    assert one.basis.kept_as_told

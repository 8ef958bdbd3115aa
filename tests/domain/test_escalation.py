"""The ladder, on the wall of the front desk: who is reminded of what, and when (our setting)."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.commands import HandOver
from chalicelib.domain.escalation import next_due_at
from support.examples import (
    CHECK,
    FACTS_FOR,
    POLICY,
    a_life,
    acknowledge,
    agree,
    at,
    dispute,
    feedback,
    judge,
    on_the_wall,
    reply,
    staff_but,
    update,
)
from support.values import replace

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
WEDNESDAY = "Wednesday 2026-11-25 10:00"
MANAGER, SUPERVISOR, LEADER = "jade-manager", "jade-supervisor", "leader"
HEAD = "head-of-engineering"


def lived(life, until):
    """The story as the clock alone goes on with it, from due time to due time."""
    end = at(until)
    while (due_at := next_due_at(life.complaint, POLICY)) and due_at <= end:
        life = life.on(due_at, CHECK)
    return life


def steps(life, deadline):
    """Each step taken for a deadline: when, which one, and who was reminded."""
    return [
        (on_the_wall(record.at), step.number, step.to)
        for record in life.records
        if record.kind == "reminded"
        for step in record.event.steps
        if step.deadline == deadline
    ]


def test_a_minor_complaint_that_nobody_answers_climbs_rung_by_rung():
    """Reminded on the morning, when it is missed, and then one rung each working day."""
    life = lived(a_life(MONDAY, cause="facility"), "Tuesday 2026-12-01 12:00")
    assert steps(life, "reply") == [
        ("Wednesday 2026-11-25 09:00", 0, SUPERVISOR),
        ("Wednesday 2026-11-25 18:00", 1, SUPERVISOR),
        ("Thursday 2026-11-26 09:00", 2, MANAGER),
        ("Friday 2026-11-27 09:00", 3, LEADER),
        ("Monday 2026-11-30 09:00", 4, LEADER),
        ("Tuesday 2026-12-01 09:00", 5, LEADER),
    ]


def test_the_manager_s_own_goes_by_the_supervisor_to_leadership():
    """Owner, supervisor, manager, leadership: each person once, the owner first."""
    life = lived(a_life(MONDAY), "Friday 2026-11-27 12:00")
    assert [to for _, _, to in steps(life, "acknowledge")] == [
        MANAGER,
        MANAGER,
        SUPERVISOR,
        LEADER,
        LEADER,
    ]


def test_a_major_complaint_climbs_every_two_hours_by_night_as_well():
    """Its acknowledgement is promised within two hours, at any time of day."""
    life = lived(a_life("Saturday 2026-11-28 23:30", hurt=True), "Tuesday 2026-12-01 12:00")
    assert steps(life, "acknowledge") == [
        ("Sunday 2026-11-29 01:30", 1, MANAGER),
        ("Sunday 2026-11-29 03:30", 2, SUPERVISOR),
        ("Sunday 2026-11-29 05:30", 3, LEADER),
        ("Monday 2026-11-30 09:00", 4, LEADER),
        ("Tuesday 2026-12-01 09:00", 5, LEADER),
    ]


def test_within_a_day_nobody_is_reminded_twice_though_the_owner_changed():
    """Handed over between two steps of two hours, the next is somebody who has not heard of it."""
    life = lived(a_life("Saturday 2026-11-28 23:30", hurt=True), "Sunday 2026-11-29 02:00")
    life = life.on("Sunday 2026-11-29 02:30", HandOver(MANAGER, SUPERVISOR, "Yours."))
    life = lived(life, "Monday 2026-11-30 12:00")
    assert [to for _, _, to in steps(life, "acknowledge")] == [MANAGER, SUPERVISOR, LEADER, LEADER]


def test_where_everybody_has_heard_of_it_the_next_word_is_the_next_morning_s():
    """A leader who stands in for all is not written to every two hours."""
    life = lived(a_life("Saturday 2026-11-28 23:30", hurt=True), "Sunday 2026-11-29 05:30")
    away = {"absent": True}
    life = life.among(staff_but(jade_manager=away, jade_supervisor=away))
    life = lived(life, "Monday 2026-11-30 12:00")
    told = [(when, to) for when, _, to in steps(life, "acknowledge")][3:]
    assert told == [("Monday 2026-11-30 09:00", LEADER)]


def test_the_department_is_asked_each_working_day_until_it_answers():
    """3.3: its head is reminded, and nobody else is."""
    life = lived(a_life(MONDAY), "Monday 2026-11-30 08:00")
    assert steps(life, "feedback") == [
        ("Tuesday 2026-11-24 18:00", 1, HEAD),
        ("Wednesday 2026-11-25 09:00", 2, HEAD),
        ("Thursday 2026-11-26 09:00", 3, HEAD),
        ("Friday 2026-11-27 09:00", 4, HEAD),
    ]
    told = life.on("Monday 2026-11-30 08:30", feedback())
    assert steps(lived(told, "Wednesday 2026-12-02 12:00"), "feedback")[4:] == []


def test_silence_is_the_owner_s_to_break():
    """Three working days after the last word to the resident, then each working day until one."""
    life = a_life(MONDAY).on(TUESDAY, acknowledge(MANAGER), feedback())
    life = lived(life, "Monday 2026-11-30 12:00")
    assert steps(life, "silence") == [
        ("Friday 2026-11-27 18:00", 1, MANAGER),
        ("Monday 2026-11-30 09:00", 2, MANAGER),
    ]
    spoken = life.on("Monday 2026-11-30 13:00", update(MANAGER))
    assert steps(lived(spoken, "Thursday 2026-12-03 18:00"), "silence")[2:] == [
        ("Thursday 2026-12-03 18:00", 1, MANAGER)
    ]


def test_an_undecided_complaint_waits_for_its_judgement():
    """A person must judge where the facts decide nothing; judged, nobody is reminded of it."""
    life = lived(a_life(MONDAY, cause="unsure"), "Wednesday 2026-11-25 12:00")
    assert [(when, to) for when, _, to in steps(life, "judge")] == [
        ("Tuesday 2026-11-24 09:00", SUPERVISOR),
        ("Tuesday 2026-11-24 18:00", SUPERVISOR),
        ("Wednesday 2026-11-25 09:00", MANAGER),
    ]
    assert "judge" in life.complaint.missed
    handed = a_life(MONDAY, cause="unsure").on(MONDAY, HandOver(MANAGER, HEAD, "Yours."))
    assert {to for _, _, to in steps(lived(handed, TUESDAY), "judge")} == {SUPERVISOR}
    judged = life.on("Wednesday 2026-11-25 13:00", judge(severity="minor", valid=True))
    assert len(steps(lived(judged, "Friday 2026-12-04 12:00"), "judge")) == 3


def test_an_agreed_time_is_reminded_of_unless_it_was_agreed_on_that_very_day():
    """Agreed for tomorrow afternoon, reminded at opening; agreed for today, once it is missed."""
    life = a_life(MONDAY).on(MONDAY, acknowledge(MANAGER), feedback())
    tomorrow = lived(life.on(MONDAY, agree(MANAGER, "Tuesday 2026-11-24 15:00")), TUESDAY)
    assert steps(tomorrow, "agreed") == [("Tuesday 2026-11-24 09:00", 0, MANAGER)]
    today = life.on(TUESDAY, agree(MANAGER, "Tuesday 2026-11-24 15:00"))
    assert steps(lived(today, "Wednesday 2026-11-25 12:00"), "agreed") == [
        ("Tuesday 2026-11-24 15:00", 1, MANAGER),
        ("Wednesday 2026-11-25 09:00", 2, SUPERVISOR),
    ]


def test_the_opening_of_a_day_off_is_that_of_the_working_day_before():
    """Agreed for Sunday: the owner reads of it on Friday, when they are there."""
    life = a_life(MONDAY).on(TUESDAY, acknowledge(MANAGER), feedback())
    life = life.on(TUESDAY, agree(MANAGER, "Sunday 2026-11-29 15:00"))
    life = lived(life, "Saturday 2026-11-28 12:00")
    assert steps(life, "agreed") == [("Friday 2026-11-27 09:00", 0, MANAGER)]


def test_what_is_done_ends_its_ladder():
    """A reply ends the chase for it; disputed, the new round begins at the foot of the ladder."""
    life = lived(a_life(MONDAY, cause="facility"), "Friday 2026-11-27 12:00")
    replied = life.on("Friday 2026-11-27 13:00", reply(SUPERVISOR))
    assert steps(lived(replied, "Wednesday 2026-12-02 12:00"), "reply")[4:] == []
    again = replied.on("Wednesday 2026-12-02 13:00", dispute(SUPERVISOR))
    assert steps(lived(again, "Friday 2026-12-04 12:00"), "reply")[4:] == [
        ("Friday 2026-12-04 09:00", 0, SUPERVISOR)
    ]


def test_a_new_owner_is_on_the_rung_of_the_old_one():
    """Handed over while it is overdue, it goes on upwards; the new owner has their own letter."""
    life = lived(a_life(MONDAY, cause="facility"), "Thursday 2026-11-26 12:00")
    life = life.on("Thursday 2026-11-26 13:00", HandOver(SUPERVISOR, HEAD, "Yours."))
    assert steps(lived(life, "Friday 2026-11-27 12:00"), "reply")[3:] == [
        ("Friday 2026-11-27 09:00", 3, MANAGER)
    ]


def test_an_empty_rung_is_passed_over():
    """Without a manager the next rung is leadership, each working day again."""
    life = a_life(MONDAY, cause="facility").among(staff_but(jade_manager=None))
    life = lived(life, "Friday 2026-11-27 12:00")
    assert [to for _, _, to in steps(life, "reply")][2:] == [LEADER, LEADER]


def test_after_a_standstill_one_step_is_taken_and_the_next_a_working_day_later():
    """Rounds that stood still for a week remind the owner first; nobody is written to twice."""
    life = a_life(MONDAY, cause="facility").on("Tuesday 2026-12-01 11:00", CHECK)
    assert life.on("Tuesday 2026-12-01 11:05", CHECK).latest == ()
    assert steps(life, "reply") == [("Tuesday 2026-12-01 11:00", 1, SUPERVISOR)]
    assert steps(lived(life, "Wednesday 2026-12-02 12:00"), "reply")[1:] == [
        ("Wednesday 2026-12-02 09:00", 2, MANAGER)
    ]


def test_where_nobody_answers_for_the_department_its_owner_is_asked():
    """The feedback is not forgotten for want of a head."""
    nobody = dict.fromkeys(("jade_manager", "leader", "head_of_engineering"))
    life = lived(a_life(MONDAY, cause="facility").among(staff_but(**nobody)), WEDNESDAY)
    assert [to for _, _, to in steps(life, "feedback")] == [SUPERVISOR, SUPERVISOR]


def test_warnings_come_after_twenty_and_twenty_five_days_at_the_same_clock_time():
    """Calendar days from first receipt; nothing pauses them, and each comes once."""
    life = lived(a_life(MONDAY, cause="facility"), "Thursday 2026-12-24 12:00")
    warned = [(on_the_wall(one.at), one.event.days) for one in life.records if one.kind == "warned"]
    assert warned == [("Sunday 2026-12-13 10:00", (20,)), ("Friday 2026-12-18 10:00", (25,))]


def test_a_warning_that_comes_late_is_one_warning():
    """After a standstill over both, it names both days; solved or invalid, there is none."""
    life = a_life(MONDAY, cause="facility")
    late = life.on("Monday 2026-12-21 09:00", CHECK)
    assert [one.event.days for one in late.latest if one.kind == "warned"] == [(20, 25)]
    for asked in (reply(SUPERVISOR), judge(valid=False)):
        spared = life.on(TUESDAY, asked).on("Monday 2026-12-21 09:00", CHECK)
        assert "warned" not in spared.kinds


def test_an_ignored_minor_complaint_reaches_major_at_the_month():
    """5.1.3: nothing that was not done keeps it from being counted, and it changes hands."""
    life = lived(a_life(MONDAY, cause="facility"), "Wednesday 2026-12-23 10:00")
    assert (life.kinds, life.complaint.severity, life.owner) == (
        ("escalated", "new_date_set"),
        "major",
        MANAGER,
    )


@settings(max_examples=settings.default.max_examples * 2 // 5)
@given(
    st.integers(0, 20 * 24 * 60),
    st.sampled_from([*FACTS_FOR]),
    st.lists(st.integers(1, 4 * 24 * 60), min_size=1, max_size=25),
)
def test_nobody_hears_of_the_same_thing_twice_in_a_working_day(received_after, severity, pauses):
    """However late or often the sweep comes: the morning's and the evening's word of it aside."""
    life = a_life(at(MONDAY) + timedelta(minutes=received_after), **FACTS_FOR[severity])
    now = life.complaint.received_at
    for minutes in pauses:
        now += timedelta(minutes=minutes)
        life = life.on(now, CHECK)
    told = [
        (step.deadline, step.to, on_the_wall(record.at)[:-6])
        for record in life.records
        if record.kind == "reminded"
        for step in record.event.steps
        if step.number > 0
    ]
    assert len(told) == len(set(told))


def test_the_rungs_are_the_policy_file_s():
    """Another policy climbs other rungs."""
    policy = replace(POLICY, ladder=replace(POLICY.ladder, rungs=("company_leadership",)))
    life = a_life(MONDAY, policy, cause="facility")
    for moment in ("Wednesday 2026-11-25 18:00", "Thursday 2026-11-26 09:00"):
        life = life.on(moment, CHECK)
    assert [to for _, _, to in steps(life, "reply")] == [SUPERVISOR, LEADER]


@pytest.mark.parametrize("severity", [*FACTS_FOR])
def test_while_nobody_acts_there_is_always_a_next_step(severity):
    """Nothing is forgotten: a neglected complaint is due again on the next working day at most."""
    life = lived(a_life(MONDAY, **FACTS_FOR[severity]), "Friday 2027-01-29 12:00")
    due_at = next_due_at(life.complaint, POLICY)
    assert due_at <= at("Monday 2027-02-01 09:00")

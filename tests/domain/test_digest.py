"""The morning digest: which complaint stands in whose, in which section, and for whom it waits."""

from datetime import date, timedelta

import pytest

from chalicelib.domain.commands import AwaitAnswer, Note
from chalicelib.domain.digest import SECTIONS, Waiting, day_of, digest, is_told
from support.examples import (
    DIRECTORY,
    POLICY,
    SHANGHAI,
    a_life,
    acknowledge,
    agree,
    at,
    close,
    dispute,
    feedback,
    hand_over,
    judge,
    on_the_wall,
    reply,
    staff_but,
)
from support.values import replace

SUPERVISOR, MANAGER = "jade-supervisor", "jade-manager"
MONDAY = "Monday 2026-11-23 10:00"


def staff(staff_id, directory=DIRECTORY):
    return directory.person(staff_id)


def seen(life, moment, reader=MANAGER, policy=POLICY):
    """The one task of a complaint in somebody's digest on that morning."""
    now = at(moment)
    day = day_of(now.astimezone(SHANGHAI).date(), now, policy.working_time, SHANGHAI)
    (task,) = digest([life.complaint], staff(reader), policy, day)
    return task


def clocks(task):
    return {name: on_the_wall(moment) for name, moment in task.deadlines}


@pytest.mark.parametrize(
    ("now", "since", "until"),
    [
        ("Tuesday 2026-11-24 09:00", "Monday 2026-11-23 09:00", "Wednesday 2026-11-25 09:00"),
        ("Monday 2026-11-23 11:30", "Friday 2026-11-20 09:00", "Tuesday 2026-11-24 09:00"),
        # National Day: off from Thursday 1 to Wednesday 7 October, Saturday the 10th is worked.
        ("Thursday 2026-10-08 09:00", "Wednesday 2026-09-30 09:00", "Friday 2026-10-09 09:00"),
        ("Saturday 2026-10-10 09:00", "Friday 2026-10-09 09:00", "Monday 2026-10-12 09:00"),
        ("Monday 2026-10-12 09:00", "Saturday 2026-10-10 09:00", "Tuesday 2026-10-13 09:00"),
    ],
)
def test_a_day_is_counted_from_the_opening_of_the_working_day_before(now, since, until):
    """Weekends and holidays are passed over, and make-up working days are not."""
    on = at(now).astimezone(SHANGHAI).date()
    day = day_of(on, at(now), POLICY.working_time, SHANGHAI)
    assert (on_the_wall(day.since), on_the_wall(day.until)) == (since, until)


@pytest.mark.parametrize(
    ("moment", "section", "pressing"),
    [
        ("Tuesday 2026-11-24 09:00", "today", {"acknowledge", "feedback"}),
        ("Tuesday 2026-11-24 17:59", "today", {"acknowledge", "feedback"}),
        ("Tuesday 2026-11-24 18:00", "overdue", {"acknowledge", "feedback"}),
        ("Wednesday 2026-11-25 09:00", "overdue", {"acknowledge", "feedback", "judge"}),
        (
            "Monday 2026-11-30 09:00",
            "overdue",
            {"acknowledge", "feedback", "judge", "silence", "reply"},
        ),
    ],
)
def test_what_nobody_touched_is_due_and_then_overdue(moment, section, pressing):
    """Received on Monday: to be acknowledged and fed back on by Tuesday's closing time."""
    task = seen(a_life(MONDAY), moment)
    assert (task.section, set(clocks(task))) == (section, pressing)


def test_what_is_due_later_is_new_on_the_first_morning_alone():
    """Received after Monday's closing time, due on Wednesday: new on Tuesday, today's then."""
    life = a_life("Monday 2026-11-23 19:00")
    first = seen(life, "Tuesday 2026-11-24 09:00")
    assert (first.section, clocks(first)) == ("new", {"acknowledge": "Wednesday 2026-11-25 18:00"})
    assert seen(life, "Wednesday 2026-11-25 09:00").section == "today"


@pytest.mark.parametrize(
    ("agreed", "section"),
    [
        ("Wednesday 2026-11-25 19:00", "today"),
        ("Thursday 2026-11-26 08:30", "today"),
        ("Thursday 2026-11-26 09:00", "waiting"),
    ],
)
def test_what_falls_due_before_the_next_opening_is_today_s(agreed, section):
    """The next digest would come too late for it."""
    life = acknowledged().on("Monday 2026-11-23 12:00", agree(MANAGER, agreed))
    assert seen(life, "Wednesday 2026-11-25 09:00").section == section


def test_the_weekend_is_new_on_monday():
    """Everything since Friday's opening is."""
    life = a_life("Saturday 2026-11-28 11:00")
    assert seen(life, "Monday 2026-11-30 09:00").section == "new"


def acknowledged(moment=MONDAY):
    """Acknowledged, judged and fed back on the same day: it has a week for its reply."""
    life = a_life(moment)
    done = (acknowledge(MANAGER), judge(valid=True), feedback())
    return life.on("Monday 2026-11-23 11:00", *done)


def test_what_goes_its_way_waits_for_its_owner():
    """In no other section, with the next clock and its instant."""
    task = seen(acknowledged(), "Wednesday 2026-11-25 09:00")
    assert (task.section, task.waiting) == ("waiting", Waiting("owner"))
    assert clocks(task) == {"silence": "Thursday 2026-11-26 18:00"}


def test_what_was_handed_over_is_new_to_its_owner_and_to_nobody_else():
    """It became theirs yesterday, and was received long before."""
    life = acknowledged().on("Tuesday 2026-11-24 10:00", hand_over(MANAGER, SUPERVISOR))
    morning = "Wednesday 2026-11-25 09:00"
    assert seen(life, morning, SUPERVISOR).section == "new"
    assert seen(life, morning, MANAGER).section == "waiting"
    assert seen(life, "Thursday 2026-11-26 09:00", SUPERVISOR).section == "today"


def test_what_is_raised_again_is_new_to_all():
    """A dispute begins a new round, for who answers for the community too."""
    life = acknowledged().on("Tuesday 2026-11-24 10:00", judge(valid=True), reply(MANAGER))
    life = life.on("Tuesday 2026-11-24 19:00", dispute(SUPERVISOR))
    for reader in (MANAGER, SUPERVISOR):
        assert seen(life, "Wednesday 2026-11-25 09:00", reader).section == "new"


def test_it_waits_for_the_department_once_only_the_feedback_is_lacking():
    """Acknowledged, and due next is the feedback of the department (3.3)."""
    life = a_life(MONDAY).on("Monday 2026-11-23 11:00", acknowledge(MANAGER))
    task = seen(life, "Tuesday 2026-11-24 09:00")
    assert (task.section, task.waiting) == ("today", Waiting("department"))


def test_it_waits_for_the_supervisor_s_judgement_where_the_facts_decide_nothing():
    """Acknowledged and fed back on, it is for a person to judge (5)."""
    life = a_life("Monday 2026-11-23 10:00", cause="unsure")
    life = life.on("Monday 2026-11-23 11:00", acknowledge(SUPERVISOR), feedback())
    assert seen(life, "Tuesday 2026-11-24 09:00").waiting == Waiting("supervisor")


def test_it_waits_for_the_agreed_time():
    """A time agreed with the resident, until it has come; then for its owner."""
    life = acknowledged().on("Monday 2026-11-23 12:00", agree(MANAGER, "Thursday 2026-11-26 15:00"))
    until = at("Thursday 2026-11-26 15:00")
    assert seen(life, "Wednesday 2026-11-25 09:00").waiting == Waiting("agreed", until)
    assert seen(life, "Thursday 2026-11-26 09:00").section == "today"
    late = seen(life, "Thursday 2026-11-26 15:00")
    assert (late.section, late.waiting) == ("overdue", Waiting("owner"))


def test_it_waits_for_the_resident_s_answer_until_the_time_told():
    """Asked something, until the time for an answer is over."""
    life = acknowledged().on("Monday 2026-11-23 12:00", AwaitAnswer(MANAGER, "Which valve?"))
    until = life.complaint.awaiting_until
    assert seen(life, "Tuesday 2026-11-24 09:00").waiting == Waiting("resident", until)
    after = on_the_wall(until + timedelta(days=1))
    assert seen(life, after).waiting == Waiting("owner")


def test_what_is_overdue_waits_for_whoever_lets_it_be_so():
    """A pause for the resident excuses no department."""
    life = a_life(MONDAY).on("Monday 2026-11-23 11:00", acknowledge(MANAGER))
    life = life.on("Monday 2026-11-23 12:00", AwaitAnswer(MANAGER, "Which valve?"))
    assert seen(life, "Tuesday 2026-11-24 09:00").waiting.whom == "resident"
    assert seen(life, "Wednesday 2026-11-25 09:00").waiting == Waiting("department")


def test_what_is_replied_to_waits_for_its_owner_to_close_it():
    """It stands among the others, until the day on which it is to be closed."""
    life = acknowledged().on("Monday 2026-11-23 12:00", judge(valid=True), reply(MANAGER))
    task = seen(life, "Wednesday 2026-11-25 09:00")
    assert (task.section, task.waiting) == ("waiting", Waiting("owner"))
    assert clocks(task) == {"close": "Monday 2026-12-07 18:00"}
    assert seen(life, "Monday 2026-12-07 09:00").section == "today"
    assert seen(life, "Tuesday 2026-12-08 09:00").section == "overdue"
    assert not life.on("Monday 2026-11-23 13:00", close(MANAGER)).complaint.is_open


def test_the_day_on_which_the_month_ends_is_told():
    """5.1.3 is due like a promise: in the section of today, last of the deadlines."""
    life = acknowledged().on("Wednesday 2026-12-23 08:00", Note(MANAGER, "Still open."))
    task = seen(life, "Wednesday 2026-12-23 09:00")
    assert clocks(task)["month"] == "Wednesday 2026-12-23 10:00"


def test_the_most_pressing_stand_first():
    """By section, then what falls due first, then the gravest."""
    now = at("Wednesday 2026-11-25 09:00")
    lives = {
        "waiting": acknowledged(),
        "new": a_life("Tuesday 2026-11-24 19:00"),
        "today": a_life("Tuesday 2026-11-24 10:00"),
        "overdue": a_life("Monday 2026-11-23 10:00"),
        "minor": a_life("Monday 2026-11-23 10:00", cause="facility"),
    }
    complaints = [replace(one.complaint, reference=name) for name, one in lives.items()]
    day = day_of(date(2026, 11, 25), now, POLICY.working_time, SHANGHAI)
    tasks = digest(complaints, staff(MANAGER), POLICY, day)
    assert [one.complaint.reference for one in tasks] == [
        "overdue",
        "minor",
        "today",
        "new",
        "waiting",
    ]
    assert [one.section for one in tasks] == ["overdue", *SECTIONS]


OFFICE = (SUPERVISOR, MANAGER)


@pytest.mark.parametrize(
    ("changes", "conflicted_staff", "told"),
    [
        ({}, (), OFFICE),
        ({"jade_supervisor": {"absent": True}}, (), (MANAGER,)),
        ({"jade_manager": {"disabled": True}}, (), (SUPERVISOR,)),
        ({"jade_supervisor": {"absent": True, "deputy": "head-of-cleaning"}}, (), (MANAGER,)),
        ({"jade_supervisor": {"communities": ()}}, (), OFFICE),
        ({"leader": {"roles": ("property_manager",)}}, (), ("leader", *OFFICE)),
        ({}, (SUPERVISOR,), (MANAGER,)),
        ({}, OFFICE, (MANAGER,)),
    ],
)
def test_who_is_told_of_a_complaint(changes, conflicted_staff, told):
    """Owner, supervisor and manager; not who is away, another community's, or complained about."""
    complaint, directory = a_life(MONDAY).complaint, staff_but(**changes)
    found = {
        one.id for one in directory.staff if is_told(one, complaint, frozenset(conflicted_staff))
    }
    assert found == set(told)


def test_an_owner_is_told_whatever_the_post():
    """A department's head who was handed a complaint has it in their digest, and no other."""
    life = a_life(MONDAY).on("Monday 2026-11-23 11:00", hand_over(MANAGER, "head-of-engineering"))
    head = staff("head-of-engineering")
    assert is_told(head, life.complaint, frozenset())
    assert not is_told(head, a_life(MONDAY).complaint, frozenset())

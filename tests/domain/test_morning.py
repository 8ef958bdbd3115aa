"""The morning letter: whose tasks it lists, what was brought up to whom, and what else it tells."""

from datetime import timedelta

import pytest

from chalicelib.domain.commands import HandOver, Message, Note
from chalicelib.domain.escalation import is_told_at_once, next_due_at
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.morning import day_of, is_new, matter_of, morning_of, section_of
from chalicelib.domain.tasks import MESSAGE, tasks
from support.examples import (
    CHECK,
    DIRECTORY,
    FACTS_FOR,
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
    return_visit,
    staff_but,
    update,
)
from support.values import replace

SUPERVISOR, MANAGER, LEADER = "jade-supervisor", "jade-manager", "leader"
HEAD = "head-of-engineering"
MONDAY = "Monday 2026-11-23 10:00"


def day(moment):
    """The working day of a moment, as seen at it."""
    now = at(moment)
    return day_of(now.astimezone(SHANGHAI).date(), now, POLICY.working_time, SHANGHAI)


def read(life, reader, moment):
    """What somebody reads of a complaint on that morning."""
    person = life.context.directory.person(reader)
    matter = matter_of(life.complaint, life.context, day(moment))
    return morning_of(person, [matter], day(moment))


def owed(morning):
    """The reader's own tasks, by kind."""
    return [one.deadline for one in morning.tasks]


def lived(life, until):
    """The story as the clock alone goes on with it."""
    while (due_at := next_due_at(life.complaint, POLICY)) and due_at <= at(until):
        life = life.on(due_at, CHECK)
    return life


def section(life, moment, reader=MANAGER):
    """In which section the reader's only task stands."""
    (task,) = read(life, reader, moment).tasks
    return section_of(task, day(moment))


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
    found = day(now)
    assert (on_the_wall(found.since), on_the_wall(found.until)) == (since, until)


# ── One's own tasks ──────────────────────────────────────────────────────


def test_what_the_resident_wrote_is_new_on_the_next_morning_and_never_overdue():
    """It stands among the owner's tasks until they say something; other mornings it only waits."""
    contacted = a_life(MONDAY).on(MONDAY, acknowledge(MANAGER, "telephone"), judge(valid=True))
    wrote = contacted.on("Tuesday 2026-11-24 10:00", Message(RESIDENT, "It drips again."))
    for moment, expected in (
        ("Wednesday 2026-11-25 09:00", "new"),
        ("Thursday 2026-11-26 09:00", ""),
    ):
        found = read(wrote, MANAGER, moment).tasks
        (task,) = (one for one in found if one.deadline == MESSAGE)
        assert section_of(task, day(moment)) == expected
    others = read(wrote, SUPERVISOR, "Friday 2026-11-27 09:00").others
    assert [one.deadline for one in others] == ["feedback"]


@pytest.mark.parametrize("reader", [MANAGER, SUPERVISOR, HEAD, LEADER])
def test_the_letter_lists_the_tasks_of_the_work_list(reader):
    """One pure function says what there is to do, on the page and in the letter."""
    life, now = a_life(MONDAY), "Tuesday 2026-11-24 09:00"
    after = life.on(now, CHECK)
    own = [one for one in tasks(after.complaint, after.context, at(now)) if one.to == reader]
    assert read(life, reader, now).tasks == tuple(own)
    assert read(life, LEADER, now).is_empty


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("Tuesday 2026-11-24 09:00", "today"),
        ("Tuesday 2026-11-24 17:59", "today"),
        ("Tuesday 2026-11-24 18:00", "overdue"),
        ("Wednesday 2026-11-25 09:00", "overdue"),
    ],
)
def test_what_nobody_touched_is_due_and_then_overdue(moment, expected):
    """Received on Monday: somebody is to be in touch by Tuesday's closing time."""
    assert section(a_life(MONDAY), moment) == expected


def test_what_is_due_later_is_new_on_the_first_morning_alone():
    """Received after Monday's closing time, due on Wednesday: new on Tuesday, today's then."""
    life = a_life("Monday 2026-11-23 19:00")
    assert section(life, "Tuesday 2026-11-24 09:00") == "new"
    assert section(life, "Wednesday 2026-11-25 09:00") == "today"


@pytest.mark.parametrize(
    ("agreed", "expected"),
    [
        ("Wednesday 2026-11-25 19:00", "today"),
        ("Thursday 2026-11-26 08:30", "soon"),
        ("Thursday 2026-11-26 09:00", ""),
    ],
)
def test_due_today_is_said_of_that_day_alone(agreed, expected):
    """The next letter would come too late for what is due before the next opening."""
    life = acknowledged().on("Monday 2026-11-23 12:00", agree(MANAGER, agreed))
    now = "Wednesday 2026-11-25 09:00"
    (task,) = [one for one in read(life, MANAGER, now).tasks if one.deadline == "agreed"]
    assert section_of(task, day(now)) == expected


def acknowledged(moment=MONDAY):
    """Acknowledged, judged and fed back on the same day: it has a week for its reply."""
    done = (acknowledge(MANAGER), judge(valid=True), feedback())
    return a_life(moment).on("Monday 2026-11-23 11:00", *done)


def test_what_was_done_is_asked_of_nobody_any_more():
    """The head who gave feedback and the supervisor who judged have nothing left to do."""
    now = "Tuesday 2026-11-24 09:00"
    assert owed(read(acknowledged(), MANAGER, now)) == ["reply"]
    assert read(acknowledged(), HEAD, now).is_empty
    assert read(acknowledged(), SUPERVISOR, now).is_empty


def test_what_was_handed_over_is_new_to_its_owner():
    """It became theirs yesterday, and was received long before."""
    life = acknowledged().on("Tuesday 2026-11-24 10:00", hand_over(MANAGER, SUPERVISOR))
    morning = "Wednesday 2026-11-25 09:00"
    (task,) = read(life, SUPERVISOR, morning).tasks
    assert is_new(task, day(morning))
    assert read(life, MANAGER, morning).is_empty
    assert not is_new(task, day("Thursday 2026-11-26 09:00"))


def test_what_is_raised_again_is_new():
    """A dispute begins a new round."""
    life = acknowledged().on("Tuesday 2026-11-24 10:00", reply(MANAGER))
    life = life.on("Tuesday 2026-11-24 19:00", dispute(SUPERVISOR))
    morning = "Wednesday 2026-11-25 09:00"
    assert all(is_new(one, day(morning)) for one in read(life, MANAGER, morning).tasks)


def test_a_return_visit_is_the_supervisors_from_the_morning_on_which_it_opens():
    """Of a closed complaint too, and until it is made."""
    done = acknowledged().on("Monday 2026-11-23 17:00", reply(MANAGER), close(MANAGER))
    assert read(done, SUPERVISOR, "Monday 2026-11-30 09:00").is_empty
    assert owed(read(done, SUPERVISOR, "Tuesday 2026-12-01 09:00")) == ["return_visit"]
    asked = done.on("Tuesday 2026-12-01 10:00", CHECK, return_visit(SUPERVISOR))
    assert read(asked, SUPERVISOR, "Wednesday 2026-12-02 09:00").is_empty


# ── Brought up by the ladder ─────────────────────────────────────────────


def brought(life, reader, moment):
    """What was brought up to somebody by that morning: of whom, and how often."""
    return [
        ({one.deadline for one in each.owed}, {one.to for one in each.owed}, each.times)
        for each in read(life, reader, moment).brought
    ]


def test_each_rung_is_read_on_the_morning_on_which_it_is_taken():
    """By whom it reaches: once each on the way up, the topmost each working day, counted."""
    life = a_life(MONDAY, cause="facility").on(MONDAY, judge(valid=True), feedback())
    life = life.on(MONDAY, acknowledge(SUPERVISOR))
    told = {
        ("Thursday 2026-11-26 09:00", MANAGER): 1,
        ("Friday 2026-11-27 09:00", LEADER): 1,
        ("Monday 2026-11-30 09:00", LEADER): 2,
        ("Tuesday 2026-12-01 09:00", LEADER): 3,
    }
    for moment in dict.fromkeys(moment for moment, _ in told):
        before = lived(life, on_the_wall(at(moment) - timedelta(minutes=1)))
        for reader in (SUPERVISOR, MANAGER, LEADER):
            times = [
                times for of, by, times in brought(before, reader, moment) if "reply" in of and by
            ]
            assert times == ([told[moment, reader]] if (moment, reader) in told else [])
            assert brought(before, reader, moment) == brought(
                before.on(moment, CHECK), reader, moment
            )


def test_the_letter_names_who_has_not_done_it():
    """What was to judge is the supervisor's, whoever owns the complaint."""
    life = lived(a_life(MONDAY, cause="unsure"), "Wednesday 2026-11-25 08:59")
    life = life.on("Wednesday 2026-11-25 08:59", HandOver(SUPERVISOR, HEAD, "Yours."))
    ((of, by, _),) = brought(life, MANAGER, "Wednesday 2026-11-25 09:00")
    assert of >= {"judge"}
    assert SUPERVISOR in by


def test_what_one_was_asked_oneself_is_not_counted_as_brought_up():
    """The manager missed it and handed it over; two rungs later it comes up to them once."""
    life = lived(a_life(MONDAY), "Tuesday 2026-11-24 18:00")
    life = life.on("Tuesday 2026-11-24 19:00", hand_over(MANAGER, SUPERVISOR))
    life = lived(life, "Wednesday 2026-11-25 09:00")
    ((of, by, times),) = brought(life, MANAGER, "Wednesday 2026-11-25 09:00")
    assert (of, by, times) == ({"acknowledge"}, {SUPERVISOR}, 1)


def test_what_was_done_meanwhile_is_brought_up_no_more():
    """The rung was taken at opening, and the letter goes a quarter of an hour later."""
    life = lived(acknowledged(), "Tuesday 2026-12-01 09:00")
    late = "Tuesday 2026-12-01 09:15"
    assert brought(life, SUPERVISOR, late)
    assert not brought(life.on("Tuesday 2026-12-01 09:10", reply(MANAGER)), SUPERVISOR, late)


@pytest.mark.parametrize("severity", [*FACTS_FOR])
def test_no_rung_is_lost(severity):
    """Whoever it reached reads of it in the next letter, or was told of it at once.

    While the first contact lacks, the reply to it is part of that one task.
    """
    life, morning = a_life(MONDAY, **FACTS_FOR[severity]), at("Tuesday 2026-11-24 09:00")
    read_of = set()
    while morning < at("Thursday 2026-12-10 09:00"):
        now = on_the_wall(morning)
        life = lived(life, now)
        for record in (one for one in life.records if one.kind == "reminded"):
            for step in record.event.steps if record.at > day(now).since else ():
                letter = read(life, step.to, now)
                named = {*owed(letter)}.union(*brought_of(letter))
                named |= {"reply", "silence"} if "acknowledge" in named else set()
                assert step.deadline in named or is_told_at_once(step, life.complaint, POLICY)
                read_of.add(step.to)
        morning = POLICY.working_time.next_day_opening(morning, SHANGHAI)
    assert read_of == {MANAGER, SUPERVISOR, HEAD, LEADER}


def brought_of(letter):
    """The deadlines of each complaint that was brought up."""
    return [{task.deadline for task in each.owed} for each in letter.brought]


# ── The month, and what others have ──────────────────────────────────────


def test_owner_and_manager_are_warned_until_the_month_is_over_or_it_is_solved():
    """From the twentieth day on; nobody else reads of it, and the warning is on the record."""
    life = lived(a_life(MONDAY, cause="facility"), "Sunday 2026-12-13 10:00")
    before = lived(a_life(MONDAY, cause="facility"), "Friday 2026-12-11 09:00")
    for reader in (SUPERVISOR, MANAGER):
        assert not read(before, reader, "Friday 2026-12-11 09:00").warned
        assert read(life, reader, "Monday 2026-12-14 09:00").warned
    assert not read(life, LEADER, "Monday 2026-12-14 09:00").warned
    solved = life.on("Monday 2026-12-14 08:00", reply(SUPERVISOR))
    assert not read(solved, MANAGER, "Monday 2026-12-14 09:00").warned
    over = lived(life, "Wednesday 2026-12-23 10:00")
    assert not read(over, MANAGER, "Thursday 2026-12-24 09:00").warned


def others(life, reader, moment, own=()):
    """What a reader is told of others' tasks, beside something of their own."""
    now, person = day(moment), life.context.directory.person(reader)
    matters = [matter_of(one.complaint, one.context, now) for one in (life, *own)]
    found = morning_of(person, matters, now).others
    return [(one.deadline, one.to, section_of(one, now)) for one in found]


def test_who_answers_for_the_community_reads_what_others_have_before_them():
    """What is overdue, due today or new, in one line a complaint; never what has time."""
    life = acknowledged()
    assert others(life, SUPERVISOR, "Tuesday 2026-11-24 09:00") == [("reply", MANAGER, "new")]
    assert others(life, SUPERVISOR, "Wednesday 2026-11-25 09:00") == []
    assert others(life, SUPERVISOR, "Thursday 2026-11-26 09:00") == []
    assert others(life, SUPERVISOR, "Friday 2026-11-27 09:00") == [("silence", MANAGER, "overdue")]
    told = life.on("Friday 2026-11-27 10:00", update(MANAGER))
    assert others(told, SUPERVISOR, "Monday 2026-11-30 09:00") == [("reply", MANAGER, "today")]
    assert others(life, LEADER, "Tuesday 2026-11-24 09:00") == []


def test_what_others_have_is_no_letter_by_itself():
    """A person with nothing to do gets none."""
    letter = read(acknowledged(), SUPERVISOR, "Tuesday 2026-11-24 09:00")
    assert letter.others
    assert letter.is_empty


def test_what_stands_above_does_not_stand_below():
    """A complaint in which the reader has a task of their own is not told of as another's."""
    assert others(a_life(MONDAY), SUPERVISOR, "Tuesday 2026-11-24 09:00") == []


# ── Who reads nothing ────────────────────────────────────────────────────


@pytest.mark.parametrize("away", [{"absent": True}, {"disabled": True}])
def test_who_is_away_reads_nothing_and_who_stands_in_reads_theirs(away):
    """The head's feedback is asked of the next rung; the absent owner's is the deputy's."""
    morning = "Wednesday 2026-11-25 09:00"
    for name, staff_id, deputy in (
        ("head_of_engineering", HEAD, MANAGER),
        ("jade_manager", MANAGER, LEADER),
        ("jade_supervisor", SUPERVISOR, MANAGER),
    ):
        life = a_life(MONDAY).among(staff_but(**{name: away}))
        theirs = owed(read(a_life(MONDAY), staff_id, morning))
        assert read(life, staff_id, morning).is_empty
        assert not read(life, staff_id, morning).others
        assert set(theirs) <= set(owed(read(life, deputy, morning)))


def test_nobody_reads_of_what_they_may_not_open():
    """Who may be the one complained about is told nothing of it."""
    life = a_life(MONDAY).among(DIRECTORY, (SUPERVISOR,))
    complaint = replace(life.complaint, may_be_meant=(SUPERVISOR,))
    now = day("Wednesday 2026-11-25 09:00")
    matter = matter_of(complaint, life.context, now)
    assert not morning_of(DIRECTORY.person(SUPERVISOR), [matter], now).complaints
    assert morning_of(DIRECTORY.person(MANAGER), [matter], now).complaints
    assert not morning_of(DIRECTORY.person("maple-manager"), [matter], now).complaints


def test_looking_changes_nothing():
    """What time has made true by then is seen, and put on the record by the sweep alone."""
    life = lived(a_life(MONDAY), "Tuesday 2026-11-24 18:00").on(
        "Tuesday 2026-11-24 19:00", Note(MANAGER, "Still open.")
    )
    before = life.complaint
    read(life, SUPERVISOR, "Wednesday 2026-11-25 09:00")
    assert life.complaint == before

"""The return visit: some days after the reply the resident is asked whether it held."""

import pytest
from msgspec.structs import fields

from chalicelib.domain.commands import Confirm, Dispute, Erase, FollowUp, ReturnVisit
from chalicelib.domain.deadlines import return_visit_at
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.notices import Notice
from chalicelib.domain.tasks import tasks
from support.examples import (
    CHECK,
    POLICY,
    a_life,
    at,
    close,
    dispute,
    judge,
    on_the_wall,
    reply,
    return_visit,
    staff_but,
)

MONDAY = "Monday 2026-11-23 10:00"
OWNER, SUPERVISOR = "jade-manager", "jade-supervisor"
REPLIED = a_life(MONDAY).on("Tuesday 2026-11-24 15:30", judge(valid=True), reply(OWNER))
ASKED = "Tuesday 2026-12-01 15:30"
SILENT = "Tuesday 2026-12-08 15:30"
BY_PHONE = {"reachable_by": ("phone",), "contact_by": "phone"}
BY_LETTER = (Notice("return_visit", RESIDENT),)


def lived(life, until):
    """The story as the clock alone goes on with it, from due time to due time."""
    while (due_at := next_due_at(life.complaint, POLICY)) and due_at <= at(until):
        life = life.on(due_at, CHECK)
    return life


def of_kind(life, kind):
    """The records of one kind."""
    return [one for one in life.records if one.kind == kind]


def is_of_visit(record):
    """Whether a reminder is of the return visit."""
    return "return_visit" in {step.deadline for step in record.event.steps}


@pytest.mark.parametrize(
    ("replied_at", "visited_at"),
    [
        ("Tuesday 2026-11-24 15:30", "Tuesday 2026-12-01 15:30"),
        ("Tuesday 2026-11-24 20:00", "Wednesday 2026-12-02 09:00"),
        ("Tuesday 2026-11-24 07:10", "Tuesday 2026-12-01 09:00"),
        ("Saturday 2026-11-28 11:00", "Monday 2026-12-07 09:00"),
        ("Saturday 2026-02-07 11:00", "Saturday 2026-02-14 11:00"),
        ("Wednesday 2026-02-11 12:00", "Tuesday 2026-02-24 09:00"),
    ],
)
def test_seven_days_later_within_working_hours(replied_at, visited_at):
    """Calendar days at the same clock time; at night or on a day off, the next opening.

    A Saturday that is worked as a make-up day counts as any other.
    """
    life = a_life(replied_at).on(replied_at, reply(OWNER, "telephone"))
    assert return_visit_at(life.complaint, POLICY) == at(visited_at)


def test_the_resident_is_asked_by_letter():
    """At its time, not before, and once; whose task it is reads of it in the morning letter."""
    assert REPLIED.on("Tuesday 2026-12-01 15:29", CHECK).latest == ()
    asked = REPLIED.on(ASKED, CHECK)
    assert asked.kinds == ("return_visit_asked",)
    assert asked.letters == BY_LETTER
    assert asked.on(ASKED, CHECK).latest == ()


def test_a_closed_complaint_is_asked_after_too():
    """Closing does not escape the question."""
    closed = REPLIED.on("Wednesday 2026-11-25 10:00", close(OWNER))
    assert closed.on(ASKED, CHECK).letters == BY_LETTER


@pytest.mark.parametrize(
    ("away", "conflicted_staff", "told"),
    [
        ({}, (), SUPERVISOR),
        ({"absent": True}, (), OWNER),
        ({"absent": True, "deputy": "leader"}, (), "leader"),
        ({"absent": True, "deputy": "jade-receptionist"}, (), OWNER),
        ({"absent": True, "deputy": "maple-supervisor"}, (), OWNER),
        ({}, (SUPERVISOR,), OWNER),
        (None, (), OWNER),
    ],
    ids=["there", "away", "deputy", "no post", "elsewhere", "complained about", "post empty"],
)
def test_it_is_the_supervisor_s_task_and_not_the_owner_s(away, conflicted_staff, told):
    """Where they are not there it is whoever stands in, or the next rung up."""
    life = a_life(MONDAY, **BY_PHONE).on(MONDAY, judge(valid=True), reply(OWNER, "telephone"))
    life = life.on(MONDAY, close(OWNER)).among(staff_but(jade_supervisor=away), conflicted_staff)
    asked = life.on("Monday 2026-11-30 10:00", CHECK)
    found = tasks(asked.complaint, asked.context, at("Monday 2026-11-30 10:00"))
    assert [(one.deadline, one.to) for one in found] == [("return_visit", told)]
    missed = asked.on("Monday 2026-12-07 10:00", CHECK)
    assert [step.to for step in of_kind(missed, "reminded")[-1].event.steps] == [told]
    assert asked.letters == missed.letters == ()


# ── The date that the reply promised ─────────────────────────────────────

PART = at("Friday 2026-12-18 18:00")
PROMISED = a_life(MONDAY).on(MONDAY, judge(valid=True), reply(OWNER, follow_up_by=PART))


def test_it_never_precedes_a_date_that_the_reply_promised():
    """It opens on the day after; a promise within the seven days puts nothing off."""
    assert on_the_wall(return_visit_at(PROMISED.complaint, POLICY)) == "Monday 2026-12-21 09:00"
    soon = a_life(MONDAY).on(MONDAY, reply(OWNER, follow_up_by=at("Wednesday 2026-11-25 18:00")))
    assert on_the_wall(return_visit_at(soon.complaint, POLICY)) == "Monday 2026-11-30 10:00"


def test_what_is_done_before_its_date_does_not_bring_it_forward():
    """The resident was told a date, and is asked after it."""
    done = PROMISED.on("Tuesday 2026-12-01 10:00", FollowUp(OWNER, "The part came."), close(OWNER))
    assert on_the_wall(return_visit_at(done.complaint, POLICY)) == "Monday 2026-12-21 09:00"


@pytest.mark.parametrize("held", [True, False, None])
def test_nobody_asks_before_that_date_is_over(held):
    """The staff are refused; the resident's own word is taken at any time."""
    asked = return_visit(SUPERVISOR, held=held)
    assert PROMISED.refusal("Friday 2026-12-18 17:00", asked).code == "visit_before_promise"
    done = PROMISED.on("Friday 2026-12-18 17:00", FollowUp(OWNER, "The part came."))
    assert done.on("Saturday 2026-12-19 09:30", asked).kinds[0].startswith("return_visit")
    assert PROMISED.on("Friday 2026-12-18 17:00", Confirm(RESIDENT, "page")).kinds == ("confirmed",)


def test_another_reply_is_asked_after_anew():
    """Answered once more after the question, there are seven days again."""
    again = REPLIED.on(ASKED, CHECK).on("Wednesday 2026-12-02 10:00", reply(OWNER))
    assert on_the_wall(return_visit_at(again.complaint, POLICY)) == "Wednesday 2026-12-09 10:00"
    assert again.on("Wednesday 2026-12-09 10:00", CHECK).letters == BY_LETTER
    visited = REPLIED.on(ASKED, return_visit(SUPERVISOR))
    again = visited.on("Wednesday 2026-12-02 10:00", reply(OWNER))
    assert on_the_wall(return_visit_at(again.complaint, POLICY)) == "Wednesday 2026-12-09 10:00"


# ── What nobody did ──────────────────────────────────────────────────────


def test_on_day_fourteen_it_was_not_carried_out():
    """Just that: nobody tried, nobody was asked, and the task stays."""
    missed = REPLIED.on(ASKED, CHECK).on(SILENT, CHECK)
    assert missed.kinds == ("return_visit_missed", "reminded")
    assert fields(missed.latest[0].event) == ()
    # The owner is to close it by that day.
    assert [step.to for step in missed.latest[1].event.steps] == [OWNER, SUPERVISOR]
    assert missed.letters == ()
    assert (missed.complaint.visited_at, missed.complaint.confirmed_at) == (None, None)


@pytest.mark.parametrize(
    ("replied_at", "missed_at", "reminded_at"),
    [
        ("Friday 2026-11-27 15:30", "Friday 2026-12-11 15:30", "Friday 2026-12-11 15:30"),
        ("Saturday 2026-11-28 11:00", "Saturday 2026-12-12 11:00", "Monday 2026-12-14 09:00"),
        ("Wednesday 2026-09-23 20:00", "Friday 2026-10-09 09:00", "Friday 2026-10-09 09:00"),
    ],
    ids=["on a working day", "at the weekend", "put off by National Day"],
)
def test_fourteen_calendar_days_after_the_reply_and_reminded_when_somebody_is_there(
    replied_at, missed_at, reminded_at
):
    """Where holidays put off the asking past that, there is a day to do it in."""
    life = a_life(replied_at).on(replied_at, reply(OWNER, "telephone"))
    life = lived(life, reminded_at)
    assert [on_the_wall(one.at) for one in of_kind(life, "return_visit_missed")] == [missed_at]
    visits = [one for one in of_kind(life, "reminded") if is_of_visit(one)]
    assert [on_the_wall(one.at) for one in visits] == [reminded_at]


def test_it_is_chased_each_working_day_until_it_is_done():
    """Closed or not, the supervisor alone is reminded; and no more once it is done."""
    life = REPLIED.on("Wednesday 2026-11-25 10:00", close(OWNER))
    life = lived(life, "Monday 2026-12-14 10:00")
    told = [
        (on_the_wall(one.at), [step.to for step in one.event.steps])
        for one in of_kind(life, "reminded")
        if is_of_visit(one)
    ]
    assert told == [
        ("Tuesday 2026-12-08 15:30", [SUPERVISOR]),
        ("Wednesday 2026-12-09 09:00", [SUPERVISOR]),
        ("Thursday 2026-12-10 09:00", [SUPERVISOR]),
        ("Friday 2026-12-11 09:00", [SUPERVISOR]),
        ("Monday 2026-12-14 09:00", [SUPERVISOR]),
    ]
    done = life.on("Monday 2026-12-14 10:00", return_visit(SUPERVISOR))
    assert next_due_at(done.complaint, POLICY) is None


# ── Tries ────────────────────────────────────────────────────────────────

TRY = return_visit(SUPERVISOR, held=None)


def test_a_try_is_kept_with_who_how_and_when_and_leaves_it_open():
    """The resident was not reached, and is still to be asked."""
    tried = REPLIED.on(ASKED, CHECK).on("Wednesday 2026-12-02 16:00", TRY)
    (record,) = tried.latest
    assert (record.event.told_by, record.event.ends) == ("telephone", False)
    assert record.words == {"text": "Asked on the telephone."}
    assert tried.complaint.visit_tries == (at("Wednesday 2026-12-02 16:00"),)
    assert tried.on(SILENT, CHECK).kinds == ("return_visit_missed", "reminded")


def tried_on(*moments):
    """Whether each try ended it, the visit having opened on Tuesday the first."""
    life, ends = REPLIED.on(ASKED, CHECK), []
    for moment in moments:
        life = life.on(moment, TRY)
        ends.append(life.latest[0].event.ends)
    return life, ends


def test_the_third_on_a_third_working_day_ends_it():
    """Then it is not reached, and nobody is reminded any more."""
    days = ("Tuesday 2026-12-01 16:00", "Wednesday 2026-12-02 09:00", "Friday 2026-12-04 18:00")
    life, ends = tried_on(*days)
    assert ends == [False, False, True]
    assert life.complaint.visited_at == at(days[-1])
    assert next_due_at(life.on(days[-1], close(OWNER)).complaint, POLICY) is None


def test_only_tries_on_working_days_of_their_own_count():
    """Three calls in an afternoon are one day's, and those of a weekend are none's."""
    _, ends = tried_on(
        "Tuesday 2026-12-01 16:00",
        "Tuesday 2026-12-01 17:00",
        "Tuesday 2026-12-01 18:00",
        "Saturday 2026-12-05 10:00",
        "Sunday 2026-12-06 10:00",
        "Monday 2026-12-07 10:00",
    )
    assert not any(ends)


def test_tries_before_it_opens_do_not_end_it():
    """No haste gets rid of the question."""
    life = REPLIED
    for day in ("Wednesday 2026-11-25", "Thursday 2026-11-26", "Friday 2026-11-27"):
        life = life.on(f"{day} 10:00", TRY)
        assert not life.latest[0].event.ends
    assert life.on(ASKED, CHECK).kinds == ("return_visit_asked",)


@pytest.mark.parametrize("answer", [Confirm(RESIDENT, "page"), return_visit(SUPERVISOR, held=True)])
def test_once_it_is_over_no_try_is_recorded(answer):
    """The resident has said that it held: whoever then reached nobody has nothing to do."""
    over = REPLIED.on(ASKED, CHECK).on("Wednesday 2026-12-02 10:00", answer)
    assert over.refusal("Thursday 2026-12-03 10:00", TRY).code == "visit_over"


def test_an_ended_visit_is_tried_no_more():
    """Not reached on three working days, a fourth try is none."""
    days = ("Wednesday 2026-12-02", "Thursday 2026-12-03", "Friday 2026-12-04")
    life = REPLIED.on(ASKED, CHECK)
    for day in days:
        life = life.on(f"{day} 10:00", TRY)
    assert life.refusal("Monday 2026-12-07 10:00", TRY).code == "visit_over"


def test_what_was_judged_invalid_has_no_visit_to_try():
    """Its explanation is disputed or stands; nobody is asked whether it held."""
    life = a_life(MONDAY).on(MONDAY, judge(valid=False), reply(OWNER))
    assert life.refusal("Thursday 2026-12-03 10:00", TRY).code == "visit_over"


def test_a_letter_is_no_try_of_the_visit():
    """As with the first contact: by e-mail, the letter that goes out is the asking."""
    tried = ReturnVisit(SUPERVISOR, None, "email")
    assert REPLIED.on(ASKED, CHECK).refusal(ASKED, tried).code == "unreached_by_email"


@pytest.mark.parametrize("satisfaction", ["satisfied", "mostly_satisfied", "dissatisfied", ""])
def test_how_satisfied_the_resident_is_is_recorded_or_that_nobody_asked(satisfaction):
    """Beside whether it held; a dissatisfied resident may say that it is solved."""
    asked = ReturnVisit(SUPERVISOR, True, "telephone", satisfaction=satisfaction)
    life = REPLIED.on(ASKED, CHECK).on(ASKED, asked)
    assert life.latest[0].event.satisfaction == (satisfaction or None)


def test_a_resident_who_disputes_may_say_how_satisfied_they_are():
    """On a visit it stands with the visit, and once."""
    disputed = REPLIED.on(ASKED, Dispute(RESIDENT, "", "page", "dissatisfied"))
    assert disputed.latest[0].event.satisfaction == "dissatisfied"
    asked = ReturnVisit(SUPERVISOR, False, "telephone", "It drips.", "dissatisfied")
    told = [one.event.satisfaction for one in REPLIED.on(ASKED, asked).latest]
    assert told == ["dissatisfied", None]


@pytest.mark.parametrize(
    "answer",
    [Confirm(RESIDENT, "page"), return_visit(SUPERVISOR, held=True)],
    ids=["the resident confirms", "staff ask"],
)
def test_the_resident_s_answer_settles_it(answer):
    """Before the question or after it: once the resident said that it held, nobody asks again."""
    before = REPLIED.on("Wednesday 2026-11-25 10:00", answer).on(ASKED, CHECK)
    after = REPLIED.on(ASKED, CHECK).on(ASKED, answer).on(SILENT, CHECK)
    for life in (before, after):
        assert not {"return_visit_asked", "return_visited"}.intersection(life.kinds)


def test_not_reached_by_the_staff_the_resident_is_still_asked():
    """A visit that reached nobody leaves the question open."""
    life = REPLIED.on("Wednesday 2026-11-25 10:00", return_visit(SUPERVISOR, held=None))
    assert life.on(ASKED, CHECK).kinds == ("return_visit_asked",)


def test_a_new_round_has_a_visit_of_its_own():
    """Disputed, the old question is void; after the new reply the resident is asked anew."""
    again = REPLIED.on(ASKED, CHECK).on(ASKED, Dispute(RESIDENT, "", "page"))
    assert return_visit_at(again.complaint, POLICY) is None
    answered = again.on("Thursday 2026-12-03 10:00", reply(OWNER))
    assert return_visit_at(answered.complaint, POLICY) == at("Thursday 2026-12-10 10:00")


@pytest.mark.parametrize(
    "life",
    [
        a_life(MONDAY),
        a_life(MONDAY).on(MONDAY, judge(valid=False), reply(OWNER)),
        REPLIED.on("Wednesday 2026-11-25 10:00", dispute(OWNER)),
        REPLIED.on("Wednesday 2026-11-25 10:00", close(OWNER), Erase(OWNER, "She asked.")),
    ],
    ids=["no reply", "explained", "disputed", "erased"],
)
def test_without_a_reply_that_holds_nobody_asks(life):
    """There is nothing to ask after, or nobody to ask."""
    assert return_visit_at(life.complaint, POLICY) is None

"""Facts found out later, questions to the resident, and what a reply promised."""

from datetime import timedelta
from decimal import Decimal

import pytest

from chalicelib.domain.commands import AwaitAnswer, FollowUp, Message, RecordFacts
from chalicelib.domain.deadlines import deadlines
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.notices import Notice
from support.examples import (
    CHECK,
    POLICY,
    a_life,
    acknowledge,
    agree,
    at,
    close,
    dispute,
    feedback,
    judge,
    on_the_wall,
    reply,
    update,
)

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
WEDNESDAY, FRIDAY = "Wednesday 2026-11-25 10:00", "Friday 2026-11-27 15:00"
MANAGER, SUPERVISOR = "jade-manager", "jade-supervisor"


def clocks(life):
    """What runs, as on the wall."""
    return {name: on_the_wall(one.at) for name, one in deadlines(life.complaint, POLICY).items()}


@pytest.mark.parametrize(
    ("found", "clause"),
    [({"hurt": True}, "5.1.2"), ({"loss": Decimal(5000)}, "5.1.2")],
)
def test_an_injury_or_a_major_loss_is_major_at_the_moment_it_is_recorded(found, clause):
    """5.1.2: the escalation stands on the record with it, and leadership is told."""
    life = a_life(MONDAY, cause="facility")
    life = life.on(TUESDAY, RecordFacts("jade-receptionist", "She rang.", **found))
    assert life.kinds == ("facts_recorded", "escalated")
    assert (life.complaint.severity, life.owner) == ("major", MANAGER)
    assert clause in life.complaint.verdict.clauses
    assert {one.to for one in life.letters if one.letter == "escalated"} >= {"leader", MANAGER}
    assert clocks(life)["acknowledge"] == "Tuesday 2026-11-24 12:00"


def test_the_third_time_is_recorded_and_is_major():
    """5.1.1: a promised service, and raised twice before this one."""
    life = a_life(MONDAY, cause="promise")
    once = life.on(TUESDAY, RecordFacts(SUPERVISOR, "In the book.", times_raised=1))
    assert once.kinds == ("facts_recorded",)
    twice = once.on(TUESDAY, RecordFacts(SUPERVISOR, "And once more.", times_raised=2))
    assert twice.complaint.verdict.clauses == ("5.1.1", "5.2.1")


def test_a_fact_lowers_nothing_by_itself():
    """That nobody was hurt after all is recorded; the severity falls by a judgement alone."""
    life = a_life(MONDAY, hurt=True).on(TUESDAY, RecordFacts(SUPERVISOR, "A scare.", hurt=False))
    assert (life.complaint.hurt, life.complaint.severity) == (False, "major")
    assert life.on(TUESDAY, judge(cause="facility")).complaint.severity == "minor"


def test_what_is_known_already_is_no_new_fact():
    """A form sent without anything in it, or twice, says so."""
    life = a_life(MONDAY, hurt=True)
    assert life.refusal(TUESDAY, RecordFacts(SUPERVISOR, "-", hurt=True)).code == "nothing_new"
    assert life.refusal(TUESDAY, RecordFacts(SUPERVISOR, "-")).code == "nothing_new"
    assert life.refusal(TUESDAY, RecordFacts(SUPERVISOR, " ", hurt=False)).code == "text_missing"


def test_a_question_stops_the_clocks_that_the_policy_names():
    """17 working hours of the reply are left after three days of waiting; the month goes on."""
    life = a_life(MONDAY).on("Friday 2026-11-27 10:00", AwaitAnswer(MANAGER, "Which tap?"))
    assert clocks(life) == {
        "reply": "Friday 2026-12-04 17:00",
        "silence": "Monday 2026-12-07 18:00",
        "feedback": "Tuesday 2026-11-24 18:00",
        "judge": "Wednesday 2026-11-25 18:00",
        "month": "Wednesday 2026-12-23 10:00",
    }
    assert life.promises[1] == "Monday 2026-11-30 18:00"


def test_the_resident_s_answer_resumes_the_deadlines():
    """As much working time as there was left at the question: eight hours, and nine of Monday."""
    life = a_life(MONDAY).on("Friday 2026-11-27 10:00", AwaitAnswer(MANAGER, "Which tap?"))
    soon = life.on("Friday 2026-11-27 12:00", Message(RESIDENT, "The left one."))
    assert clocks(soon)["reply"] == "Tuesday 2026-12-01 11:00"
    late = life.on("Tuesday 2026-12-01 12:00", Message(RESIDENT, "The left one."))
    assert clocks(late)["reply"] == "Thursday 2026-12-03 11:00"
    by_telephone = life.on("Tuesday 2026-12-01 12:00", Message("jade-receptionist", "The left."))
    assert clocks(by_telephone) == clocks(late)
    assert by_telephone.letters == (Notice("message", MANAGER),)


def test_while_an_answer_is_awaited_nobody_is_reminded_of_the_reply():
    """The reply is missed when its time after the pause has come, and not before."""
    life = a_life(MONDAY).on(TUESDAY, acknowledge(MANAGER), judge(valid=True), feedback())
    life = life.on("Friday 2026-11-27 10:00", AwaitAnswer(MANAGER, "Which tap?"))
    assert life.on("Tuesday 2026-12-01 18:00", CHECK).latest == ()
    assert life.on("Thursday 2026-12-03 18:00", CHECK).latest == ()
    missed = life.on("Friday 2026-12-04 17:00", CHECK)
    assert missed.latest[0].event.promises == ("reply",)


def test_an_agreed_time_stops_the_silence_alone():
    """The resident knows when they will hear; the reply stays due as they were told."""
    life = a_life(MONDAY).on(TUESDAY, acknowledge(MANAGER), agree(MANAGER, FRIDAY))
    assert clocks(life)["silence"] == "Wednesday 2026-12-02 18:00"
    assert clocks(life)["reply"] == "Monday 2026-11-30 18:00"


def test_what_cannot_be_asked():
    """Not by e-mail of one without, not after the reply, and not without a question."""
    life = a_life(MONDAY, reachable_by=("phone",))
    assert life.refusal(TUESDAY, AwaitAnswer(MANAGER, "Which?")).code == "no_email"
    assert life.refusal(TUESDAY, AwaitAnswer(MANAGER, " ")).code == "text_missing"
    replied = life.on(TUESDAY, reply(MANAGER, "telephone"))
    asked = AwaitAnswer(MANAGER, "Which?", "telephone")
    assert replied.refusal(TUESDAY, asked).code == "replied_no_question"


def test_what_a_reply_promises_is_chased_and_keeps_the_complaint_open():
    """Principle 4: no fading out after the reply; done, it can be closed."""
    promise = reply(MANAGER, follow_up_by=at("Friday 2026-12-04 12:00"))
    life = a_life(MONDAY).on(TUESDAY, judge(valid=True), promise)
    assert clocks(life) == {"follow_up": "Friday 2026-12-04 12:00"}
    assert life.refusal(WEDNESDAY, close(MANAGER)).params["lacking"] == ("follow_up",)
    reminded = life.on("Friday 2026-12-04 09:00", CHECK)
    assert [step.number for step in reminded.latest[0].event.steps] == [0]
    missed = life.on("Friday 2026-12-04 12:00", CHECK)
    assert missed.latest[0].event.promises == ("follow_up",)
    done = missed.on(
        "Friday 2026-12-04 13:00", FollowUp(MANAGER, "The part is in."), close(MANAGER)
    )
    assert done.complaint.status == "closed"


def test_a_follow_up_must_lie_ahead_and_be_there():
    """Not before the reply, not further than is agreed of any time, and not where none is."""
    life = a_life(MONDAY)
    for follow_up_by in (at(MONDAY), at(TUESDAY) + timedelta(days=91)):
        refused = life.refusal(TUESDAY, reply(MANAGER, follow_up_by=follow_up_by))
        assert refused.code == "follow_up_impossible"
    assert life.refusal(TUESDAY, FollowUp(MANAGER, "Done.")).code == "nothing_to_follow_up"


def test_a_new_round_makes_promise_and_pause_void():
    """Disputed, the reply and what it promised count no more (5.1.3, our setting)."""
    promise = reply(MANAGER, follow_up_by=at("Friday 2026-12-04 12:00"))
    life = a_life(MONDAY).on(TUESDAY, promise).on(WEDNESDAY, dispute(MANAGER))
    assert "follow_up" not in clocks(life)
    assert life.complaint.awaiting_until is None


def test_what_was_overdue_before_the_question_stays_overdue():
    """No question hides a promise that is broken already."""
    life = a_life(MONDAY).on("Monday 2026-11-30 18:00", CHECK)
    asked = life.on("Tuesday 2026-12-01 14:00", AwaitAnswer(MANAGER, "Which tap?"))
    assert clocks(asked)["reply"] == "Monday 2026-11-30 18:00"
    assert asked.on("Wednesday 2026-12-02 09:00", CHECK).kinds == ("reminded",)


def test_asked_again_while_an_answer_is_awaited_it_is_one_wait():
    """The wait is as long as the last question gives it, from the first question on."""
    life = a_life(MONDAY).on("Friday 2026-11-27 10:00", AwaitAnswer(MANAGER, "Which tap?"))
    again = life.on("Tuesday 2026-12-01 10:00", AwaitAnswer(MANAGER, "And since when?"))
    assert clocks(again)["reply"] == "Tuesday 2026-12-08 17:00"


def test_a_reply_ends_the_wait():
    """Nobody waits for an answer that is not needed any more."""
    life = a_life(MONDAY).on(TUESDAY, AwaitAnswer(MANAGER, "Which tap?"), reply(MANAGER))
    assert life.complaint.awaiting_until is None


@pytest.mark.parametrize("valid", [True, False])
def test_a_second_reply_takes_no_promise_back(valid):
    """What the first promised is still to be done, and keeps the complaint open."""
    promised = reply(MANAGER, follow_up_by=at("Friday 2026-12-04 12:00"))
    life = a_life(MONDAY).on(TUESDAY, judge(valid=True), promised)
    life = life.on(WEDNESDAY, judge(valid=valid), reply(MANAGER))
    assert clocks(life)["follow_up"] == "Friday 2026-12-04 12:00"
    assert life.refusal(WEDNESDAY, close(MANAGER)).params["lacking"] == ("follow_up",)


@pytest.mark.parametrize(
    ("moment", "kept"),
    [
        ("Thursday 2026-11-26 17:00", False),
        ("Friday 2026-11-27 09:30", True),
        ("Friday 2026-11-27 16:00", True),
    ],
)
def test_a_word_on_the_agreed_day_keeps_the_agreed_time(moment, kept):
    """Told how things stand on that day, the resident was reported back to; the day before, not."""
    life = a_life(MONDAY).on(TUESDAY, acknowledge(MANAGER), agree(MANAGER, FRIDAY))
    assert ("agreed" not in clocks(life.on(moment, update(MANAGER)))) is kept

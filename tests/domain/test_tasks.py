"""Who has what to do about a complaint, and with which verb."""

import pytest

from chalicelib import locales
from chalicelib.domain.commands import AwaitAnswer, Message, Note
from chalicelib.domain.deadlines import CLAUSES
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.tasks import KEPT_BY, MESSAGE, tasks, tasks_of
from chalicelib.domain.verbs import GROUPS, STAFF_VERBS
from support.examples import (
    a_life,
    acknowledge,
    agree,
    at,
    close,
    dispute,
    feedback,
    judge,
    reply,
    staff_but,
    update,
)

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
OWNER, SUPERVISOR, HEAD = "jade-manager", "jade-supervisor", "head-of-engineering"
NO_TASK = {"month"}
"""What only counts: nobody keeps it by doing something."""


def of(life, staff_id, moment=TUESDAY):
    """What this person has to do: each deadline with its verb, what is due first before."""
    found = tasks(life.complaint, life.context, at(moment))
    return [(one.deadline, one.verb) for one in tasks_of(staff_id, found)]


@pytest.mark.parametrize("deadline", CLAUSES)
def test_every_deadline_is_kept_by_a_verb_of_the_desk(deadline):
    """A deadline that somebody must keep names the verb that keeps it."""
    assert (deadline in KEPT_BY) is (deadline not in NO_TASK)
    assert deadline in NO_TASK or KEPT_BY[deadline] in STAFF_VERBS


def test_each_verb_stands_in_one_group_of_the_page():
    """None is left out, and none is there twice."""
    grouped = [verb for verbs in GROUPS.values() for verb in verbs]
    assert sorted(grouped) == sorted(STAFF_VERBS)


def test_each_has_their_own():
    """The owner makes contact, the head gives feedback, the supervisor judges validity."""
    life = a_life(MONDAY)
    assert of(life, OWNER) == [("acknowledge", "acknowledge")]
    assert of(life, HEAD) == [("feedback", "give-feedback")]
    assert of(life, SUPERVISOR) == [("judge", "judge")]
    assert of(life, "leader") == []


def test_to_judge_is_the_supervisors_whoever_owns_it():
    """Once it is judged there is nothing to judge."""
    life = a_life(MONDAY, cause="unsure")
    assert ("judge", "judge") not in of(life, OWNER)
    judged = life.on(TUESDAY, judge(SUPERVISOR, valid=True, severity="minor"))
    assert ("judge", "judge") not in of(judged, SUPERVISOR)


def test_after_the_reply_the_owner_closes():
    """Though it is solved, nobody is done with it yet."""
    life = a_life(MONDAY).on(TUESDAY, judge(SUPERVISOR, valid=True), reply(OWNER))
    assert of(life, OWNER) == [("close", "close")]


def test_what_was_done_is_no_task_any_more():
    """After the first contact the reply is to do, and the head is done with the feedback."""
    life = a_life(MONDAY).on(TUESDAY, acknowledge(OWNER), feedback(HEAD))
    assert ("reply", "reply") in of(life, OWNER)
    assert ("acknowledge", "acknowledge") not in of(life, OWNER)
    assert of(life, HEAD) == []


def test_word_to_the_resident_is_to_do_once_it_is_silent():
    """Not while it is not due: a reply or anything else said is word as well."""
    life = a_life(MONDAY).on(TUESDAY, acknowledge(OWNER), judge(SUPERVISOR, valid=True))
    assert ("silence", "update") not in of(life, OWNER)
    assert ("silence", "update") in of(life, OWNER, "Wednesday 2026-12-02 10:00")


def test_an_absent_heads_task_is_whoever_answers_for_the_department():
    """The next rung up, as for letters."""
    life = a_life(MONDAY).among(staff_but(head_of_engineering={"absent": True}))
    assert ("feedback", "give-feedback") in of(life, OWNER)


def test_a_deputy_who_may_not_give_feedback_is_not_asked_for_it():
    """No head, and the supervisor in the manager's place: the leadership can give it."""
    away = {"absent": True, "deputy": SUPERVISOR}
    life = a_life(MONDAY).among(staff_but(head_of_engineering=None, jade_manager=away))
    assert ("feedback", "give-feedback") not in of(life, SUPERVISOR)
    assert ("feedback", "give-feedback") in of(life, "leader")


def test_what_is_late_says_so():
    """From the very instant that it is due."""
    life = a_life(MONDAY)
    (task,) = tasks_of(OWNER, tasks(life.complaint, life.context, at(MONDAY)))
    assert not task.is_late(at(TUESDAY))
    assert task.is_late(task.at)


@pytest.mark.parametrize("language", locales.LANGUAGES)
@pytest.mark.parametrize("deadline", [*KEPT_BY, MESSAGE])
def test_each_kind_has_its_words(deadline, language):
    """On the desk, in the morning letter's subject, and where somebody else has not done it."""
    assert locales.say_desk(language, f"task.{deadline}")
    assert "7" in locales.say(language, f"morning.count_{deadline}", count=7)
    assert locales.say(language, f"todo.{deadline}")


# ── What the resident wrote ──────────────────────────────────────────────

WROTE = "Wednesday 2026-11-25 10:00"
ANSWER = (MESSAGE, "update")


def contacted(**facts):
    """A complaint whose resident was spoken to, and which was judged."""
    done = acknowledge(OWNER, "telephone"), judge(SUPERVISOR, valid=True)
    return a_life(MONDAY, **facts).on(TUESDAY, *done)


def wrote(life=None, by=RESIDENT):
    """The resident wrote something, or told the one who wrote it down."""
    return (life or contacted()).on(WROTE, Message(by, "It drips again."))


def test_what_the_resident_wrote_is_the_owners_to_answer():
    """From when it came, and before what is only due later; it is never late."""
    life = wrote()
    assert of(life, OWNER, WROTE)[0] == ANSWER
    (task, *_) = tasks_of(OWNER, tasks(life.complaint, life.context, at(WROTE)))
    assert task.at == at(WROTE)
    assert not task.is_late(at("Friday 2026-12-25 10:00"))
    assert ANSWER not in of(life, HEAD, WROTE)


def test_an_answer_to_a_question_is_to_be_read():
    """The wait is over, and somebody goes on."""
    asked = contacted().on(TUESDAY, AwaitAnswer(OWNER, "Which tap?", "telephone"))
    assert ANSWER not in of(asked, OWNER, WROTE)
    assert ANSWER in of(wrote(asked), OWNER, WROTE)


@pytest.mark.parametrize(
    "said",
    [
        update(OWNER),
        AwaitAnswer(OWNER, "Where?", "telephone"),
        agree(OWNER, "Friday 2026-11-27 15:00"),
        reply(OWNER, "telephone"),
    ],
)
def test_any_word_to_the_resident_answers_it(said):
    """Gone with whatever the owner says; the next message is one anew."""
    answered = wrote().on("Wednesday 2026-11-25 11:00", said)
    assert ANSWER not in of(answered, OWNER, "Wednesday 2026-11-25 12:00")
    again = answered.on("Wednesday 2026-11-25 13:00", Message(RESIDENT, "And the wall is wet."))
    assert ANSWER in of(again, OWNER, "Wednesday 2026-11-25 14:00")


def test_what_was_said_before_it_came_answers_nothing():
    """A reply told at ten and written down at noon leaves what came at eleven open."""
    at_eleven = contacted().on("Wednesday 2026-11-25 11:00", Message(RESIDENT, "Also the wall."))
    told = reply(OWNER, "telephone", told_at=at("Wednesday 2026-11-25 10:00"))
    noon = "Wednesday 2026-11-25 12:00"
    assert ANSWER in of(at_eleven.on(noon, told), OWNER, noon)


def test_what_a_colleague_took_down_is_to_be_answered_and_what_the_owner_heard_is_not():
    """The owner was on the telephone themselves."""
    assert ANSWER in of(wrote(by="jade-receptionist"), OWNER, WROTE)
    assert ANSWER not in of(wrote(by=OWNER), OWNER, WROTE)


@pytest.mark.parametrize(
    "done", [Note(OWNER, "Seen."), feedback(HEAD), judge(SUPERVISOR, slight=True)]
)
def test_what_the_resident_does_not_hear_answers_nothing(done):
    """A note, a feedback and a judgement are among the staff."""
    assert ANSWER in of(wrote().on(WROTE, done), OWNER, WROTE)


def test_a_first_contact_comes_before_it_and_a_dispute_takes_its_place():
    """Nobody is asked twice to speak to the resident about one thing."""
    fresh = a_life(MONDAY).on(MONDAY, Message(RESIDENT, "Please hurry."))
    assert of(fresh, OWNER) == [("acknowledge", "acknowledge")]
    replied = contacted().on(TUESDAY, reply(OWNER, "telephone"))
    disputed = wrote(replied).on(WROTE, dispute(RESIDENT, "page"))
    assert [one for one in of(disputed, OWNER, WROTE) if one == ANSWER] == []
    closed = wrote(replied).on(WROTE, close(OWNER))
    assert ANSWER not in of(closed, OWNER, WROTE)


def test_the_agreed_time_is_a_task_with_its_hour():
    """On its day it stands in the list at its hour, and is kept by word to the resident."""
    life = contacted().on(TUESDAY, agree(OWNER, "Friday 2026-11-27 15:00"))
    found = tasks_of(OWNER, tasks(life.complaint, life.context, at("Friday 2026-11-27 09:00")))
    (agreed,) = (one for one in found if one.deadline == "agreed")
    assert (agreed.verb, agreed.at) == ("update", at("Friday 2026-11-27 15:00"))
    kept = life.on("Friday 2026-11-27 15:00", update(OWNER))
    assert ("agreed", "update") not in of(kept, OWNER, "Friday 2026-11-27 16:00")

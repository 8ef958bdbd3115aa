"""Who has what to do about a complaint, and with which verb."""

import pytest

from chalicelib import locales
from chalicelib.domain.deadlines import CLAUSES
from chalicelib.domain.tasks import KEPT_BY, tasks, tasks_of
from chalicelib.domain.verbs import GROUPS, STAFF_VERBS
from support.examples import a_life, acknowledge, at, feedback, judge, reply, staff_but

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


def test_what_is_late_says_so():
    """From the very instant that it is due."""
    life = a_life(MONDAY)
    (task,) = tasks_of(OWNER, tasks(life.complaint, life.context, at(MONDAY)))
    assert not task.is_late(at(TUESDAY))
    assert task.is_late(task.at)


@pytest.mark.parametrize("language", locales.LANGUAGES)
@pytest.mark.parametrize("deadline", KEPT_BY)
def test_each_kind_has_its_words(deadline, language):
    """On the desk, in the morning letter's subject, and where somebody else has not done it."""
    assert locales.say_desk(language, f"task.{deadline}")
    assert "7" in locales.say(language, f"morning.count_{deadline}", count=7)
    assert locales.say(language, f"todo.{deadline}")

"""Every pause counts: what was left of a deadline before it is left after it (our setting)."""

from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.domain.commands import AgreeTime, AwaitAnswer, Message
from chalicelib.domain.deadlines import deadlines
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.policy import Pauses, Within
from support.examples import (
    CHECK,
    FACTS_FOR,
    POLICY,
    SHANGHAI,
    a_life,
    acknowledge,
    agree,
    at,
    feedback,
    judge,
    on_the_wall,
    update,
)
from support.values import replace

TUESDAY = "Tuesday 2026-11-24 10:00"
SUPERVISOR, MANAGER = "jade-supervisor", "jade-manager"
BOTH = frozenset({"reply", "silence"})
PAUSING = replace(POLICY, pauses=Pauses(waiting_for_resident=BOTH, agreed_time=BOTH))
"""A policy under which an agreed time pauses the reply too."""
ANSWER = Message(RESIDENT, "The left one.")

minutes = st.integers(0, 4 * 24 * 60).map(lambda count: timedelta(minutes=count))
acts = st.lists(st.tuples(minutes, st.sampled_from(["ask", "answer", "agree"])), max_size=6)


def question(by=MANAGER):
    return AwaitAnswer(by, "Which tap?", "telephone")


def due(life):
    """When the reply is due."""
    return deadlines(life.complaint, life.context.policy)["reply"].at


def left(life, now):
    """The working time that is left for the reply."""
    return POLICY.working_time.length_between(now, due(life), SHANGHAI)


def acted(life, now, act, wait=timedelta(days=2)):
    """The story after this; nothing where it cannot be done at that moment."""
    commands = {"ask": question(), "answer": ANSWER, "agree": AgreeTime(MANAGER, now + wait, "-")}
    try:
        return life.on(now, commands[act])
    except RefusedError:
        return life


def any_life(done, policy=PAUSING):
    """A major complaint after these acts, and the moment of the last."""
    now = at(TUESDAY)
    life = a_life(now, policy, **FACTS_FOR["major"])
    for gap, act in done:
        now += gap
        life = acted(life, now, act)
    return life, now


def asked_twice():
    """A minor complaint, due Thursday at 18:00, asked about on Wednesday and again on Friday."""
    life = a_life(TUESDAY, **FACTS_FOR["minor"])
    life = life.on(TUESDAY, acknowledge(SUPERVISOR), judge(valid=True), feedback())
    asked = life.on("Wednesday 2026-11-25 10:00", question(SUPERVISOR))
    answered = asked.on("Friday 2026-11-27 10:01", ANSWER)
    return life, answered, answered.on("Friday 2026-11-27 11:02", question(SUPERVISOR))


def test_a_second_question_makes_nothing_overdue():
    """17 hours were left on Wednesday; an hour and a minute of them had gone on Friday."""
    life, answered, again = asked_twice()
    assert on_the_wall(due(life)) == "Thursday 2026-11-26 18:00"
    assert on_the_wall(due(answered)) == "Tuesday 2026-12-01 09:01"
    assert again.on("Friday 2026-11-27 11:03", CHECK).latest == ()
    answered_again = again.on("Monday 2026-11-30 11:02", ANSWER)
    assert on_the_wall(due(answered_again)) == "Wednesday 2026-12-02 09:01"
    missed = answered_again.on("Wednesday 2026-12-02 09:01", CHECK).latest
    assert [one.event.promises for one in missed if one.kind == "missed"] == [("reply",)]


def test_a_third_question_counts_as_the_others_do():
    """However often one asks, only the four minutes in which nobody was asked are gone."""
    _, _, again = asked_twice()
    life = again.on("Friday 2026-11-27 11:03", ANSWER)
    for minute in range(4, 8):
        life = life.on(f"Friday 2026-11-27 11:0{minute}", question(SUPERVISOR), ANSWER)
    left_then = POLICY.working_time.length_between(
        at("Friday 2026-11-27 11:07"), due(life), SHANGHAI
    )
    assert left_then == timedelta(hours=15, minutes=55)


@given(acts, minutes)
@settings(max_examples=40)
def test_a_question_never_makes_a_reply_due_earlier(done, gap):
    """Nor does any number of them, with whatever answers and agreed times before."""
    life, now = any_life(done)
    now += gap
    for act in ("ask", "agree"):
        assert due(acted(life, now, act)) >= due(life)


@given(acts, minutes, minutes)
@settings(max_examples=40)
@example([], timedelta(hours=1), timedelta(days=3))
def test_what_was_left_before_a_question_is_left_after_the_answer(done, gap, wait):
    """In working time, unless it was overdue already; without an answer, after the wait."""
    life, now = any_life([(each, act) for each, act in done if act != "agree"])
    life, now = acted(life, now, "answer"), now + gap
    asked = acted(life, now, "ask")
    until = min(now + wait, asked.complaint.awaiting_until)
    answered = acted(asked, until, "answer")
    if due(life) > now:
        assert left(answered, until) == left(life, now)
    else:
        assert due(answered) == due(life)


@given(acts, minutes)
@settings(max_examples=40)
def test_asking_and_answering_at_once_changes_nothing(done, gap):
    """A wait of no length takes no time away and gives none."""
    life, now = any_life(done)
    life, now = acted(life, now, "answer"), now + gap
    assert due(acted(acted(life, now, "ask"), now, "answer")) == due(life)


@given(acts, minutes)
@settings(max_examples=40)
def test_an_answer_never_puts_a_reply_off(done, gap):
    """It ends the wait, so that the reply is due no later than without it."""
    life, now = any_life(done)
    assert due(acted(life, now + gap, "answer")) <= due(life)


@given(acts)
@settings(max_examples=20)
def test_what_pauses_nothing_moves_nothing(done):
    """Under a policy that pauses nothing the reply stays due as it was promised."""
    nothing = replace(POLICY, pauses=Pauses(frozenset(), frozenset()))
    life, _ = any_life(done, nothing)
    assert due(life) == life.complaint.promises.reply_by


def test_pauses_that_overlap_count_once():
    """A question on Wednesday while a time is agreed until Friday: two days, not four."""
    wednesday = "Wednesday 2026-11-25 18:00"
    life = a_life(TUESDAY, PAUSING).on(wednesday, agree(MANAGER, "Friday 2026-11-27 18:00"))
    both = life.on(wednesday, question()).on("Friday 2026-11-27 18:00", ANSWER)
    assert due(both) == due(life) == at("Thursday 2026-12-03 18:00")


def test_a_time_agreed_anew_ends_the_one_before():
    """Agreed for Friday, then for Wednesday instead: only the time until Wednesday is paused."""
    life = a_life(TUESDAY, PAUSING).on(TUESDAY, agree(MANAGER, "Friday 2026-11-27 10:00"))
    sooner = life.on(TUESDAY, agree(MANAGER, "Wednesday 2026-11-25 10:00"))
    assert on_the_wall(due(life)) == "Friday 2026-12-04 18:00"
    assert on_the_wall(due(sooner)) == "Wednesday 2026-12-02 18:00"


def test_a_talk_before_the_agreed_hour_ends_its_pause():
    """Told at ten on the day agreed for six in the evening, the time goes on from ten."""
    life = a_life(TUESDAY, PAUSING).on(TUESDAY, agree(MANAGER, "Wednesday 2026-11-25 18:00"))
    told = life.on("Wednesday 2026-11-25 10:00", update(MANAGER))
    assert on_the_wall(due(life)) == "Thursday 2026-12-03 17:00"
    assert on_the_wall(due(told)) == "Wednesday 2026-12-02 18:00"


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ("Tuesday 2026-11-24 12:00", "Wednesday 2026-11-25 12:00"),
        ("Wednesday 2026-11-25 09:00", "Thursday 2026-11-26 09:00"),
    ],
)
def test_hours_that_were_promised_go_on_by_the_clock(answered, expected):
    """A reply promised within a day and night has as many hours after the answer, at any time."""
    promised = tuple(replace(one, reply=Within(hours=24)) for one in POLICY.severities)
    life = a_life(TUESDAY, replace(POLICY, severities=promised)).on(TUESDAY, question())
    assert on_the_wall(due(life.on(answered, ANSWER))) == expected

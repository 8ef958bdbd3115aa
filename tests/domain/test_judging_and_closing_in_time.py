"""Judging and closing have deadlines of their own, which no reply silences (2, principle 4)."""

import pytest

from chalicelib.domain.commands import FollowUp, Merge
from chalicelib.domain.deadlines import deadlines
from chalicelib.domain.model import RESIDENT, DeadlineBasis
from chalicelib.domain.policy import Within
from support.examples import (
    CHECK,
    POLICY,
    a_life,
    acknowledge,
    at,
    close,
    confirm,
    dispute,
    feedback,
    judge,
    on_the_wall,
    reply,
)

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
WEDNESDAY = "Wednesday 2026-11-25 10:00"
SUPERVISOR, MANAGER, LEADER = "jade-supervisor", "jade-manager", "leader"
VALID = judge(valid=True)


def due(life, name):
    """When it falls due, as on the wall; None when it does not run."""
    found = deadlines(life.complaint, POLICY).get(name)
    return found and on_the_wall(found.at)


def asked_of(life, name, *moments):
    """Whom each sweep reminds of it, in their order."""
    found = []
    for moment in moments:
        life = life.on(moment, CHECK)
        events = [one.event for one in life.latest if one.kind == "reminded"]
        found += [step.to for event in events for step in event.steps if step.deadline == name]
    return found


@pytest.mark.parametrize(
    ("cause", "expected"),
    [("service", "Wednesday 2026-11-25 18:00"), ("unsure", "Tuesday 2026-11-24 18:00")],
)
def test_a_complaint_is_judged_within_two_days_or_one(cause, expected):
    """Two working days from receipt; one where the facts decide nothing."""
    assert due(a_life(MONDAY, cause=cause), "judge") == expected


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        ([judge(severity="minor")], "Wednesday 2026-11-25 18:00"),
        ([judge(valid=True)], "Tuesday 2026-11-24 18:00"),
        ([judge(valid=True, severity="minor")], None),
        ([judge(valid=True), judge(cause="facility")], None),
        ([judge(valid=False)], None),
        ([judge(valid=True, severity="minor"), judge(valid=False), judge(valid=True)], None),
    ],
)
def test_both_validity_and_severity_are_to_be_judged(judged, expected):
    """One without the other leaves it open; what is invalid needs no severity."""
    life = a_life(MONDAY, cause="unsure").on(MONDAY, *judged)
    assert due(life, "judge") == expected


def test_a_reply_by_telephone_does_not_silence_the_judgement():
    """Undecided and replied to: the supervisor is reminded, and it climbs as before."""
    life = a_life(MONDAY, cause="unsure").on(MONDAY, reply(SUPERVISOR, "telephone"))
    assert due(life, "judge") == "Tuesday 2026-11-24 18:00"
    assert due(life, "reply") is None
    moments = ("Tuesday 2026-11-24 09:00", "Tuesday 2026-11-24 18:00")
    later = ("Wednesday 2026-11-25 09:00", "Thursday 2026-11-26 09:00", "Friday 2026-11-27 09:00")
    expected = [SUPERVISOR, SUPERVISOR, MANAGER, LEADER, LEADER]
    assert asked_of(life, "judge", *moments, *later) == expected
    missed = life.on("Tuesday 2026-11-24 18:00", CHECK).latest
    assert [one.event.promises for one in missed if one.kind == "missed"] == [("judge",)]


def test_neither_a_confirmation_nor_an_acknowledgement_judges_it():
    """What the resident says, and what the owner does, is no judgement."""
    life = a_life(MONDAY).on(MONDAY, acknowledge(MANAGER), feedback(), reply(MANAGER))
    assert due(life.on(MONDAY, confirm(RESIDENT, "page")), "judge") == "Wednesday 2026-11-25 18:00"


def test_a_merge_leaves_the_judgement_to_the_survivor():
    """Merged into another, it is judged there."""
    life = a_life(MONDAY).on(TUESDAY, Merge(SUPERVISOR, "9Q2WR-4TX7C", "The same leak."))
    assert due(life, "judge") is None


def test_it_is_the_supervisor_s_to_judge_and_the_owner_s_to_close():
    """Each is reminded in the morning of the day on which it falls due."""
    life = a_life(MONDAY).on(MONDAY, reply(MANAGER))
    assert asked_of(life, "judge", "Wednesday 2026-11-25 09:00") == [SUPERVISOR]
    judged = life.on(MONDAY, VALID)
    moments = ("Monday 2026-12-07 09:00", "Monday 2026-12-07 18:00", "Tuesday 2026-12-08 09:00")
    assert asked_of(judged, "close", *moments) == [MANAGER, MANAGER, SUPERVISOR]


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ((VALID,), None),
        ((VALID, reply(MANAGER)), "Tuesday 2026-12-08 18:00"),
        ((reply(MANAGER),), "Tuesday 2026-12-08 18:00"),
        ((VALID, reply(MANAGER), confirm(MANAGER)), "Friday 2026-11-27 18:00"),
        ((judge(valid=False),), None),
        ((judge(valid=False), reply(MANAGER)), "Tuesday 2026-12-08 18:00"),
        ((VALID, reply(MANAGER), dispute(SUPERVISOR)), None),
        ((VALID, reply(MANAGER), close(MANAGER)), None),
    ],
)
def test_what_is_answered_is_closed_in_time(done, expected):
    """Ten working days after the answer, three after the confirmation; a dispute voids it."""
    assert due(a_life(MONDAY).on(TUESDAY, *done), "close") == expected


def test_a_promise_in_the_reply_comes_before_the_closing():
    """While it is open that is what is due; done late, a working day is left for closing."""
    promise = reply(MANAGER, follow_up_by=at("Thursday 2026-12-10 12:00"))
    life = a_life(MONDAY).on(TUESDAY, VALID, promise)
    assert due(life, "close") is None
    early = life.on(WEDNESDAY, FollowUp(MANAGER, "The part is in."))
    assert due(early, "close") == "Tuesday 2026-12-08 18:00"
    late = life.on("Thursday 2026-12-10 11:00", FollowUp(MANAGER, "The part is in."))
    assert due(late, "close") == "Friday 2026-12-11 18:00"


def test_a_later_date_of_closing_can_be_missed_again():
    """Missed after ten days, then confirmed: three more, and they are recorded when missed."""
    life = a_life(MONDAY).on(TUESDAY, VALID, reply(MANAGER)).on("Wednesday 2026-12-09 10:00", CHECK)
    assert "close" in life.complaint.missed
    confirmed = life.on("Wednesday 2026-12-09 11:00", confirm(MANAGER))
    assert due(confirmed, "close") == "Monday 2026-12-14 18:00"
    missed = confirmed.on("Monday 2026-12-14 18:00", CHECK).latest
    assert [one.event.promises for one in missed if one.kind == "missed"] == [("close",)]


def test_a_dispute_gives_no_time_to_judge_what_was_never_judged():
    """It is due since the receipt, and recorded once; judged invalid before, it is due anew."""
    life = a_life(MONDAY).on(MONDAY, reply(MANAGER)).on("Thursday 2026-11-26 10:00", CHECK)
    again = life.on("Thursday 2026-11-26 11:00", dispute(SUPERVISOR))
    assert due(again, "judge") == "Wednesday 2026-11-25 18:00"
    assert "missed" not in again.on("Thursday 2026-11-26 12:00", CHECK).kinds
    invalid = a_life(MONDAY).on(MONDAY, judge(valid=False), reply(MANAGER))
    anew = invalid.on("Thursday 2026-11-26 11:00", dispute(SUPERVISOR))
    assert due(anew, "judge") == "Monday 2026-11-30 18:00"
    basis = deadlines(anew.complaint, POLICY)["judge"].basis
    assert basis == DeadlineBasis(
        "dispute", at("Thursday 2026-11-26 11:00"), Within(working_days=2)
    )
    undecided = a_life(MONDAY, cause="unsure").on(MONDAY, judge(valid=False), reply(SUPERVISOR))
    anew = undecided.on("Thursday 2026-11-26 11:00", dispute(RESIDENT, "page"))
    assert due(anew, "judge") == "Friday 2026-11-27 18:00"


def test_an_import_is_judged_from_when_it_came_in():
    """Nobody could judge before what was received elsewhere."""
    received_at = at("Monday 2026-11-02 10:00")
    life = a_life(MONDAY, received_at=received_at, channel="import")
    assert due(life, "judge") == "Wednesday 2026-11-25 18:00"
    assert deadlines(life.complaint, POLICY)["judge"].basis.start == "taken_in"

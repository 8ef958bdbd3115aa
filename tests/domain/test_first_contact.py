"""The first contact: somebody spoke or wrote to the resident, and it is recorded how and when."""

from datetime import timedelta

import pytest

from chalicelib.domain.commands import AgreeTime, AwaitAnswer
from chalicelib.domain.deadlines import deadlines
from chalicelib.domain.escalation import next_rungs
from chalicelib.domain.events import Acknowledged, ContactTried
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.notices import Notice
from support.examples import (
    CHECK,
    FACTS_FOR,
    POLICY,
    a_life,
    acknowledge,
    at,
    dispute,
    reply,
    update,
)

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
NOON = "Monday 2026-11-23 12:00"
OWNER = "jade-manager"
BY_PHONE = {"reachable_by": ("phone",), "contact_by": "phone"}
TRIED = acknowledge(OWNER, "telephone", reached=False)


def running(life):
    """The names of the deadlines that run."""
    return set(deadlines(life.complaint, POLICY))


def missed(life):
    """What the last command put on the record as missed."""
    return [one.event.promises for one in life.latest if one.kind == "missed"]


@pytest.mark.parametrize("told_by", ["telephone", "visit", "letter"])
def test_how_and_when_the_resident_was_reached_is_on_the_record(told_by):
    """In the event, with the moment that was named; no letter says it once more."""
    told_at = at("Tuesday 2026-11-24 09:15")
    life = a_life(MONDAY).on(TUESDAY, acknowledge(OWNER, told_by, told_at=told_at))
    assert [one.event for one in life.latest] == [Acknowledged(told_by, told_at)]
    assert (life.complaint.status, life.complaint.acknowledged_at) == ("acknowledged", told_at)
    assert life.complaint.heard_at == told_at
    assert "acknowledge" not in running(life)
    assert life.letters == ()


def test_now_is_when_unless_another_time_is_named():
    """Who has just hung up need not type the time."""
    life = a_life(MONDAY).on(TUESDAY, acknowledge(OWNER, "telephone"))
    assert life.complaint.acknowledged_at == at(TUESDAY)


def test_by_e_mail_the_letter_is_the_contact():
    """It goes out now, whatever time was named."""
    named = acknowledge(OWNER, told_at=at(MONDAY))
    life = a_life(MONDAY).on(TUESDAY, named)
    assert life.letters == (Notice("acknowledged", RESIDENT),)
    assert life.complaint.acknowledged_at == at(TUESDAY)


def test_without_an_address_one_says_how():
    """A button alone is no contact of a resident who left a telephone number."""
    life = a_life(MONDAY, **BY_PHONE)
    assert life.refusal(TUESDAY, acknowledge(OWNER)).code == "no_email"
    assert life.on(TUESDAY, acknowledge(OWNER, "telephone")).complaint.acknowledged_at


@pytest.mark.parametrize("minutes", [-1, 24 * 60 + 1])
@pytest.mark.parametrize("reached", [True, False])
def test_neither_before_the_receipt_nor_ahead_of_now(minutes, reached):
    """Nobody spoke of a complaint before there was one."""
    told_at = at(MONDAY) + timedelta(minutes=minutes)
    asked = acknowledge(OWNER, "telephone", told_at=told_at, reached=reached)
    assert a_life(MONDAY).refusal(TUESDAY, asked).code == "told_at_impossible"


def test_after_a_dispute_it_is_the_new_round_s_contact():
    """A call of the round before counts for that one alone."""
    disputed = a_life(MONDAY).on(NOON, reply(OWNER)).on(TUESDAY, dispute("jade-supervisor"))
    before = acknowledge(OWNER, "telephone", told_at=at(NOON))
    assert disputed.refusal(TUESDAY, before).code == "told_at_impossible"
    assert "acknowledge" in running(disputed)


def test_a_try_is_on_the_record_and_changes_no_clock():
    """Who tried, how and when; every deadline and the next step stay as they were."""
    life = a_life(MONDAY)
    tried = life.on(NOON, TRIED)
    (record,) = tried.latest
    assert (record.by, record.event) == (OWNER, ContactTried("telephone", at(NOON)))
    assert tried.complaint.status == "received"
    assert deadlines(tried.complaint, POLICY) == deadlines(life.complaint, POLICY)
    assert next_rungs(tried.complaint, POLICY) == next_rungs(life.complaint, POLICY)
    assert tried.letters == ()
    again = tried.on("Monday 2026-11-23 15:00", TRIED)
    assert again.on(
        "Monday 2026-11-23 16:00", acknowledge(OWNER, "visit")
    ).complaint.acknowledged_at


def test_a_try_keeps_no_promise_of_a_major_complaint():
    """Two hours have passed with a call that nobody answered: it is missed."""
    life = a_life(MONDAY, **FACTS_FOR["major"]).on("Monday 2026-11-23 11:00", TRIED)
    assert missed(life.on(NOON, CHECK)) == [("acknowledge",)]


def test_a_letter_is_no_try():
    """What is sent by e-mail is the contact itself."""
    asked = acknowledge(OWNER, reached=False)
    assert a_life(MONDAY).refusal(NOON, asked).code == "unreached_by_email"


def test_a_call_in_time_that_is_recorded_late_is_in_time():
    """Counted from when the resident was told, as a reply is."""
    life = a_life(MONDAY, **FACTS_FOR["major"])
    called = acknowledge(OWNER, "telephone", told_at=at("Monday 2026-11-23 11:30"))
    assert missed(life.on("Monday 2026-11-23 12:30", called)) == []
    late = acknowledge(OWNER, "telephone", told_at=at("Monday 2026-11-23 12:15"))
    assert missed(life.on("Monday 2026-11-23 12:30", late)) == [("acknowledge",)]
    tried = acknowledge(OWNER, "telephone", told_at=at("Monday 2026-11-23 11:30"), reached=False)
    assert missed(life.on("Monday 2026-11-23 12:30", tried)) == [("acknowledge",)]


@pytest.mark.parametrize(
    "told",
    [
        reply(OWNER, "telephone"),
        update(OWNER),
        AwaitAnswer(OWNER, "Which tap?", "telephone"),
        AgreeTime(OWNER, at("Friday 2026-11-27 15:00"), "The part comes on Friday.", "telephone"),
    ],
    ids=["reply", "update", "question", "agreed time"],
)
def test_any_verb_that_says_how_the_resident_was_told_is_a_first_contact(told):
    """Whoever has told them something was in touch with them."""
    life = a_life(MONDAY, **BY_PHONE).on(NOON, told)
    assert life.complaint.acknowledged_at == at(NOON)
    assert life.complaint.status in ("acknowledged", "replied")
    assert "acknowledge" not in running(life)
    assert life.refusal(NOON, acknowledge(OWNER, "telephone")).code == "acknowledged_already"


def test_the_first_contact_stays_the_first():
    """What is said later is a word to the resident, and no new first contact."""
    life = a_life(MONDAY).on(NOON, update(OWNER)).on(TUESDAY, update(OWNER))
    assert life.complaint.acknowledged_at == at(NOON)
    assert life.complaint.heard_at == at(TUESDAY)


def test_an_agreed_time_that_does_not_say_how_is_no_contact():
    """On the command line the option may be left out; the first contact is still to come."""
    agreed = AgreeTime(OWNER, at("Friday 2026-11-27 15:00"), "The part comes on Friday.")
    assert "acknowledge" in running(a_life(MONDAY).on(NOON, agreed))
    by_email = AgreeTime(OWNER, at("Friday 2026-11-27 15:00"), "The part comes.", "email")
    assert a_life(MONDAY, **BY_PHONE).refusal(NOON, by_email).code == "no_email"

"""A reply by e-mail that closes once it was sent asks for what closing asks, beforehand."""

import pytest

from chalicelib.domain.commands import Close, Message
from chalicelib.domain.decisions.ending import closing_once_sent
from chalicelib.domain.model import RESIDENT
from support.examples import a_life, at, confirm, dispute, judge, reply
from support.values import replace

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
OWNER = "jade-manager"
CLOSING = reply(
    OWNER, done="A new seal is in.", root_cause="It was old.", lesson="", close_when_sent=True
)
CLOSED_BY_IT = Close(OWNER, root_cause="It was old.", remedy="A new seal is in.")


def judged(**facts):
    """A complaint that was judged valid."""
    return a_life(MONDAY, **facts).on(MONDAY, judge(valid=True))


def once_sent(life):
    """What closes it, by its last reply and what came after."""
    replied = max(one.number for one in life.records if one.kind == "replied")
    return closing_once_sent(life.records[replied - 1], life.records[replied:])


def test_the_reply_stays_a_reply_until_it_is_sent():
    """It is open and replied to; what closes it then is the writer's, with the reply's words."""
    life = judged().on(TUESDAY, CLOSING)
    assert life.kinds == ("replied",)
    assert life.complaint.status == "replied"
    assert once_sent(life) == CLOSED_BY_IT
    assert life.on(TUESDAY, once_sent(life)).complaint.status == "closed"


def test_without_the_tick_nothing_closes_it():
    """Not even where all that closing asks is there."""
    assert once_sent(judged().on(TUESDAY, replace(CLOSING, close_when_sent=False))) is None


@pytest.mark.parametrize(
    ("lacks", "lacking"),
    [
        ({"root_cause": ""}, ("root_cause",)),
        ({"done": " "}, ("remedy",)),
        ({"follow_up_by": at("Friday 2026-11-27 10:00")}, ("follow_up",)),
    ],
)
def test_what_closing_asks_is_asked_with_the_reply(lacks, lacking):
    """Nobody ticks it and finds the complaint open later for want of a word."""
    refused = judged().refusal(TUESDAY, replace(CLOSING, **lacks))
    assert (refused.code, refused.params) == ("close_lacks", {"lacking": lacking})


def test_one_that_nobody_judged_is_not_closed_so():
    """Whether it is valid comes first (2)."""
    refused = a_life(MONDAY).refusal(TUESDAY, CLOSING)
    assert refused.params == {"lacking": ("valid",)}


def test_what_was_said_by_word_of_mouth_is_not_waited_for():
    """There is no letter whose sending would close it."""
    told = replace(CLOSING, told_by="telephone")
    assert judged().refusal(TUESDAY, told).code == "close_when_sent_by_email"


def test_an_explanation_closes_as_invalid():
    """A complaint judged invalid needs the explanation alone."""
    life = a_life(MONDAY).on(MONDAY, judge(valid=False))
    life = life.on(TUESDAY, replace(CLOSING, root_cause="", done=""))
    assert life.on(TUESDAY, once_sent(life)).complaint.status == "invalid"


@pytest.mark.parametrize(
    "said",
    [
        Message(RESIDENT, "It drips again."),
        Message(OWNER, "Rang: it drips again."),
        dispute(RESIDENT, "page"),
    ],
)
def test_what_the_resident_says_meanwhile_keeps_it_open(said):
    """It is read before anybody closes."""
    assert once_sent(judged().on(TUESDAY, CLOSING, said)) is None


def test_a_dispute_voids_it_even_after_another_reply():
    """The reply that was to close it is not the one that stands."""
    life = judged().on(TUESDAY, CLOSING, dispute(RESIDENT, "page"))
    life = life.on("Wednesday 2026-11-25 10:00", reply(life.owner))
    first = next(one for one in life.records if one.kind == "replied")
    assert closing_once_sent(first, life.records[first.number :]) is None
    assert once_sent(life) is None


def test_a_confirmation_does_not():
    """Who says that it is solved has nothing against its being closed."""
    assert once_sent(judged().on(TUESDAY, CLOSING, confirm(RESIDENT, "page"))) == CLOSED_BY_IT

"""What residents do on their page: offered when it would be accepted, and kept once."""

from datetime import timedelta

import pytest

from chalicelib.application import resident_actions
from chalicelib.application.resident_actions import (
    MOST,
    RESIDENT_VERBS,
    SentAction,
    read,
)
from chalicelib.domain.commands import Dispute, Erase, RenewCode, Withdraw
from chalicelib.domain.errors import (
    BadInputError,
    ChangedMeanwhileError,
    NotFoundError,
    RefusedError,
)
from chalicelib.domain.model import RESIDENT
from support.examples import a_life, acknowledge, at, close, judge, reply
from support.office import KEYS
from support.people import MANAGER, SUPERVISOR
from support.values import replace

MONDAY = "Monday 2026-11-23 10:00"
OWNER = "jade-manager"
VALID, INVALID = judge(valid=True), judge(valid=False)


def offered(*done):
    """What the resident is offered after this was done."""
    life = a_life(MONDAY).on(MONDAY, *done)
    return set(resident_actions.offered(life.complaint, life.context, at(MONDAY)))


@pytest.mark.parametrize(
    ("done", "verbs"),
    [
        ((), {"message", "withdraw"}),
        ((acknowledge(OWNER),), {"message", "withdraw"}),
        ((VALID, reply(OWNER)), {"message", "withdraw", "confirm", "dispute"}),
        ((VALID, reply(OWNER), RESIDENT_VERBS["confirm"]("")), {"message", "withdraw", "dispute"}),
        ((VALID, reply(OWNER), RESIDENT_VERBS["dispute"]("")), {"message", "withdraw"}),
        ((VALID, reply(OWNER), close(OWNER)), {"confirm", "dispute"}),
        ((INVALID, reply(OWNER), close(OWNER)), {"dispute"}),
        ((Withdraw(RESIDENT, ""),), set()),
        ((Withdraw(RESIDENT, ""), Erase(OWNER, "Asked.")), set()),
    ],
)
def test_the_resident_is_offered_what_would_be_accepted(done, verbs):
    """A message before there is an answer, a verdict after it, nothing once withdrawn."""
    assert offered(*done) == verbs


@pytest.fixture
def word(office):
    """Send a word of the resident's about one complaint; what happened by it."""
    reference = office.receive()
    actions = office.resident_actions

    def send(verb, text="", *, seen=None, code=None):
        before = len(office.complaints.load(reference).records)
        code = code or KEYS.code(reference)
        history = actions.act(reference, code, SentAction(verb, text, seen))
        office.deliver()
        return [one.kind for one in history.records[before:]]

    send.reference = reference
    send.version = lambda: office.complaints.load(reference).complaint.version
    return send


@pytest.mark.parametrize(
    ("sent", "satisfaction"),
    [
        ({}, None),
        ({"satisfaction": ""}, None),
        ({"satisfaction": "mostly_satisfied"}, "mostly_satisfied"),
    ],
)
@pytest.mark.parametrize("verb", ["confirm", "dispute"])
def test_the_resident_may_say_how_satisfied_they_are(office, word, verb, sent, satisfaction):
    """Beside whether it is solved; who leaves it open was heard all the same."""
    office.act(word.reference, judge(SUPERVISOR.id, valid=True))
    office.act(word.reference, reply(MANAGER.id))
    action = read(verb, {"text": "x"} | sent)
    history = office.resident_actions.act(word.reference, KEYS.code(word.reference), action)
    assert history.records[-1].event.satisfaction == satisfaction


@pytest.mark.parametrize("satisfaction", ["very", "not_asked", ["satisfied"]])
def test_satisfaction_is_one_of_three(satisfaction):
    """Whatever else is sent is refused, and named."""
    with pytest.raises(BadInputError) as caught:
        read("confirm", {"satisfaction": satisfaction})
    assert [(one.field, one.code) for one in caught.value.faults] == [
        ("satisfaction", "unknown_choice")
    ]


def test_the_resident_s_word_is_on_the_record_as_the_resident_s(office, word):
    """By the resident, from the page, as it was written."""
    assert word("message", "It drips\nagain.") == ["messaged"]
    latest = office.complaints.load(word.reference).records[-1]
    assert (latest.by, latest.words) == (RESIDENT, {"text": "It drips\nagain."})


def test_the_same_message_sent_twice_from_one_page_is_taken_once(office, word):
    """Pressed twice, or sent again from the page that stayed open, however late."""
    seen = word.version()
    assert word("message", "It drips.", seen=seen) == ["messaged"]
    assert word("message", "It drips.", seen=seen) == []
    office.clock.at += timedelta(days=1)
    assert word("message", "It drips.", seen=seen) == []


def test_the_same_words_from_a_later_page_are_another_message(office, word):
    """Who sees the message there and repeats it means it; within a minute it was a double press."""
    assert word("message", "It drips.", seen=word.version()) == ["messaged"]
    assert word("message", "It drips.", seen=word.version()) == []
    office.clock.at += timedelta(seconds=61)
    assert word("message", "It drips.", seen=word.version()) == ["messaged"]


def test_a_program_that_shows_no_page_is_taken_once_a_minute(office, word):
    """The same again within a minute is a repeated request; later it is another message."""
    assert word("message", "It drips.") == ["messaged"]
    assert word("message", "It drips.") == []
    assert word("message", "It pours.") == ["messaged"]
    office.clock.at += timedelta(seconds=61)
    assert word("message", "It drips.") == ["messaged"]


@pytest.mark.parametrize("verb", ["confirm", "dispute"])
def test_a_verdict_pressed_twice_is_given_once(office, word, verb):
    """The second press is answered like the first, and changes nothing."""
    office.act(word.reference, judge(SUPERVISOR.id, valid=True))
    office.act(word.reference, reply(MANAGER.id))
    seen = word.version()
    assert len(word(verb, "So it is.", seen=seen)) == 1
    assert word(verb, "So it is.", seen=seen) == []


def test_withdrawn_twice_is_withdrawn_once(word):
    """The second press finds it done."""
    seen = word.version()
    assert word("withdraw", seen=seen) == ["withdrawn"]
    assert word("withdraw", seen=seen) == []


def test_not_solved_is_heard_of_every_reply(office, word):
    """A page that stayed open through another reply does not swallow the resident's word."""
    office.act(word.reference, judge(SUPERVISOR.id, valid=True))
    office.act(word.reference, reply(MANAGER.id))
    seen = word.version()
    assert word("dispute", seen=seen) == ["disputed"]
    office.act(word.reference, reply(MANAGER.id))
    assert word("dispute", seen=seen) == ["disputed"]


def test_what_is_refused_changes_nothing(word):
    """There is no verdict on a reply that was not given."""
    with pytest.raises(RefusedError):
        word("confirm")


def test_without_the_code_nothing_is_said(word):
    """A wrong code is no way to write on the record."""
    with pytest.raises(NotFoundError):
        word("message", "x", code="0000-0000-0000-0000")


def test_a_renewed_code_closes_what_the_old_one_opened(office, word):
    """Once it was replaced the old code neither shows nor says anything; the new one does."""
    office.act(word.reference, RenewCode(SUPERVISOR.id, "She lost her telephone."))
    old, new = (KEYS.code(word.reference, version) for version in (1, 2))
    with pytest.raises(NotFoundError):
        office.open_complaint.by_code(word.reference, old)
    with pytest.raises(NotFoundError):
        word("message", "x", code=old)
    assert word("message", "x", code=new) == ["messaged"]


def test_who_is_overtaken_again_and_again_is_told(office, word):
    """When others keep acting first nothing is kept, and the resident is told so."""
    busy = replace(office.resident_actions, act_on_complaint=Busy())
    with pytest.raises(ChangedMeanwhileError):
        busy.act(word.reference, KEYS.code(word.reference), SentAction("message", "x"))


class Busy:
    """Somebody else is always faster."""

    def act_on(self, *_):
        """Always too late."""
        raise ChangedMeanwhileError


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "required"),
        ({"text": " \n "}, "required"),
        ({"text": "x" * (MOST + 1)}, "too_long"),
        ({"text": ["x"]}, "wrong_type"),
        ({"text": "a\x00b"}, "control_characters"),
    ],
)
def test_a_message_that_cannot_be_taken_says_why(sent, code):
    """It needs a text, of a length that a person writes."""
    with pytest.raises(BadInputError) as caught:
        read("message", sent)
    assert [one.code for one in caught.value.faults] == [code]


@pytest.mark.parametrize("verb", ["confirm", "dispute", "withdraw"])
def test_nobody_has_to_say_why(verb):
    """A verdict and a withdrawal are taken without a word; either name of the field is read."""
    assert read(verb, {}).text == ""
    assert read(verb, {"reason": " Mended. "}).text == "Mended."
    assert read(verb, {"text": "Mended.", "version": "7"}) == SentAction(verb, "Mended.", 7)
    assert read(verb, {"version": "seven"}).seen is None


def test_the_resident_s_command_says_how_it_came():
    """From the resident's page."""
    assert read("dispute", {"text": "x"}).command == Dispute(RESIDENT, "x", "page")


def test_the_page_says_what_was_just_done_and_only_that(office, word):
    """A bookmarked address says nothing of a message of last week."""
    word("message", "x")
    history = office.complaints.load(word.reference)
    now = office.clock.now()
    assert resident_actions.did(history, "message", now)
    assert not resident_actions.did(history, "withdraw", now)
    assert not resident_actions.did(history, "message", now + timedelta(minutes=11))


def test_asking_for_the_code_raises_nothing_whatever_there_is(office, word):
    """Known, unknown, without an address or erased: whoever asks sees no difference."""
    actions = office.resident_actions
    without = office.receive(email=None, form_id="without")
    office.act(without, Withdraw(SUPERVISOR.id, "She rang."))
    office.act(without, Erase(MANAGER.id, "She asked."))
    sent = len(office.mailer.sent)
    for reference in (word.reference, without, "00000-00000", "nonsense"):
        assert actions.ask_code(reference) is None
    office.deliver()
    (mail,) = office.mailer.sent[sent:]
    assert mail.to == "li@example.com"
    assert KEYS.code(word.reference) in mail.written.text
    assert office.complaints.load(word.reference).records[-1].kind == "code_asked"

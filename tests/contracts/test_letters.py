"""What every `Letters` keeps: a letter is claimed, sent and marked, an event settled."""

from datetime import timedelta

import pytest

from chalicelib.application.outbox import ComplaintEvent, ImportFinished
from chalicelib.application.ports.letters import DeliveryReport, LetterHeldError, LetterKey
from chalicelib.application.records import ImportRun
from chalicelib.domain.commands import Note
from chalicelib.domain.delivery import STATES
from chalicelib.domain.errors import NotFoundError
from support.examples import at
from support.histories import just_received, one_more

MOMENT = "Monday 2026-11-23 10:00"
NOW = at(MOMENT)
KEY = LetterKey(ComplaintEvent("7K3MQ-9TX4B", 1), "resident")
OTHER = LetterKey(ComplaintEvent("7K3MQ-9TX4B", 1), "chen-jing")
POST = ComplaintEvent("7K3MQ-9TX4B", 1)
LEASE = timedelta(minutes=2)
SECOND = timedelta(seconds=1)


def test_a_letter_is_claimed_once(ports):
    """Whoever comes while a claim holds is told so, and cannot send."""
    assert ports.letters.claim(KEY, "receipt", NOW)
    with pytest.raises(LetterHeldError):
        ports.letters.claim(KEY, "receipt", NOW + LEASE)


def test_a_claim_ends_with_its_lease(ports):
    """After two minutes a claim that came to nothing gives way to another."""
    assert ports.letters.claim(KEY, "receipt", NOW)
    assert ports.letters.claim(KEY, "receipt", NOW + LEASE + SECOND)
    with pytest.raises(LetterHeldError):
        ports.letters.claim(KEY, "receipt", NOW + LEASE + LEASE)


def test_letters_are_claimed_together(ports):
    """Each of them is then held, and marked by itself."""
    assert ports.letters.claim_all({KEY: "receipt", OTHER: "alert"}, NOW)
    for key in (KEY, OTHER):
        with pytest.raises(LetterHeldError):
            ports.letters.claim(key, "receipt", NOW)
    ports.letters.mark_sent(KEY, NOW, "an id")
    assert not ports.letters.claim(KEY, "receipt", NOW)


@pytest.mark.parametrize("is_sent", [False, True])
def test_none_is_claimed_where_one_is_held_or_sent(ports, is_sent):
    """All or none: the other is free to be claimed by itself."""
    ports.letters.claim(KEY, "receipt", NOW)
    if is_sent:
        ports.letters.mark_sent(KEY, NOW, "an id")
    assert not ports.letters.claim_all({KEY: "receipt", OTHER: "alert"}, NOW)
    assert ports.letters.claim(OTHER, "alert", NOW)


def test_a_letter_that_was_given_back_is_claimed_at_once(ports):
    """A letter that could not be sent waits for nobody's lease."""
    ports.letters.claim(KEY, "receipt", NOW)
    ports.letters.release(KEY)
    assert ports.letters.claim(KEY, "receipt", NOW)


def test_a_letter_that_was_sent_is_never_claimed_again(ports):
    """Sent is sent, a year later too."""
    ports.letters.claim(KEY, "receipt", NOW)
    ports.letters.mark_sent(KEY, NOW, "an id")
    assert not ports.letters.claim(KEY, "receipt", NOW)
    assert not ports.letters.claim(KEY, "receipt", NOW + timedelta(days=365))


@pytest.mark.parametrize(
    "other",
    [
        LetterKey(ComplaintEvent("7K3MQ-9TX4B", 1), "chen-jing"),
        LetterKey(ComplaintEvent("7K3MQ-9TX4B", 2), "resident"),
        LetterKey(ComplaintEvent("8K3MQ-9TX4B", 1), "resident"),
    ],
)
def test_each_letter_is_claimed_by_itself(ports, other):
    """Another recipient, event or complaint is another letter."""
    ports.letters.claim(KEY, "receipt", NOW)
    assert ports.letters.claim(other, "alert", NOW)


def test_every_event_is_unsettled_until_its_letters_went_out(ports):
    """Receipts and later records alike wait until they are settled, oldest first."""
    history = just_received(MOMENT)
    ports.submit(history)
    after = one_more(history, "Monday 2026-11-23 10:05", Note("jade-manager", "Seen."))
    ports.complaints.save(history, after, None)
    later = NOW + timedelta(minutes=6)
    assert list(ports.letters.unsettled(later)) == [POST, ComplaintEvent(POST.reference, 2)]
    ports.letters.settle(POST)
    assert list(ports.letters.unsettled(later)) == [ComplaintEvent(POST.reference, 2)]


def test_settling_twice_is_settling_once(ports):
    """An event delivered twice is settled twice, and that is all."""
    ports.submit(just_received(MOMENT))
    ports.letters.settle(POST)
    ports.letters.settle(POST)
    assert list(ports.letters.unsettled(NOW + SECOND)) == []


def test_only_events_from_before_the_instant_are_unsettled(ports):
    """What was recorded at this very instant is left to the stream."""
    ports.submit(just_received(MOMENT))
    assert list(ports.letters.unsettled(NOW)) == []
    assert list(ports.letters.unsettled(NOW + SECOND)) == [POST]


def test_ten_events_of_one_moment_keep_their_order(ports):
    """The tenth event of a moment comes after the ninth, not after the first."""
    history = just_received(MOMENT)
    for _ in range(11):
        history = one_more(history, MOMENT, Note("jade-manager", "Seen."))
    ports.submit(history)
    numbers = [post.number for post in ports.letters.unsettled(NOW + SECOND)]
    assert numbers == list(range(1, 13))


def test_a_finished_import_is_an_event_too(ports):
    """Its summaries are to go out, until they are settled."""
    ports.imports.finish(ImportRun("a-1", "book.csv", {}, 0), NOW)
    post = ImportFinished("a-1")
    assert list(ports.letters.unsettled(NOW + SECOND)) == [post]
    ports.letters.settle(post)
    assert list(ports.letters.unsettled(NOW + SECOND)) == []


def told(ports, state, at=NOW, sent_at=None):
    """What is heard of the letter."""
    return ports.letters.tell(DeliveryReport(KEY, state, at, sent_at))


def test_a_letter_goes_through_its_life(ports):
    """Each state with when it came to be so; and when it was sent."""
    assert ports.letters.find(KEY) is None
    ports.letters.claim(KEY, "receipt", NOW)
    assert ports.letters.find(KEY).state == "claimed"
    ports.letters.mark_sent(KEY, NOW + SECOND, "an id")
    sent = ports.letters.find(KEY)
    assert (sent.state, sent.at, sent.sent_at) == ("sent", NOW + SECOND, NOW + SECOND)
    arrived = told(ports, "delivered", NOW + LEASE, NOW)
    assert (arrived.letter, arrived.state, arrived.at) == ("receipt", "delivered", NOW + LEASE)
    assert arrived.sent_at == NOW + SECOND
    assert ports.letters.find(KEY) == arrived


@pytest.mark.parametrize("first", STATES[3:])
@pytest.mark.parametrize("second", STATES[3:])
def test_a_letter_only_moves_forward(ports, first, second):
    """Whichever is heard first, it ends in the further one, and says so to either."""
    ports.letters.claim(KEY, "receipt", NOW)
    told(ports, first)
    further = max(first, second, key=STATES.index)
    assert told(ports, second, NOW + SECOND).state == further
    assert ports.letters.find(KEY).state == further


def test_what_is_heard_before_our_own_mark_stands(ports):
    """The mark comes too late, nobody sends the letter again, and it is known when it was sent."""
    ports.letters.claim(KEY, "receipt", NOW)
    told(ports, "delivered", NOW + SECOND, NOW)
    ports.letters.mark_sent(KEY, NOW + SECOND, "an id")
    known = ports.letters.find(KEY)
    assert (known.state, known.sent_at) == ("delivered", NOW)
    assert not ports.letters.claim(KEY, "receipt", NOW + LEASE + SECOND)


def test_of_a_letter_that_nobody_took_nothing_is_heard(ports):
    """It is not found."""
    with pytest.raises(NotFoundError):
        told(ports, "delivered")


def test_it_is_known_since_when_it_was_tried(ports):
    """However often it is taken and given back."""
    for minutes in range(3):
        now = NOW + timedelta(minutes=minutes)
        assert ports.letters.claim(KEY, "receipt", now)
        assert ports.letters.tried(KEY, now) == NOW

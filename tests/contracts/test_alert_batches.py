"""What every `AlertBatches` keeps: letters held for one letter, told of once, none lost."""

from datetime import timedelta

import pytest

from chalicelib.application.outbox import AlertBatch, ComplaintEvent
from chalicelib.application.ports.letters import LetterHeldError, LetterKey
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError
from support.examples import at
from support.histories import just_received

MOMENT = "Monday 2026-11-23 10:07"
NOW = at(MOMENT)
END = at("Monday 2026-11-23 10:15")
TO = "jade-supervisor"
BATCH = AlertBatch("jade-lake", TO, END)
REFERENCE = "7K3MQ-9TX4B"
SECOND = timedelta(seconds=1)


def a_key(reference=REFERENCE, number=2):
    return LetterKey(ComplaintEvent(reference, number), TO)


def hold(ports, key, batch=BATCH, now=NOW):
    """Claim a letter and put it into an alert batch."""
    assert ports.letters.claim(key, "alert", now)
    ports.alert_batches.hold(key, batch, now)


def test_an_alert_batch_is_over_at_its_end_until_it_is_settled(ports):
    """Nobody is brought it before its end; from then on it waits to be posted."""
    hold(ports, a_key())
    assert list(ports.alert_batches.ended(END - SECOND)) == []
    assert list(ports.alert_batches.ended(END)) == [BATCH]
    ports.letters.settle(BATCH)
    assert list(ports.alert_batches.ended(END)) == []


def test_alert_batches_come_in_the_order_of_their_ends(ports):
    """The oldest is posted first, each person's by itself."""
    quarter = timedelta(minutes=15)
    later = AlertBatch("jade-lake", TO, END + quarter)
    other = AlertBatch("jade-lake", "jade-manager", END)
    hold(ports, a_key(), later)
    hold(ports, a_key("8K3MQ-9TX4B"))
    ports.letters.claim(LetterKey(ComplaintEvent("8K3MQ-9TX4B", 2), "jade-manager"), "alert", NOW)
    ports.alert_batches.hold(
        LetterKey(ComplaintEvent("8K3MQ-9TX4B", 2), "jade-manager"), other, NOW
    )
    ended = list(ports.alert_batches.ended(END + quarter))
    assert ended == [other, BATCH, later]


def test_an_alert_batch_is_no_event_that_the_stream_left_behind(ports):
    """What waits for its time is not taken for what was lost."""
    hold(ports, a_key())
    assert list(ports.letters.unsettled(END + timedelta(days=1))) == []


def test_closing_tells_every_complaint_once(ports):
    """Two alerts about one complaint, and one about another, are two complaints."""
    for key in (a_key(), a_key(number=3), a_key("8K3MQ-9TX4B")):
        hold(ports, key)
    held = {REFERENCE, "8K3MQ-9TX4B"}
    assert ports.alert_batches.close(BATCH, END) == held
    assert ports.alert_batches.close(BATCH, END + SECOND) == held


def test_what_was_never_batched_cannot_be_closed(ports):
    """An alert batch that is not there is not made by asking for it."""
    with pytest.raises(NotFoundError):
        ports.alert_batches.close(BATCH, END)
    assert list(ports.alert_batches.ended(END)) == []


def test_a_batched_letter_is_never_claimed_again(ports):
    """Its record says that it was gathered, and when."""
    ports.submit(just_received(MOMENT))
    hold(ports, a_key())
    assert not ports.letters.claim(a_key(), "alert", NOW + timedelta(days=1))
    (letter,) = ports.complaints.dossier(REFERENCE).letters
    assert (letter.state, letter.letter, letter.at) == ("gathered", "alert", NOW)


def test_a_withheld_letter_is_never_claimed_again(ports):
    """Its record says that it was withheld, and when."""
    ports.submit(just_received(MOMENT))
    key = LetterKey(ComplaintEvent(REFERENCE, 1), "resident")
    assert ports.letters.claim(key, "receipt", NOW)
    ports.letters.withhold(key)
    assert not ports.letters.claim(key, "receipt", NOW + timedelta(days=1))
    (letter,) = ports.complaints.dossier(REFERENCE).letters
    assert (letter.state, letter.letter, letter.at) == ("withheld", "receipt", NOW)


def test_a_closed_alert_batch_takes_nothing_more(ports):
    """Who comes too late is told so; the letter is still to be sent, and the list unchanged."""
    hold(ports, a_key())
    ports.alert_batches.close(BATCH, END)
    late = a_key("8K3MQ-9TX4B")
    ports.letters.claim(late, "alert", NOW)
    with pytest.raises(ChangedMeanwhileError):
        ports.alert_batches.hold(late, BATCH, NOW)
    assert ports.alert_batches.close(BATCH, END) == {REFERENCE}
    assert ports.letters.claim(late, "alert", NOW + timedelta(minutes=3))


def test_who_lost_the_claim_holds_nothing(ports):
    """Claimed again by another after the lease, the letter is that one's to gather or to send."""
    later = NOW + timedelta(minutes=3)
    ports.letters.claim(a_key(), "alert", NOW)
    ports.letters.claim(a_key(), "alert", later)
    with pytest.raises(LetterHeldError):
        ports.alert_batches.hold(a_key(), BATCH, NOW)
    assert list(ports.alert_batches.ended(END)) == []
    ports.alert_batches.hold(a_key(), BATCH, later)
    assert ports.alert_batches.close(BATCH, END) == {REFERENCE}


def test_a_letter_that_was_sent_is_not_batched(ports):
    """Sent is sent: it is in no alert batch besides."""
    ports.letters.claim(a_key(), "alert", NOW)
    ports.letters.mark_sent(a_key(), NOW, "an id")
    with pytest.raises(LetterHeldError):
        ports.alert_batches.hold(a_key(), BATCH, NOW)
    assert list(ports.alert_batches.ended(END)) == []

"""A reply that closes when it has arrived: once, in the name of who replied."""

import pytest

from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.ports.letters import LetterKey
from chalicelib.application.ports.mailer import MailRefusedError
from chalicelib.domain.commands import Message
from chalicelib.domain.delivery import BOUNCED, DELIVERED
from chalicelib.domain.model import RESIDENT
from support.examples import correct, dispute, hand_over, judge, reply
from support.people import LEADER, MANAGER, SUPERVISOR

ADDRESS = "li@example.com"
CLOSING = reply(
    MANAGER.id, done="已换新阀门", root_cause="阀门老化", lesson="每季查", close_when_sent=True
)


@pytest.fixture
def judged(office):
    """The reference of a complaint that was judged valid."""
    reference = office.receive()
    office.act(reference, judge(SUPERVISOR.id, valid=True))
    return reference


def unsent(office, reference):
    """The reply is on the record, and its letter has not gone out; the entry of the outbox."""
    history = office.act_on_complaint.act(reference, CLOSING, MANAGER.id)
    return ComplaintEvent(reference, history.complaint.version)


def unheard(office, reference):
    """The reply's letter went out, and nothing was heard of it; its key."""
    office.mailer.silent = True
    entry = unsent(office, reference)
    office.deliver()
    return LetterKey(entry, RESIDENT)


def hear(office, key, state):
    """The mail service tells of it, and the stream brings what follows."""
    office.hear(key, state)
    office.deliver()


def status(office, reference):
    """How the complaint stands."""
    return office.complaints.load(reference).complaint.status


def kinds(office, reference):
    """What is on its record."""
    return [one.kind for one in office.complaints.load(reference).records]


def test_it_closes_once_the_letter_has_arrived(office, judged):
    """By who replied, with the reply's root cause, and what was done as the remedy."""
    office.act(judged, CLOSING)
    *_, replied, delivered, closed = office.complaints.load(judged).records
    assert (replied.kind, delivered.kind, closed.kind) == ("replied", "letter_delivered", "closed")
    assert closed.by == MANAGER.id
    assert closed.words == {"root_cause": "阀门老化", "remedy": "已换新阀门", "lesson": "每季查"}
    assert status(office, judged) == "closed"


def test_until_it_has_arrived_it_stays_open(office, judged):
    """Sent is not arrived; a bounce closes nothing."""
    key = unheard(office, judged)
    assert status(office, judged) == "received"
    hear(office, key, BOUNCED)
    assert status(office, judged) == "received"
    assert "closed" not in kinds(office, judged)


def test_a_letter_that_is_not_taken_closes_nothing(office, judged):
    """A letter that the mail service does not take is tried again; then it closes."""
    entry = unsent(office, judged)
    office.mailer.refused.add(ADDRESS)
    with pytest.raises(MailRefusedError):
        office.notifier.post(entry)
    assert status(office, judged) == "received"
    office.mailer.refused.clear()
    office.deliver()
    assert status(office, judged) == "closed"


def test_it_closes_once_however_often_it_is_heard(office, judged):
    """At least once is how entries come; the record has one end, and no letter goes out twice."""
    key = unheard(office, judged)
    for _ in range(3):
        hear(office, key, DELIVERED)
        office.notifier.post(key.about)
        for number in range(key.about.number + 1, office.complaints.load(judged).complaint.version):
            office.notifier.post(ComplaintEvent(judged, number))
    assert kinds(office, judged).count("closed") == 1
    assert kinds(office, judged).count("letter_delivered") == 1
    letters = [mail.written.subject for mail in office.mailer.sent if mail.to == ADDRESS]
    assert len(letters) == len(set(letters))


@pytest.mark.parametrize("said", [dispute(RESIDENT, "page"), Message(RESIDENT, "还在漏。")])
def test_what_the_resident_said_before_it_was_heard_keeps_it_open(office, judged, said):
    """The letter goes out all the same."""
    key = unheard(office, judged)
    office.act(judged, said)
    hear(office, key, DELIVERED)
    assert "closed" not in kinds(office, judged)
    assert any("答复" in mail.written.subject for mail in office.mailer.sent if mail.to == ADDRESS)


def test_who_has_it_no_longer_closes_nothing(office, judged):
    """Handed over meanwhile, it is the new owner's to close."""
    key = unheard(office, judged)
    office.act(judged, hand_over(MANAGER.id, LEADER.id))
    hear(office, key, DELIVERED)
    assert status(office, judged) == "replied"


def test_without_a_letter_nothing_closes_it(office, judged):
    """Where the address went before the letter did, the resident has heard nothing."""
    entry = unsent(office, judged)
    gone = correct(MANAGER.id, email="", phone="13800138000")
    office.act_on_complaint.act(judged, gone, MANAGER.id)
    office.notifier.post(entry)
    office.deliver()
    assert status(office, judged) == "received"

"""A reply that closes when it was sent: the notifier closes, once, in the name of who replied."""

import pytest

from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.ports.mailer import MailRefusedError
from chalicelib.domain.commands import Message
from chalicelib.domain.errors import ChangedMeanwhileError
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


def status(office, reference):
    """How the complaint stands."""
    return office.complaints.load(reference).complaint.status


def kinds(office, reference):
    """What is on its record."""
    return [one.kind for one in office.complaints.load(reference).records]


def test_it_closes_once_the_letter_was_sent(office, judged):
    """By who replied, with the reply's root cause, and what was done as the remedy."""
    office.act(judged, CLOSING)
    *_, replied, closed = office.complaints.load(judged).records
    assert (replied.kind, closed.kind, closed.by) == ("replied", "closed", MANAGER.id)
    assert closed.words == {"root_cause": "阀门老化", "remedy": "已换新阀门", "lesson": "每季查"}
    assert status(office, judged) == "closed"


def test_until_it_is_sent_it_stays_open(office, judged):
    """A letter that the mail service refuses closes nothing; the next try does."""
    entry = unsent(office, judged)
    office.mailer.refused.add(ADDRESS)
    with pytest.raises(MailRefusedError):
        office.notifier.post(entry)
    assert status(office, judged) == "replied"
    office.mailer.refused.clear()
    office.notifier.post(entry)
    assert status(office, judged) == "closed"


def test_it_closes_once_however_often_the_entry_comes(office, judged):
    """At least once is how entries come; the record has one end, and no letter goes out twice."""
    entry = unsent(office, judged)
    for _ in range(3):
        office.notifier.post(entry)
    office.deliver()
    assert kinds(office, judged).count("closed") == 1
    letters = [mail.written.subject for mail in office.mailer.sent if mail.to == ADDRESS]
    assert len(letters) == len(set(letters))


@pytest.mark.parametrize("said", [dispute(RESIDENT, "page"), Message(RESIDENT, "还在漏。")])
def test_what_the_resident_said_before_it_was_sent_keeps_it_open(office, judged, said):
    """The letter goes out all the same."""
    entry = unsent(office, judged)
    office.act_on_complaint.act(judged, said, RESIDENT)
    office.notifier.post(entry)
    assert "closed" not in kinds(office, judged)
    assert any("答复" in mail.written.subject for mail in office.mailer.sent if mail.to == ADDRESS)


def test_who_has_it_no_longer_closes_nothing(office, judged):
    """Handed over meanwhile, it is the new owner's to close."""
    entry = unsent(office, judged)
    office.act_on_complaint.act(judged, hand_over(MANAGER.id, LEADER.id), MANAGER.id)
    office.notifier.post(entry)
    assert status(office, judged) == "replied"


def test_without_a_letter_nothing_closes_it(office, judged):
    """Where the address went before the letter did, the resident has heard nothing."""
    entry = unsent(office, judged)
    gone = correct(MANAGER.id, email="", phone="13800138000")
    office.act_on_complaint.act(judged, gone, MANAGER.id)
    office.notifier.post(entry)
    assert status(office, judged) == "replied"


class DisputedMeanwhile:
    """A mail service during whose sending the resident disputes."""

    def __init__(self, office, reference):
        self.office, self.reference = office, reference

    def send(self, mail):
        """Send the letter, the dispute before it."""
        if mail.to == ADDRESS:
            self.office.act_on_complaint.act(self.reference, dispute(RESIDENT, "page"), RESIDENT)
        return self.office.mailer.send(mail)


def test_a_dispute_while_the_letter_is_sent_keeps_it_open(office, judged):
    """What was read before is not closed by; tried again, there is nothing to close."""
    entry = unsent(office, judged)
    meddled = office.but(mailer=DisputedMeanwhile(office, judged))
    with pytest.raises(ChangedMeanwhileError):
        meddled.notifier.post(entry)
    office.notifier.post(entry)
    assert status(office, judged) == "reopened"
    assert "closed" not in kinds(office, judged)

"""What is heard of letters, and what a complaint makes of it, through the whole service."""

from datetime import timedelta

import pytest

from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.ports.letters import LetterKey
from chalicelib.application.ports.mailer import MailRefusedError
from chalicelib.domain.delivery import BOUNCED, DELAYED, DELIVERED, SENT
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.model import BY_CLOCK, BY_MAIL, RESIDENT
from support.examples import close, correct, judge, reply
from support.people import MANAGER, SUPERVISOR

ADDRESS = "li@example.com"


@pytest.fixture
def judged(office):
    """A complaint that was judged valid, its reference; of what is sent since nothing is heard."""
    reference = office.receive()
    office.act(reference, judge(SUPERVISOR.id, valid=True))
    office.mailer.silent = True
    return reference


def replied(office, reference):
    """The manager replies by e-mail; the letter's key."""
    office.act(reference, reply(MANAGER.id))
    (number,) = [one.number for one in records(office, reference) if one.kind == "replied"]
    return LetterKey(ComplaintEvent(reference, number), RESIDENT)


def records(office, reference):
    return office.complaints.load(reference).records


def status(office, reference):
    return office.complaints.load(reference).complaint.status


def to_resident(office):
    """How many letters went to the resident."""
    return sum(one.to == ADDRESS for one in office.mailer.sent)


def test_a_reply_that_bounced_was_none(office, judged):
    """It cannot be closed, no letter goes there any more, and a telephone call mends it."""
    key = replied(office, judged)
    assert status(office, judged) == "received"
    office.hear(key, BOUNCED)
    office.deliver()
    assert records(office, judged)[-1].by == BY_MAIL
    with pytest.raises(RefusedError, match="close_lacks"):
        office.act(judged, close(MANAGER.id))
    with pytest.raises(RefusedError, match="email_failed"):
        office.act(judged, reply(MANAGER.id))
    before = to_resident(office)
    assert office.act(judged, reply(MANAGER.id, "telephone")).status == "replied"
    assert office.act(judged, close(MANAGER.id)).status == "closed"
    assert to_resident(office) == before


def test_a_corrected_address_is_written_to_again(office, judged):
    """And what is heard later of the old one does not mark the new one."""
    key = replied(office, judged)
    office.until("Monday 2026-11-23 10:10").hear(key, BOUNCED)
    office.act(judged, correct(MANAGER.id, email="wang@new.example"))
    office.hear(key, BOUNCED)
    office.act(judged, reply(MANAGER.id))
    assert office.mailer.sent[-1].to == "wang@new.example"


def test_heard_twice_it_is_recorded_once(office, judged):
    """Deliveries and bounces alike."""
    key = replied(office, judged)
    for state in (DELIVERED, DELIVERED, BOUNCED, BOUNCED, DELIVERED):
        office.hear(key, state)
        office.deliver()
    kinds = [one.kind for one in records(office, judged)]
    assert kinds.count("letter_delivered") == kinds.count("letter_failed") == 1


def test_after_a_day_it_is_taken_to_have_arrived(office, judged):
    """By the sweep, which looks at it then and asks the record of letters."""
    replied(office, judged)
    office.until("Tuesday 2026-11-24 09:59").sweep.go()
    assert status(office, judged) == "received"
    assert office.until("Tuesday 2026-11-24 10:00").sweep.go().failed == ()
    assert status(office, judged) == "replied"
    record = next(one for one in records(office, judged) if one.kind == "letter_delivered")
    assert (record.by, record.event.because) == (BY_CLOCK, "presumed")


def test_what_the_mailbox_has_not_taken_in_a_day_has_failed(office, judged):
    """A delay is no delivery."""
    key = replied(office, judged)
    office.hear(key, DELAYED)
    office.until("Tuesday 2026-11-24 10:00").sweep.go()
    assert status(office, judged) == "received"
    assert office.letters.find(key).state == "failed"
    assert office.complaints.load(judged).complaint.untold_at


def test_what_was_never_sent_is_not_taken_to_have_arrived(office, judged):
    """However long that is; and what was sent late has its own day."""
    office.mailer.refused.add(ADDRESS)
    office.act_on_complaint.act(judged, reply(MANAGER.id), MANAGER.id)
    key = LetterKey(ComplaintEvent(judged, len(records(office, judged))), RESIDENT)
    with pytest.raises(MailRefusedError):
        office.notifier.post(key.about)
    office.until("Tuesday 2026-11-24 09:00")
    office.mailer.refused.clear()
    office.notifier.post(key.about)
    assert office.letters.find(key).state == SENT
    report = office.until("Tuesday 2026-11-24 12:00").sweep.go()
    assert report.failed == ()
    assert status(office, judged) == "received"
    office.until("Wednesday 2026-11-25 09:00").sweep.go()
    assert status(office, judged) == "replied"


def test_what_is_refused_for_good_is_not_sent_again(office, judged):
    """The complaint knows it at once, the entry is settled, and no sweep fails by it."""
    office.mailer.refused_for_good.add(ADDRESS)
    key = replied(office, judged)
    assert office.letters.find(key).state == "refused"
    assert records(office, judged)[-1].event.because == "refused"
    assert office.until("Monday 2026-11-23 11:00").sweep.go().failed == ()


def test_what_cannot_be_handed_over_is_laid_aside_after_a_day(office, judged):
    """Its last failure is the last that is heard of it; the address is not marked by it."""
    office.mailer.refused.add(ADDRESS)
    office.act_on_complaint.act(judged, reply(MANAGER.id), MANAGER.id)
    key = LetterKey(ComplaintEvent(judged, len(records(office, judged))), RESIDENT)
    failures = []
    for _ in range(27):
        office.clock.at += timedelta(hours=1)
        failures.append(bool(office.sweep.go().failed))
    assert failures == [True] * 25 + [False] * 2
    assert office.letters.find(key).state == "failed"
    complaint = office.complaints.load(judged).complaint
    assert complaint.gets_mail
    assert complaint.untold_at


def test_a_letter_of_the_staff_s_says_nothing_of_a_complaint(office, judged):
    """It is on the record of letters alone."""
    before = records(office, judged)
    key = next(one.key for one in office.mailer.sent if one.to == MANAGER.email)
    office.hear(key, BOUNCED)
    assert office.letters.find(key).state == BOUNCED
    assert records(office, judged) == before

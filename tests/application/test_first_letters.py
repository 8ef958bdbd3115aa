"""The form reaches few strangers an hour: first letters are limited, and none is lost."""

from collections import Counter
from datetime import timedelta

import pytest

from chalicelib.domain.commands import Acknowledge
from chalicelib.domain.delivery import DELIVERED, SENT
from support.forms import POLICY
from support.load import complain, power_cut
from support.people import MANAGER, RECEPTIONIST
from support.values import replace

AN_HOUR = 3


@pytest.fixture
def office(office):
    """An office in which three first letters go an hour."""
    settings = replace(POLICY.settings, first_letters_an_hour=AN_HOUR)
    return office.but(policy=replace(POLICY, settings=settings))


def receipts(office, references):
    """Those of these complaints whose receipt went out, whether or not it is known to have come."""
    return [one for one in references if {SENT, DELIVERED} & set(receipt(office, one))]


def receipt(office, reference):
    letters = office.complaints.dossier(reference).letters
    return [one.state for one in letters if one.letter == "receipt"]


def flood(office, numbers, **form):
    """Complaints with so many addresses that nobody knows, a second after each other."""
    references = []
    for number in numbers:
        references.append(complain(office, number, **form))
        office.clock.at += timedelta(seconds=1)
    return references


def test_the_setting_is_a_thousand():
    """An hour in which a community of thousands has a power cut stays below it."""
    assert POLICY.settings.first_letters_an_hour == 1000


def test_what_is_beyond_the_hour_waits_oldest_first(office):
    """Eight forms: three letters in each hour, in the order of the forms, and none is dropped."""
    references = flood(office, range(8))
    assert receipts(office, references) == references[:3]
    office.until("Monday 2026-11-23 10:55").sweep.go()
    assert receipts(office, references) == references[:3]
    office.until("Monday 2026-11-23 11:00").sweep.go()
    assert receipts(office, references) == references[:6]
    office.until("Monday 2026-11-23 12:00").sweep.go()
    assert receipts(office, references) == references
    to = Counter(mail.to for mail in office.mailer.sent if mail.to.startswith("home-"))
    assert set(to.values()) == {1}


def test_nobody_overtakes_what_waits(office):
    """A form of the next hour comes after those of the hour before, though there were room."""
    references = flood(office, range(4))
    office.until("Monday 2026-11-23 11:00")
    late = flood(office, [9])
    assert receipts(office, [*references, *late]) == references[:3]
    office.sweep.go()
    assert receipts(office, [*references, *late]) == [*references, *late]


def test_an_address_that_has_complained_before_does_not_wait(office):
    """Who has an earlier complaint is acknowledged at once, in the worst of floods."""
    known = flood(office, [1])
    office.until("Monday 2026-11-23 11:00")
    flood(office, range(10, 20))
    again = complain(office, "again", email="home-1@example.com")
    assert receipts(office, [*known, again]) == [*known, again]


def test_what_a_receptionist_takes_in_does_not_wait(office):
    """The front desk sees who is there: that is no relay."""
    flood(office, range(5))
    taken_in = office.take_in(RECEPTIONIST, **power_cut("desk"))
    assert receipts(office, [taken_in]) == [taken_in]


def test_other_communities_have_hours_of_their_own(office):
    """A flood of one keeps no other waiting."""
    flood(office, range(5))
    elsewhere = flood(office, [9], community="maple-court")
    assert receipts(office, elsewhere) == elsewhere


def test_the_staff_are_told_at_once_and_other_letters_go(office):
    """Only the receipt waits: its owner hears of it, and what is done reaches the resident."""
    references = flood(office, range(4))
    office.act(references[3], Acknowledge(MANAGER.id))
    last = [mail for mail in office.mailer.sent if mail.to == "home-3@example.com"]
    assert ["受理" in mail.written.subject for mail in last] == [True]
    assert any(references[3] in mail.written.subject for mail in office.mailer.sent)


def test_a_sweep_says_that_letters_wait_and_that_nothing_failed(office):
    """As long as something waits for the next hour; the alarm counts what it writes."""
    flood(office, range(4))
    report = office.until("Monday 2026-11-23 10:10").sweep.go()
    assert (report.waiting, report.failed) == (("jade-lake",), ())
    report = office.until("Monday 2026-11-23 11:00").sweep.go()
    assert (report.waiting, report.failed, report.posted) == ((), (), 1)


def test_a_letter_that_is_refused_holds_up_no_other(office):
    """What waited and is refused is tried again, and the rest of the lane goes on."""
    references = flood(office, range(6))
    office.mailer.refused = {"home-3@example.com"}
    report = office.until("Monday 2026-11-23 11:00").sweep.go()
    assert len(report.failed) == 1
    assert receipts(office, references) == [*references[:3], *references[4:]]
    office.mailer.refused = set()
    office.until("Monday 2026-11-23 11:05").sweep.go()
    assert receipts(office, references) == references

"""Nobody's mailbox is filled by forms that others send in (our setting)."""

import pytest

from chalicelib.application.outbox import ComplaintEvent
from chalicelib.domain.commands import AskCode, Withdraw
from chalicelib.domain.model import RESIDENT
from support.examples import acknowledge
from support.forms import POLICY
from support.load import complain
from support.people import MANAGER

A_DAY = POLICY.settings.receipts_a_day
STRANGER = "stranger@example.com"


def flood(office, count, **form):
    """Somebody fills in the form again and again with a stranger's address."""
    first = len(office.complaints.saved)
    forms = range(first, first + count)
    references = [complain(office, number, **{"email": STRANGER} | form) for number in forms]
    return references, [receipt(office, reference) for reference in references].count("delivered")


def receipt(office, reference):
    """What became of a complaint's receipt."""
    letters = office.complaints.dossier(reference).letters
    return next(one.state for one in letters if one.letter == "receipt")


def to_resident(office):
    """The letters that the stranger's mailbox got."""
    return [mail for mail in office.mailer.sent if mail.to == STRANGER]


def test_a_stranger_is_sent_ten_receipts_a_day(office):
    """Of twelve complaints with one address ten are acknowledged by letter, and all are kept."""
    references, receipts = flood(office, 12)
    assert receipts == A_DAY == 10
    states = [receipt(office, reference) for reference in references]
    assert states == ["delivered"] * 10 + ["withheld"] * 2


def test_the_next_day_has_receipts_of_its_own(office):
    """The day is the community's: at its midnight the count begins anew."""
    office.until("Monday 2026-11-23 23:50")
    assert flood(office, 12)[1] == 10
    office.until("Monday 2026-11-23 23:59")
    assert flood(office, 2)[1] == 0
    office.until("Tuesday 2026-11-24 00:00")
    assert flood(office, 12)[1] == 10


@pytest.mark.parametrize(
    "spelled", ["Stranger@Example.com", "stranger+1@example.com", "stran.ger@example.com"]
)
def test_a_mailbox_is_one_however_it_is_written(office, spelled):
    """Capitals, dots and what stands after a plus lead to the same mailbox."""
    flood(office, 10)
    before = len(to_resident(office))
    assert flood(office, 2, email=spelled)[1] == 0
    assert len(to_resident(office)) - before <= 2


def test_another_address_has_receipts_of_its_own(office):
    """Nobody goes without a letter because a stranger was flooded."""
    flood(office, 12)
    assert flood(office, 1, email="another@example.com")[1] == 1


def test_a_code_sent_again_counts_as_a_receipt(office):
    """Whoever asks for lost codes cannot fill a mailbox either."""
    references, _ = flood(office, 8)
    before = len(to_resident(office))
    for reference in references[:4]:
        office.act(reference, AskCode(RESIDENT))
    assert len(to_resident(office)) - before == 2


def test_what_a_resident_does_without_an_account_fills_no_mailbox(office):
    """However many are sent in, linked and withdrawn: as many letters again as receipts."""
    references, _ = flood(office, 14)
    for reference in references:
        office.act(reference, Withdraw(RESIDENT, ""))
    assert len(to_resident(office)) == 2 * A_DAY


def test_what_the_staff_bring_about_is_never_withheld(office):
    """An acknowledgement reaches the resident, however many receipts the address had."""
    references, _ = flood(office, 12)
    office.act(references[-1], acknowledge(MANAGER.id))
    assert "受理" in to_resident(office)[-1].written.subject


def test_a_receipt_delivered_twice_is_counted_once(office):
    """The stream brings each receipt three times; ten complaints still have theirs."""
    for number in range(A_DAY):
        reference = complain(office, number, email=STRANGER)
        for _ in range(2):
            office.notifier.post(ComplaintEvent(reference, 1))
        assert receipt(office, reference) == "delivered"


def test_no_address_stands_in_a_rate_limit(office):
    """What is counted is an HMAC, which tells nothing of the address."""
    flood(office, 2)
    rate_limits = office.rate_limits
    assert not [name for name in rate_limits.taken if "stranger" in name or "@" in name]

"""Nobody's mailbox is filled by forms that others send in (our setting)."""

from datetime import timedelta

import pytest

from chalicelib.application.outbox import ComplaintEvent
from chalicelib.domain.commands import AskCode, Withdraw
from chalicelib.domain.delivery import DELIVERED
from chalicelib.domain.model import RESIDENT
from support.examples import acknowledge
from support.forms import POLICY
from support.load import complain, power_cut
from support.people import MANAGER, RECEPTIONIST, SUPERVISOR

A_DAY = POLICY.settings.receipts_a_day
STRANGER = "stranger@example.com"


def flood(office, count, **form):
    """Somebody fills in the form again and again with a stranger's address."""
    first = len(office.complaints.saved)
    forms = range(first, first + count)
    references = []
    for number in forms:
        references.append(complain(office, number, **{"email": STRANGER} | form))
        office.clock.at += timedelta(seconds=1)
    return references, [receipt(office, reference) for reference in references].count("sent")


def state(office, reference, letter):
    """What became of a letter about a complaint; *sent* also of one that is known to have come."""
    letters = office.complaints.dossier(reference).letters
    found = next(one.state for one in letters if one.letter == letter)
    return "sent" if found == DELIVERED else found


def receipt(office, reference):
    """What became of a complaint's receipt."""
    return state(office, reference, "receipt")


def to_resident(office):
    """The letters that the stranger's mailbox got."""
    return [mail for mail in office.mailer.sent if mail.to == STRANGER]


def test_a_stranger_is_sent_ten_receipts_a_day(office):
    """Of twelve complaints with one address ten are acknowledged by letter, and all are kept."""
    references, receipts = flood(office, 12)
    assert receipts == A_DAY == 10
    states = [receipt(office, reference) for reference in references]
    assert states == ["sent"] * 10 + ["claimed"] * 2


def test_a_receipt_is_never_withheld(office):
    """What an address has no room for today comes tomorrow, in the order in which it came in."""
    references, _ = flood(office, 12)
    real = complain(office, "real", email=STRANGER)
    office.until("Tuesday 2026-11-24 00:05").sweep.go()
    waited = [*references[10:], real]
    assert [receipt(office, one) for one in waited] == ["sent"] * 3
    subjects = [mail.written.subject for mail in to_resident(office)[-3:]]
    assert [one in subject for one, subject in zip(waited, subjects, strict=True)] == [True] * 3


def test_what_waits_goes_before_the_next_day_s(office):
    """Of 22 complaints ten are sent a day, the oldest first, whatever comes in meanwhile."""
    references, _ = flood(office, 22)
    office.until("Tuesday 2026-11-24 00:05").sweep.go()
    assert [receipt(office, one) for one in references] == ["sent"] * 20 + ["claimed"] * 2
    office.until("Wednesday 2026-11-25 00:05").sweep.go()
    assert {receipt(office, one) for one in references} == {"sent"}


def test_the_receipt_of_what_ended_meanwhile_is_not_sent(office):
    """Whoever had the flood's complaints withdrawn has ended the flood of letters."""
    references, _ = flood(office, 12)
    office.act(references[-1], Withdraw(SUPERVISOR.id, "不是业户提出的"))
    office.until("Tuesday 2026-11-24 00:05").sweep.go()
    assert [receipt(office, one) for one in references[-2:]] == ["sent", "withheld"]


def test_what_a_receptionist_takes_in_is_acknowledged_at_once(office):
    """A resident at the front desk has a receipt, however many a stranger had sent before."""
    flood(office, 12)
    form = power_cut("desk", email=STRANGER)
    assert receipt(office, office.take_in(RECEPTIONIST, **form)) == "sent"


def test_the_next_day_has_receipts_of_its_own(office):
    """The day is the community's: at its midnight the count begins anew."""
    office.until("Monday 2026-11-23 23:50")
    assert flood(office, 12)[1] == 10
    office.until("Monday 2026-11-23 23:59")
    assert flood(office, 2)[1] == 0
    office.until("Tuesday 2026-11-24 00:00")
    assert flood(office, 12)[1] == 10


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("stranger@example.com", "Stranger@Example.com"),
        ("stranger@gmail.com", "Stran.Ger+1@googlemail.com"),
        ("stranger@outlook.com", "stranger+1@outlook.com"),
        ("stranger@proton.me", "stranger+1@pm.me"),
    ],
)
def test_a_mailbox_is_one_however_its_provider_lets_it_be_written(office, written, spelled):
    """Capitals everywhere; dots and what stands after a plus where the provider says so."""
    assert flood(office, 10, email=written)[1] == 10
    assert flood(office, 2, email=spelled)[1] == 0


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("zhang.san@example.com", "zhangsan@example.com"),
        ("zhang@example.com", "zhang+san@example.com"),
        ("zhang.san@outlook.com", "zhangsan@outlook.com"),
        ("zhangsan@outlook.com", "zhangsan@hotmail.com"),
        ("zhangsan@163.com", "zhang.san@163.com"),
        ("zhangsan@qq.com", "zhangsan+1@qq.com"),
    ],
)
def test_two_people_have_two_mailboxes(office, written, spelled):
    """Where no provider says that both are one, nobody uses up another one's receipts."""
    flood(office, 12, email=written)
    assert flood(office, 1, email=spelled)[1] == 1


def test_another_address_has_receipts_of_its_own(office):
    """Nobody goes without a letter because a stranger was flooded."""
    flood(office, 12)
    assert flood(office, 1, email="another@example.com")[1] == 1


def test_a_code_sent_again_uses_up_no_receipt(office):
    """Whoever asks for lost codes keeps nobody's receipt back, and fills no mailbox either."""
    references, _ = flood(office, 6)
    for reference in references:
        office.act(reference, AskCode(RESIDENT))
    more, receipts = flood(office, 4)
    assert receipts == 4
    more += flood(office, 2)[0]
    for reference in more:
        office.act(reference, AskCode(RESIDENT))
    states = [state(office, one, "code_again") for one in (*references, *more)]
    assert states == ["sent"] * A_DAY + ["withheld"] * 2


def test_what_a_resident_does_without_an_account_fills_no_mailbox(office):
    """However many are sent in, linked and withdrawn: as many letters again as receipts."""
    references, _ = flood(office, 14)
    for reference in references:
        office.act(reference, Withdraw(RESIDENT, ""))
    office.until("Tuesday 2026-11-24 00:05").sweep.go()
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
        assert receipt(office, reference) == "sent"


def test_no_address_stands_in_a_rate_limit(office):
    """What is counted is an HMAC, which tells nothing of the address."""
    flood(office, 2)
    rate_limits = office.rate_limits
    assert not [name for name in rate_limits.taken if "stranger" in name or "@" in name]

"""What the ladder brings up, as its readers get it: in the morning, or at once."""

from support.office import Office
from support.people import LEADER, MANAGER, SUPERVISOR


def test_what_was_brought_up_is_counted_by_what_its_reader_got():
    """The leadership's first morning of it says once, though others were told of it before."""
    office = Office("Monday 2026-11-23 10:00", digests=True)
    office.receive()
    for day in ("Tuesday 2026-11-24", "Wednesday 2026-11-25", "Thursday 2026-11-26"):
        for hour in ("09:00", "18:00"):
            office.until(f"{day} {hour}").sweep.go()
            office.deliver()
    (first,) = [mail.written.text for mail in office.mailer.sent if mail.to == LEADER.email]
    assert "times brought to you: 1" in first
    office.until("Friday 2026-11-27 09:00").sweep.go()
    office.deliver()
    _, second = [mail.written.text for mail in office.mailer.sent if mail.to == LEADER.email]
    assert "times brought to you: 2" in second


def test_a_major_complaints_first_contact_is_reminded_of_at_any_time(office):
    """Each rung in a letter of its own, with another subject where it is another round."""
    reference = office.receive(hurt="yes")
    sent = len(office.mailer.sent)
    for hour in ("12:00", "14:00", "16:00", "18:00"):
        office.until(f"Monday 2026-11-23 {hour}").sweep.go()
        office.deliver()
    told = [
        (mail.to, mail.written.subject)
        for mail in office.mailer.sent[sent:]
        if mail.to.endswith("@anhe.example")
    ]
    assert [to for to, _ in told] == [MANAGER.email, SUPERVISOR.email, LEADER.email]
    assert told[0][1].startswith("[Overdue] First contact, due by Monday 23 November 2026, 12:00")
    assert told[1][1].startswith("【请协助】首次联系业户，应在 2026年11月23日（星期一）12:00 之前")
    assert told[2][1].startswith("[Overdue, brought to you]")
    assert all(reference in subject for _, subject in told)

"""The sweep: what time has brought due is found, recorded and told, once."""

from datetime import timedelta

import pytest

from chalicelib.domain.commands import Judge
from fakes.complaints import FakeComplaints
from support.examples import acknowledge, at, close, confirm, judge, reply
from support.forms import an_intake
from support.people import HEAD, LEADER, MANAGER, SUPERVISOR


def kinds(office, reference):
    return [record.kind for record in office.complaints.load(reference).records]


def go(office):
    """One sweep, and the stream after it."""
    report = office.sweep.go()
    office.deliver()
    return report


def test_a_missed_promise_is_on_the_record(office):
    """Not acknowledged by Tuesday's closing time: that stands in the history, once."""
    reference = office.receive()
    office.until("Tuesday 2026-11-24 17:59")
    assert go(office).looked_at == 1
    assert go(office).looked_at == 0
    assert "missed" not in kinds(office, reference)
    office.until("Tuesday 2026-11-24 18:00")
    assert go(office).looked_at == 1
    record = office.complaints.load(reference).records[-3]
    assert (record.kind, record.event.promises) == ("missed", ("acknowledge", "feedback"))
    assert go(office).looked_at == 0


def test_one_sweep_records_all_that_was_missed(office):
    """Sweeps that did not run for a week lose nothing."""
    reference = office.receive()
    office.until("Thursday 2026-12-03 09:00")
    go(office)
    record = office.complaints.load(reference).records[-3]
    assert record.event.promises == ("acknowledge", "feedback", "judge", "reply")


def test_a_month_unsolved_makes_it_major_and_all_are_told(office):
    """After one month without a solution 5.1.3 holds: everybody concerned reads it."""
    reference = office.receive()
    office.act(reference, acknowledge(MANAGER.id))
    office.until("Wednesday 2026-12-23 09:59")
    go(office)
    sent = len(office.mailer.sent)
    assert office.complaints.load(reference).complaint.severity == "important"
    office.until("Wednesday 2026-12-23 10:00")
    go(office)
    complaint = office.complaints.load(reference).complaint
    assert (complaint.severity, complaint.verdict.clauses) == ("major", ("5.1.3", "5.2.1"))
    mails = office.mails_since(sent)
    staff = {one.email for one in (SUPERVISOR, MANAGER, HEAD, LEADER)}
    assert set(mails) == {*staff, "li@example.com"}
    for mail in (mails[one] for one in staff):
        assert "5.1.3" in mail.written.text
        assert ("Now major" in mail.written.subject) or ("升级为重大" in mail.written.subject)


def test_a_month_that_is_judged_away_does_not_run(office):
    """Judged invalid, the month stops; judged valid again, it has run from the first receipt."""
    reference = office.receive()
    office.act(reference, judge(SUPERVISOR.id, valid=False))
    office.until("Monday 2027-01-04 10:00")
    go(office)
    assert office.complaints.load(reference).complaint.severity == "important"
    after = office.act(reference, Judge(SUPERVISOR.id, "还是有效", valid=True))
    assert after.severity == "major"


def test_sweeping_twice_does_nothing_twice(office):
    """A second sweep at the same moment records nothing and writes to nobody."""
    reference = office.receive()
    office.until("Wednesday 2026-12-23 10:00")
    go(office)
    records, sent = kinds(office, reference), len(office.mailer.sent)
    report = go(office)
    assert (report.looked_at, report.posted, report.failed) == (0, 0, ())
    assert kinds(office, reference) == records
    assert len(office.mailer.sent) == sent


def test_what_was_judged_and_closed_in_time_is_never_due(office):
    """Replied to, confirmed, judged and closed, nothing of it is due any more."""
    reference = office.receive()
    office.act(reference, reply(MANAGER.id))
    office.act(reference, confirm(MANAGER.id))
    office.act(reference, judge(SUPERVISOR.id, valid=True))
    office.act(reference, close(MANAGER.id))
    office.until("Wednesday 2027-12-22 10:00")
    assert go(office).looked_at == 0
    assert "missed" not in kinds(office, reference)


def test_one_that_fails_stops_no_other(office):
    """A complaint that cannot be loaded is named, and the next one is looked at all the same."""
    references = [office.receive(form_id=str(count)) for count in range(3)]
    office.until("Tuesday 2026-11-24 18:00")
    complaints = Torn(office.complaints.saved)
    complaints.torn = broken = references[0]
    report = office.but(complaints=complaints).sweep.go()
    assert report.looked_at == 3
    (failure,) = report.failed
    assert broken in failure
    others = [reference for reference in references if reference != broken]
    assert all("missed" in kinds(office, reference) for reference in others)


class Torn(FakeComplaints):
    """Complaints one of which cannot be read."""

    torn = ""

    def load(self, reference):
        """The one that is torn is an error."""
        if reference == self.torn:
            raise OSError("The record cannot be read.")
        return super().load(reference)


@pytest.mark.parametrize("refused", [SUPERVISOR, MANAGER])
def test_a_mail_that_is_refused_stops_no_other(office, refused):
    """An address that no mail reaches keeps nobody else from a letter, in this event or later."""
    office.mailer.refused = {refused.email}
    office.submit_complaint.receive(_intake(office, "1"), "web")
    office.submit_complaint.receive(_intake(office, "2"), "web")
    office.clock.at += timedelta(minutes=6)
    for _ in range(2):
        report = office.sweep.go()
        office.clock.at += timedelta(minutes=6)
    told = [mail.to for mail in office.mailer.sent]
    others = {SUPERVISOR.email, MANAGER.email, HEAD.email} - {refused.email}
    assert {one: told.count(one) for one in others} == dict.fromkeys(others, 2)
    assert len(report.failed) == 2
    office.mailer.refused = set()
    assert office.sweep.go().failed == ()
    assert [mail.to for mail in office.mailer.sent].count(refused.email) == 2


def test_the_stream_has_five_minutes_before_the_sweep_looks(office):
    """What was just recorded is the stream's; after five minutes it is the sweep's."""
    office.submit_complaint.receive(_intake(office, "1"), "web")
    office.clock.at = at("Monday 2026-11-23 10:05")
    assert office.sweep.go().posted == 0
    office.clock.at = at("Monday 2026-11-23 10:06")
    assert office.sweep.go().posted == 1


def _intake(office, form_id):
    return an_intake(office.clock.now(), form_id=form_id)

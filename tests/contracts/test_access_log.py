"""What every `AccessLog` keeps, and the dossier tells."""

from chalicelib.application.records import AccessRecord
from support.examples import at
from support.histories import just_received

MOMENT = "Monday 2026-11-23 10:00"
MONDAY, LATER = at(MOMENT), at("Monday 2026-11-23 11:00")
TUESDAY = at("Tuesday 2026-11-24 10:00")


def kept(ports, **form):
    """A complaint that stands; its reference."""
    history = just_received(MOMENT, **form)
    ports.submit(history)
    return history.complaint.reference


def test_looks_are_counted_by_person_and_day_and_come_newest_first(ports):
    """Looking again on the same day makes no second entry; the last time is what is kept."""
    reference = kept(ports)
    for staff, now in (("chen", MONDAY), ("zhao", MONDAY), ("chen", LATER), ("chen", TUESDAY)):
        ports.access_log.note(reference, staff, now)
    expected = (
        AccessRecord("chen", 1, TUESDAY),
        AccessRecord("chen", 2, LATER),
        AccessRecord("zhao", 1, MONDAY),
    )
    assert ports.complaints.dossier(reference).access == expected


def test_each_complaint_has_its_own_looks(ports):
    """Nobody looked at what nobody looked at."""
    reference = kept(ports)
    ports.access_log.note("8K3MQ-9TX4B", "chen", MONDAY)
    assert ports.complaints.dossier(reference).access == ()


def test_a_look_is_no_change(ports):
    """Whoever acts meanwhile acts on what they loaded."""
    reference = kept(ports)
    before = ports.complaints.load(reference)
    ports.access_log.note(reference, "chen", MONDAY)
    assert ports.complaints.load(reference) == before

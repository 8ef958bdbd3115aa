"""What every `AccessLog` keeps."""

from chalicelib.application.records import AccessRecord
from support.examples import at

ONE, OTHER = "7K3MQ-9TX4B", "8K3MQ-9TX4B"
MONDAY, LATER = at("Monday 2026-11-23 10:00"), at("Monday 2026-11-23 11:00")
TUESDAY = at("Tuesday 2026-11-24 10:00")


def test_looks_are_counted_by_person_and_day_and_come_newest_first(ports):
    """Looking again on the same day makes no second entry; the last time is what is kept."""
    for staff, now in (("chen", MONDAY), ("zhao", MONDAY), ("chen", LATER), ("chen", TUESDAY)):
        ports.access_log.note(ONE, staff, now)
    expected = (
        AccessRecord("chen", 1, TUESDAY),
        AccessRecord("chen", 2, LATER),
        AccessRecord("zhao", 1, MONDAY),
    )
    assert ports.access_log.of(ONE) == expected


def test_each_complaint_has_its_own_looks(ports):
    """Nobody looked at what nobody looked at."""
    ports.access_log.note(ONE, "chen", MONDAY)
    assert ports.access_log.of(OTHER) == ()

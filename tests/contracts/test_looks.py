"""What every `Looks` keeps."""

from chalicelib.service.ports import Look
from examples import at

ONE, OTHER = "7K3MQ-9TX4B", "8K3MQ-9TX4B"
MONDAY, LATER = at("Monday 2026-11-23 10:00"), at("Monday 2026-11-23 11:00")
TUESDAY = at("Tuesday 2026-11-24 10:00")


def test_looks_are_counted_by_person_and_day_and_come_newest_first(ports):
    """Looking again on the same day makes no second entry; the last time is what is kept."""
    for staff, now in (("chen", MONDAY), ("zhao", MONDAY), ("chen", LATER), ("chen", TUESDAY)):
        ports.looks.note(ONE, staff, now)
    expected = Look("chen", 1, TUESDAY), Look("chen", 2, LATER), Look("zhao", 1, MONDAY)
    assert ports.looks.of(ONE) == expected


def test_each_complaint_has_its_own_looks(ports):
    """Nobody looked at what nobody looked at."""
    ports.looks.note(ONE, "chen", MONDAY)
    assert ports.looks.of(OTHER) == ()

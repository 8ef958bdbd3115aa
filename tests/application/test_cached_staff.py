"""The directory is read once for what is handled together, and is never old."""

from dataclasses import dataclass, field
from datetime import timedelta

from chalicelib.application.cached_staff import CachedStaff
from fakes.staff import FakeStaff
from support.people import SUPERVISOR
from support.values import replace


@dataclass
class CountingStaff(FakeStaff):
    """Staff that know how often they were asked for."""

    asked: list = field(default_factory=list)

    def directory(self):
        """One more time."""
        self.asked.append(1)
        return super().directory()


def counting(office):
    """The office's staff, counted, in place of its own everywhere."""
    staff = CountingStaff(office.staff.staff, office.staff.sessions, office.staff.versions)
    return staff, office.but(staff=staff)


def test_a_sweep_reads_the_directory_once(office):
    """Ten complaints that are due, and their letters, ask the table for the staff once."""
    for number in range(10):
        office.receive(form_id=f"{number}")
    office.until("Wednesday 2026-12-23 10:00")
    staff, office = counting(office)
    assert office.sweep.go().looked_at == 10
    assert len(staff.asked) == 1


def test_a_sweep_with_nothing_to_do_reads_no_directory(office):
    """Most sweeps find nothing, and ask for nobody."""
    staff, office = counting(office)
    assert office.sweep.go().looked_at == 0
    assert staff.asked == []


def test_who_left_meanwhile_is_noticed_within_seconds(office):
    """A long sweep hands nothing to somebody who was disabled while it runs."""
    remembered = CachedStaff(office.staff, office.clock)
    assert not remembered.directory().person(SUPERVISOR.id).disabled
    office.staff.put(replace(SUPERVISOR, disabled=True))
    office.clock.at += timedelta(seconds=9)
    assert not remembered.directory().person(SUPERVISOR.id).disabled
    office.clock.at += timedelta(seconds=1)
    assert remembered.directory().person(SUPERVISOR.id).disabled

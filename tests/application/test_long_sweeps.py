"""Sweeps with more to do than time for it: they stop, say so, and the next goes on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from fakes.complaints import FakeComplaints
from support.examples import at
from support.forms import an_intake
from support.values import replace

DUE = "Wednesday 2026-12-23 10:00"


@dataclass
class Hourglass:
    """A time limit of so many tasks: each question about it lets one grain fall."""

    grains: int

    def __call__(self):
        """What is left, in seconds."""
        self.grains -= 1
        return timedelta(seconds=self.grains + 1)


@dataclass
class WatchedComplaints(FakeComplaints):
    """Complaints that know who was looked at, some of which cannot be read."""

    loaded: list = field(default_factory=list)
    torn: set = field(default_factory=set)
    named: int = 0

    def load(self, reference):
        """Those that are torn are an error."""
        self.loaded.append(reference)
        if reference in self.torn:
            raise OSError("The record cannot be read.")
        return super().load(reference)

    def due(self, now) -> Iterator[str]:
        """One after the other, as the table's pages come."""
        for reference in super().due(now):
            self.named += 1
            yield reference


@pytest.fixture
def watched(office):
    """Complaints that are watched while a sweep of their own office goes over them."""

    def watch():
        complaints = WatchedComplaints(office.complaints.saved)
        complaints.sweep = office.but(complaints=complaints).sweep
        return complaints

    return watch


def receive_many(office, count):
    """So many complaints, a minute apart, with their letters sent; their references."""
    references = []
    for number in range(count):
        references.append(office.receive(form_id=f"{number}", email=f"home-{number}@example.com"))
        office.clock.at += timedelta(minutes=1)
    return references


def reminded(office, reference):
    """Whether the clock wrote anything into its history that day."""
    records = office.complaints.load(reference).records
    return [record.by for record in records if record.at == at(DUE)].count("clock")


def test_a_sweep_stops_before_its_time_is_up_and_the_next_goes_on(office, watched):
    """Fifty are due and there is time for twenty: three sweeps look at each of them once."""
    references = receive_many(office, 50)
    office.until(DUE)
    complaints = watched()
    reports = [complaints.sweep.go(Hourglass(20)) for _ in range(3)]
    assert [report.looked_at for report in reports] == [20, 20, 10]
    assert [report.unfinished for report in reports] == [True, True, False]
    assert not [report.failed for report in reports if report.failed]
    assert sorted(complaints.loaded) == sorted(references)
    assert all(reminded(office, reference) for reference in references)
    assert complaints.sweep.go().looked_at == 0


def test_after_a_standstill_they_catch_up_in_order(office, watched):
    """What has been due longest is looked at first, in one sweep and from sweep to sweep."""
    references = receive_many(office, 12)
    office.until(DUE)
    expected = list(office.complaints.due(office.clock.now()))
    complaints = watched()
    for _ in range(3):
        complaints.sweep.go(Hourglass(5))
    assert complaints.loaded == expected
    assert sorted(expected) == sorted(references)


def test_no_more_is_asked_of_the_index_than_there_is_time_for(office, watched):
    """The references due are a stream: of fifty, a sweep for three has heard of four."""
    receive_many(office, 50)
    office.until(DUE)
    complaints = watched()
    complaints.sweep.go(Hourglass(3))
    assert complaints.named == 4


def test_a_sweep_without_time_does_nothing_and_says_so(office):
    """Neither a failure nor a success: unfinished."""
    receive_many(office, 1)
    office.until(DUE)
    report = office.sweep.go(Hourglass(0))
    assert (report.looked_at, report.posted, report.failed) == (0, 0, ())
    assert report.unfinished


def test_letters_left_behind_do_not_wait_for_a_backlog_to_end(office):
    """While fifty complaints are due, what the stream left is posted in its turn."""
    receive_many(office, 50)
    office.until("Wednesday 2026-12-23 09:50")
    new = office.submit_complaint.receive(
        an_intake(office.clock.now(), form_id="new"), "web"
    ).reference
    office.until(DUE)
    report = office.sweep.go(Hourglass(10))
    assert report.posted == 1
    assert report.looked_at == 9
    assert report.unfinished
    assert [mail for mail in office.mailer.sent if new in mail.written.subject]


def test_one_that_fails_stops_no_other(office, watched):
    """It is named with its reason, and those after it are looked at all the same."""
    references = receive_many(office, 5)
    office.until(DUE)
    complaints = watched()
    broken = next(iter(office.complaints.due(office.clock.now())))
    complaints.torn = {broken}
    report = complaints.sweep.go()
    assert report.looked_at == 5
    (failure,) = report.failed
    assert failure.startswith(f"{broken}: OSError")
    assert all(reminded(office, one) for one in references if one != broken)


def test_what_fails_every_time_starves_nobody(office, watched):
    """Ten that cannot be read come first by their time, and take it from nobody twice."""
    references = receive_many(office, 20)
    office.until(DUE)
    complaints = watched()
    in_order = list(office.complaints.due(office.clock.now()))
    complaints.torn = set(in_order[:10])
    first = complaints.sweep.go(Hourglass(10))
    assert (first.looked_at, len(first.failed)) == (10, 10)
    second = complaints.sweep.go(Hourglass(10))
    assert (second.looked_at, second.failed, second.unfinished) == (10, (), True)
    assert complaints.loaded[10:] == in_order[10:]
    assert sorted(complaints.loaded) == sorted(references)


def test_what_failed_is_tried_again_in_each_sweep(office, watched):
    """Put last is not given up: it is tried each time there is time, and done when it can be."""
    (reference,) = receive_many(office, 1)
    office.until(DUE)
    complaints = watched()
    complaints.torn = {reference}
    assert len(complaints.sweep.go().failed) == 1
    assert complaints.sweep.go(Hourglass(0)).failed == ()
    assert office.sweep_log.last().finished.failing == (reference,)
    assert len(complaints.sweep.go().failed) == 1
    complaints.torn = set()
    assert complaints.sweep.go().failed == ()
    assert reminded(office, reference)
    assert office.sweep_log.last().finished.failing == ()


def test_what_stays_due_with_nothing_to_do_is_a_failure(office, watched):
    """It would come first each time and take it from the others."""
    references = receive_many(office, 2)
    office.until(DUE)
    complaints = watched()
    first = next(iter(office.complaints.due(office.clock.now())))
    due = complaints.sweep.due
    idle = replace(complaints.sweep, due=replace(due, act=IdleAct()))
    failed = idle.go(Hourglass(1)).failed
    assert failed == (f"{first}: StillDueError()",)
    idle.go(Hourglass(1))
    assert complaints.loaded == [first, *(one for one in references if one != first)]


class IdleAct:
    """Finds nothing to do, whatever it is asked."""

    def act_on(self, history, command, by):  # noqa: ARG002 - as `ActOnComplaint`
        """Save nothing."""
        return history


def test_the_log_says_what_the_sweep_did(office, watched):
    """When it began and ended, what it did, what failed, and that its time was up."""
    receive_many(office, 4)
    office.until(DUE)
    complaints = watched()
    broken = next(iter(office.complaints.due(office.clock.now())))
    complaints.torn = {broken}
    complaints.sweep.go(Hourglass(3))
    done = office.sweep_log.last().finished
    assert (done.began_at, done.finished_at) == (at(DUE), at(DUE))
    assert (done.looked_at, done.posted, done.failed, done.unfinished) == (3, 0, 1, True)
    assert done.failing == (broken,)


def test_a_sweep_that_breaks_off_has_not_finished(office):
    """When the index itself cannot be read the sweep fails as a whole, and the log shows it."""
    office.until(DUE)
    with pytest.raises(OSError, match="index"):
        office.but(complaints=Unreadable()).sweep.go()
    last = office.sweep_log.last()
    assert last.began_at == at(DUE)
    assert last.finished is None


class Unreadable(FakeComplaints):
    """Complaints whose index cannot be read."""

    def due(self, now):
        """An error."""
        raise OSError(f"The index cannot be read at {now}.")

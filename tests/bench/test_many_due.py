"""Five thousand due at once: each takes the time of one among a hundred, and memory is bounded.

A sweep records what was missed, the next one sends the letters. Over the fakes, so
that the product's own work is measured; of time a ratio alone is
asserted. `make bench` prints the figures.
"""

from dataclasses import dataclass

import pytest

from bench.measuring import memory_of, seconds_of
from chalicelib.application.decided import decided
from chalicelib.application.outbox import ComplaintEvent
from chalicelib.domain.commands import AssignOwner
from support.forms import an_intake
from support.load import power_cut
from support.office import Office

MONDAY = "Monday 2026-11-23 10:00"
SWEEPS = {"deadlines": "Tuesday 2026-11-24 18:00", "letters": "Tuesday 2026-11-24 18:06"}
A_HUNDRED, FIVE_THOUSAND = 100, 5_000


@dataclass
class Chute:
    """A mailer that keeps nothing of what it is given."""

    count: int = 0

    def send(self, mail):
        """Count the letter, once it is written."""
        assert mail.written.text
        self.count += 1
        return f"message-{self.count}"


def office_with(due):
    """An office with so many complaints whose first promise ends on Tuesday at closing time."""
    office = Office(MONDAY, mailer=Chute())
    for number in range(due):
        _take_in(office, an_intake(office.clock.now(), **power_cut(number)))
    return office


def _take_in(office, intake):
    """Received, the owner named, and nothing of it left to tell."""
    submit, now = office.submit_complaint, office.clock.now()
    history = submit.begun(intake, "web", office.keys.reference(intake.form_id), now)
    history = decided(history, AssignOwner(), office.contexts.of(history), now, "clock")
    submit.submit(history, intake)
    reference = history.complaint.reference
    office.letters.settled |= {ComplaintEvent(reference, one.number) for one in history.records}


def rounds_measured(due, measure):
    """What the rounds of so many cost, each by its name; all of them are worked off."""
    office = office_with(due)
    costs = {name: measure(office.until(moment).sweep.go) for name, moment in SWEEPS.items()}
    assert list(office.complaints.due(office.clock.now())) == []
    assert office.mailer.count >= due
    return costs


@pytest.fixture(scope="module", autouse=True)
def _warm():
    """Templates are read and types made known before anything is measured."""
    rounds_measured(1, seconds_of)


def test_each_takes_no_longer_among_many():
    """Time for each complaint at 5,000 due is about that at 100 due; thrice would be a fault."""
    few, many = (rounds_measured(due, seconds_of) for due in (A_HUNDRED, FIVE_THOUSAND))
    for name in SWEEPS:
        ratio = (many[name] / FIVE_THOUSAND) / (few[name] / A_HUNDRED)
        print(f"\n{name}: time for each, 5,000 due / 100 due = {ratio:.2f}")  # noqa: T201 - the figures
        assert ratio < 3


def test_memory_stays_far_below_a_lambda_s():
    """With 5,000 due a sweep holds less than 16 MiB, of the 512 that it has.

    The fakes hand over what is due as one list, which is most of it; the table hands over pages.
    """
    for name, held in rounds_measured(FIVE_THOUSAND, memory_of).items():
        print(f"\n{name}: memory with 5,000 due = {held / 2**20:.1f} MiB")  # noqa: T201 - the figures
        assert held < 16 * 2**20

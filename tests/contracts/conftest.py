"""The ports twice: over the table, and in memory. Whatever is proved here holds for both."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from chalicelib.service.gatherings import Allowances, Gatherings
from chalicelib.service.mornings import Mornings
from chalicelib.service.ports import (
    Complaints,
    DutyLog,
    Imports,
    Lessons,
    Letters,
    Looks,
    StaffBook,
)
from chalicelib.service.round_book import RoundBook
from clouds import a_cloud
from fakes.complaints import FakeComplaints
from fakes.gatherings import FakeAllowances, FakeGatherings
from fakes.imports import FakeImports
from fakes.lessons import FakeLessons
from fakes.letters import FakeLetters
from fakes.looks import FakeLooks
from fakes.round_book import FakeRoundBook
from fakes.staff import FakeStaff


@dataclass(frozen=True)
class Ports:
    """One set of ports that belong together."""

    complaints: Complaints
    letters: Letters
    imports: Imports
    staff: StaffBook
    duty_log: DutyLog
    lessons: Lessons
    looks: Looks
    gatherings: Gatherings
    allowances: Allowances
    round_book: RoundBook
    mornings: Mornings

    def submit(self, history, due_at=None, digest="a digest", origin="", **households):
        """Submit with what most tests do not ask about."""
        return self.complaints.submit(history, digest, households, due_at, origin)


@pytest.fixture(params=["table", "memory"])
def ports(request) -> Iterator[Ports]:
    if request.param == "memory":
        yield in_memory()
        return
    with a_cloud(staff=()) as cloud:
        parts = cloud.parts
        yield Ports(
            parts.desk.complaints,
            parts.postroom.letters,
            parts.postroom.imports,
            parts.staff,
            parts.duty_log,
            parts.lessons,
            parts.looks,
            parts.postroom.restraint.gatherings,
            parts.postroom.restraint.allowances,
            parts.round_book,
            parts.rounds.daybreak.mornings,
        )


def in_memory() -> Ports:
    """The fakes that belong together."""
    complaints, imports = FakeComplaints(), FakeImports()
    letters = FakeLetters(complaints, imports)
    return Ports(
        complaints,
        letters,
        imports,
        FakeStaff(),
        complaints.duty_log,
        FakeLessons(complaints),
        FakeLooks(),
        FakeGatherings(letters),
        FakeAllowances(),
        FakeRoundBook(),
        letters.mornings,
    )

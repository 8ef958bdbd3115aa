"""The ports twice: over the table, and in memory. Whatever is proved here holds for both."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from chalicelib.service.ports import Complaints, Imports, Letters, StaffBook
from clouds import a_cloud
from fakes.complaints import FakeComplaints
from fakes.imports import FakeImports
from fakes.letters import FakeLetters
from fakes.staff import FakeStaff


@dataclass(frozen=True)
class Ports:
    """One set of ports that belong together."""

    complaints: Complaints
    letters: Letters
    imports: Imports
    staff: StaffBook

    def submit(self, history, due_at=None, digest="a digest", origin=""):
        """Submit with what most tests do not ask about."""
        return self.complaints.submit(history, digest, "a household", due_at, origin)


@pytest.fixture(params=["table", "memory"])
def ports(request) -> Iterator[Ports]:
    if request.param == "memory":
        complaints, imports = FakeComplaints(), FakeImports()
        yield Ports(complaints, FakeLetters(complaints, imports), imports, FakeStaff())
        return
    with a_cloud(staff=()) as cloud:
        postroom = cloud.parts.postroom
        desk = postroom.desk
        yield Ports(desk.complaints, postroom.letters, postroom.imports, desk.staff)

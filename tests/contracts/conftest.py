"""The ports three times: over moto's table, the offline cloud's, and in memory without one.

Whatever is proved here holds for each.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from chalicelib.application.ports.access_log import AccessLog
from chalicelib.application.ports.alert_batches import AlertBatches
from chalicelib.application.ports.analyses import Analyses
from chalicelib.application.ports.complaint_list import ComplaintList
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.duty_log import DutyLog
from chalicelib.application.ports.imports import Imports
from chalicelib.application.ports.lessons import Lessons
from chalicelib.application.ports.letters import Letters
from chalicelib.application.ports.months import Months
from chalicelib.application.ports.rate_limits import RateLimits
from chalicelib.application.ports.staff import StaffBook
from chalicelib.application.ports.staff_log import StaffLog
from chalicelib.application.ports.sweep_log import SweepLog
from chalicelib.application.ports.waiting_letters import WaitingLetters
from chalicelib.application.ports.workday_starts import WorkdayStarts
from chalicelib.bootstrap import Container
from fakes.access_log import FakeAccessLog
from fakes.alert_batches import FakeAlertBatches
from fakes.analyses import FakeAnalyses
from fakes.complaint_list import FakeComplaintList
from fakes.complaints import FakeComplaints
from fakes.imports import FakeImports
from fakes.lessons import FakeLessons
from fakes.letters import FakeLetters
from fakes.months import FakeMonths
from fakes.rate_limits import FakeRateLimits
from fakes.staff import FakeStaff
from fakes.sweep_log import FakeSweepLog
from fakes.waiting_letters import FakeWaitingLetters
from support.clouds import a_cloud
from support.memory import memory_container


@dataclass(frozen=True)
class Ports:
    """One set of ports that belong together."""

    complaints: Complaints
    complaint_list: ComplaintList
    letters: Letters
    imports: Imports
    staff: StaffBook
    duty_log: DutyLog
    lessons: Lessons
    access_log: AccessLog
    alert_batches: AlertBatches
    rate_limits: RateLimits
    sweep_log: SweepLog
    workday_starts: WorkdayStarts
    waiting_letters: WaitingLetters
    staff_log: StaffLog
    months: Months
    analyses: Analyses

    def submit(self, history, due_at=None, digest="a digest", origin="", **households):
        """Submit with what most tests do not ask about."""
        return self.complaints.submit(history, digest, households, due_at, origin)


@pytest.fixture(params=["moto", "memory_table", "fakes"])
def ports(request) -> Iterator[Ports]:
    if request.param == "fakes":
        yield fakes()
        return
    if request.param == "memory_table":
        yield over(memory_container())
        return
    with a_cloud(staff=()) as cloud:
        yield over(cloud.container)


def over(container: Container) -> Ports:
    """The adapters, over the clients that this container has."""
    return Ports(
        container.complaints,
        container.complaint_list,
        container.letters,
        container.imports,
        container.staff,
        container.duty_log,
        container.lessons,
        container.access_log,
        container.alert_batches,
        container.rate_limits,
        container.sweep_log,
        container.workday_starts,
        container.waiting_letters,
        container.staff_log,
        container.months,
        container.analyses,
    )


def fakes() -> Ports:
    """The fakes that belong together."""
    complaints, imports = FakeComplaints(), FakeImports()
    letters, staff = FakeLetters(complaints, imports), FakeStaff()
    letters.staff_log = staff.log
    return Ports(
        complaints,
        FakeComplaintList(complaints),
        letters,
        imports,
        staff,
        complaints.duty_log,
        FakeLessons(complaints),
        FakeAccessLog(complaints),
        FakeAlertBatches(letters),
        FakeRateLimits(),
        FakeSweepLog(),
        letters.workday_starts,
        FakeWaitingLetters(letters),
        staff.log,
        FakeMonths(),
        FakeAnalyses(),
    )

"""The other implementations of AWS: ministack for transactions, dynalite for what a read costs.

`make second-opinion` installs both into places of their own and runs this folder.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest

from chalicelib.adapters.access_log import TableAccessLog
from chalicelib.adapters.alert_batches import TableAlertBatches
from chalicelib.adapters.analyses import TableAnalyses
from chalicelib.adapters.complaint_list import TableComplaintList
from chalicelib.adapters.complaints import TableComplaints
from chalicelib.adapters.duty_log import TableDutyLog
from chalicelib.adapters.imports import TableImports
from chalicelib.adapters.lessons import TableLessons
from chalicelib.adapters.letters import TableLetters
from chalicelib.adapters.months import TableMonths
from chalicelib.adapters.rate_limits import TableRateLimits
from chalicelib.adapters.staff import TableStaff
from chalicelib.adapters.sweep_log import TableSweepLog
from chalicelib.adapters.workday_starts import TableWorkdayStarts
from second_opinion.programs import ROOT, STORAGE, Program, running
from support.examples import POLICY

MONTHS = 24
_NUMBERS = count(1)


@dataclass(frozen=True)
class Ports:
    """The ports over one table of its own."""

    complaints: TableComplaints
    complaint_list: TableComplaintList
    letters: TableLetters
    imports: TableImports
    staff: TableStaff
    duty_log: TableDutyLog
    lessons: TableLessons
    access_log: TableAccessLog
    alert_batches: TableAlertBatches
    rate_limits: TableRateLimits
    sweep_log: TableSweepLog
    mornings: TableWorkdayStarts
    months: TableMonths
    analyses: TableAnalyses

    def submit(self, history, due_at=None, digest="a digest", origin="", **households):
        """Submit with what most tests do not ask about."""
        return self.complaints.submit(history, digest, households, due_at, origin)


@pytest.fixture(scope="session")
def ministack(tmp_path_factory) -> Iterator[Program]:
    program = ROOT / ".venv-ministack" / "bin" / "ministack"
    settings = {"GATEWAY_PORT": "{port}", "BIND_HOST": "127.0.0.1"}
    with running(program, tmp_path_factory.mktemp("ministack"), **settings) as found:
        yield found


@pytest.fixture(scope="session")
def dynalite(tmp_path_factory) -> Iterator[Program]:
    program = ROOT / ".dynalite" / "node_modules" / ".bin" / "dynalite"
    options = ("--host", "127.0.0.1", "--port", "{port}", "--createTableMs", "0")
    with running(program, tmp_path_factory.mktemp("dynalite"), *options) as found:
        yield found


@pytest.fixture
def table(ministack) -> str:
    """The name of a table from infra/storage.yaml by ministack's CloudFormation, for one test."""
    name = f"complaint-desk-{next(_NUMBERS)}"
    cloudformation = ministack.client("cloudformation")
    cloudformation.create_stack(
        StackName=name,
        TemplateBody=STORAGE.read_text("utf-8"),
        Parameters=[
            {"ParameterKey": "TableName", "ParameterValue": name},
            {"ParameterKey": "SiteUrl", "ParameterValue": "https://desk.example"},
        ],
    )
    cloudformation.get_waiter("stack_create_complete").wait(
        StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 30}
    )
    return name


@pytest.fixture
def ports(ministack, table) -> Ports:
    """The ports over that table."""
    client = ministack.client("dynamodb")
    return Ports(
        TableComplaints(client, table, POLICY),
        TableComplaintList(client, table),
        TableLetters(client, table),
        TableImports(client, table),
        TableStaff(client, table),
        TableDutyLog(client, table, MONTHS),
        TableLessons(client, table),
        TableAccessLog(client, table, MONTHS),
        TableAlertBatches(client, table),
        TableRateLimits(client, table),
        TableSweepLog(client, table),
        TableWorkdayStarts(client, table),
        TableMonths(client, table),
        TableAnalyses(client, table),
    )

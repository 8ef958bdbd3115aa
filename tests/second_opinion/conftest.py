"""Ministack as the second opinion: isolated transactions, limits enforced, real HTTP.

`make second-opinion` installs it into an environment of its own and runs this folder.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError
from botocore.session import get_session

from chalicelib.adapters.allowances import TableAllowances
from chalicelib.adapters.complaints import TableComplaints
from chalicelib.adapters.duty_log import TableDutyLog
from chalicelib.adapters.gatherings import TableGatherings
from chalicelib.adapters.imports import TableImports
from chalicelib.adapters.lessons import TableLessons
from chalicelib.adapters.letters import TableLetters
from chalicelib.adapters.looks import TableLooks
from chalicelib.adapters.round_book import TableRoundBook
from chalicelib.adapters.staff import TableStaff

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / ".venv-ministack" / "bin" / "ministack"
MONTHS = 24
_NUMBERS = count(1)


@dataclass(frozen=True)
class Ministack:
    """A running ministack, and clients for it."""

    url: str

    def client(self, service: str) -> Any:
        """A client with room for many requests at once."""
        config = Config(max_pool_connections=50)
        return get_session().create_client(service, endpoint_url=self.url, config=config)


@dataclass(frozen=True)
class Ports:
    """The ports over one table of its own."""

    complaints: TableComplaints
    letters: TableLetters
    imports: TableImports
    staff: TableStaff
    duty_log: TableDutyLog
    lessons: TableLessons
    looks: TableLooks
    gatherings: TableGatherings
    allowances: TableAllowances
    round_book: TableRoundBook

    def submit(self, history, due_at=None, digest="a digest", origin="", **households):
        """Submit with what most tests do not ask about."""
        return self.complaints.submit(history, digest, households, due_at, origin)


@pytest.fixture(scope="session")
def ministack(tmp_path_factory) -> Iterator[Ministack]:
    if not PROGRAM.exists():
        pytest.fail("ministack is not installed: run `make second-opinion`")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1"}
    log = tmp_path_factory.mktemp("ministack") / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own environment's program
            [PROGRAM], env=environment, cwd=log.parent, stdout=out, stderr=out
        )
    try:
        running = Ministack(f"http://127.0.0.1:{port}")
        _wait_until_it_answers(running, log)
        yield running
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_it_answers(running: Ministack, log: Path) -> None:
    for _ in range(120):
        try:
            running.client("dynamodb").list_tables()
        except BotoCoreError:
            time.sleep(0.25)
        else:
            return
    pytest.fail(f"ministack does not answer: {log.read_text()}")


@pytest.fixture
def ports(ministack) -> Ports:
    """A table from infra/storage.yaml by ministack's CloudFormation, for one test."""
    table = f"complaint-desk-{next(_NUMBERS)}"
    cloudformation = ministack.client("cloudformation")
    cloudformation.create_stack(
        StackName=table,
        TemplateBody=(ROOT / "infra" / "storage.yaml").read_text("utf-8"),
        Parameters=[
            {"ParameterKey": "TableName", "ParameterValue": table},
            {"ParameterKey": "SiteUrl", "ParameterValue": "https://desk.example"},
        ],
    )
    cloudformation.get_waiter("stack_create_complete").wait(
        StackName=table, WaiterConfig={"Delay": 1, "MaxAttempts": 30}
    )
    client = ministack.client("dynamodb")
    return Ports(
        TableComplaints(client, table, MONTHS),
        TableLetters(client, table),
        TableImports(client, table),
        TableStaff(client, table),
        TableDutyLog(client, table, MONTHS),
        TableLessons(client, table),
        TableLooks(client, table, MONTHS),
        TableGatherings(client, table),
        TableAllowances(client, table),
        TableRoundBook(client, table),
    )

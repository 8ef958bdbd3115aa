"""The other implementations of AWS: ministack for transactions, dynalite for what a read costs.

`make second-opinion` installs both into places of their own and runs this folder.
"""

from collections.abc import Iterator
from itertools import count

import pytest

from chalicelib.bootstrap import Container
from chalicelib.settings import Settings
from contracts.conftest import Ports, over
from second_opinion.programs import ROOT, STORAGE, Program, running

_NUMBERS = count(1)


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
    settings = Settings(table_name=table, site_url="https://desk.example")
    return over(Container(settings, clients={"dynamodb": ministack.client("dynamodb")}))

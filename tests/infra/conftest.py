"""The package is made once for a whole run, however many workers share the tests."""

import fcntl
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk.packaging import package_command


@pytest.fixture(scope="session")
def packaged(tmp_path_factory, worker_id) -> Path:
    """Give the folder that `desk package` made, with what it printed in `printed.txt`."""
    base = tmp_path_factory.getbasetemp()
    out = (base if worker_id == "master" else base.parent) / "package"
    out.mkdir(exist_ok=True)
    with (out / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / "printed.txt").exists():
            _package(out)
    return out


@pytest.fixture(scope="session")
def template(packaged):
    return json.loads((packaged / "template.json").read_text())


@pytest.fixture(scope="session")
def translated(packaged):
    return json.loads((packaged / "translated.json").read_text())


@pytest.fixture
def zipped(packaged) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(packaged / "deployment.zip") as archive:
        yield archive


def _package(out: Path) -> None:
    result = CliRunner().invoke(package_command, ["--out", str(out)])
    assert result.exit_code == 0, result.output
    (out / "printed.txt").write_text(result.output)

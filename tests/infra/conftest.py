"""The package is made once for a whole run, however many workers share the tests."""

import fcntl
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk.packaging import bundle, package_command
from desk.packaging.errors import run
from desk.packaging.targets import target_here
from support.companies import a_company


@pytest.fixture(scope="session")
def wheels(tmp_path_factory, worker_id) -> dict[str, str]:
    """What lets pip take this machine's wheels from a folder, into which they come once."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "wheels"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not list(folder.glob("*.whl")):
            arguments = bundle.pip_arguments("download", target_here())
            run("pip", [*arguments, "--dest", str(folder)], cwd=folder)
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder)}


@pytest.fixture(scope="session")
def packaged(tmp_path_factory, worker_id, wheels) -> Path:
    """Give the folder that `desk package` made for this machine; what it said is `printed.txt`."""
    base = tmp_path_factory.getbasetemp()
    out = (base if worker_id == "master" else base.parent) / "package"
    out.mkdir(exist_ok=True)
    with (out / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / "printed.txt").exists():
            _package(out, wheels)
    return out


@pytest.fixture(scope="session")
def template(packaged):
    return json.loads((packaged / "template.json").read_text())


@pytest.fixture(scope="session")
def translated(packaged):
    return json.loads((packaged / "translated.json").read_text())


@pytest.fixture
def company(tmp_path):
    """Files of a company that is not the demonstration's."""
    return a_company(tmp_path)


@pytest.fixture(params=["deployment.zip", "photos.zip"])
def zipped(packaged, request) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(packaged / request.param) as archive:
        yield archive


def _package(out: Path, wheels: dict[str, str]) -> None:
    architecture = target_here().architecture
    options = ["--out", str(out), "--architecture", architecture, "--language", "en"]
    result = CliRunner().invoke(package_command, options, env=wheels)
    assert result.exit_code == 0, result.output
    (out / "printed.txt").write_text(result.output)

"""The same content gives the same package, on whatever machine it is built."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from desk.packaging import archive
from desk.packaging.targets import ARCHITECTURES, Target, target_here

OTHER_MACHINE = Path(__file__).with_name("other_machine.py")
FOUND = Path(__file__).parents[2]
STRANGE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "PYTHONHASHSEED": "14",
    "SOURCE_DATE_EPOCH": "86400",
    "PYTHONPATH": os.pathsep.join([str(FOUND / "functions"), str(FOUND / "infra")]),
}
MEMORY = Path("/dev/shm")  # noqa: S108 - another file system, for its order of files
MADE = (archive.CODE, archive.PHOTOS, "template.json")


def _built_elsewhere(out, target, **given):
    """Build with another umask, zone, locale and order of files."""
    arguments = [sys.executable, str(OTHER_MACHINE), str(out), target.architecture]
    done = subprocess.run(  # noqa: S603 - this interpreter
        arguments, env=os.environ | STRANGE | given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def elsewhere(wheels):
    """The package of this machine's architecture, as another builds it, in memory if it can."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield _built_elsewhere(Path(folder) / "another" / "folder", target_here(), **wheels)


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """The target that this machine is not, and its package."""
    (target,) = (Target(one) for one in ARCHITECTURES if Target(one) != target_here())
    return target, _built_elsewhere(tmp_path_factory.mktemp("other"), target)


@pytest.mark.parametrize("name", MADE)
def test_two_machines_make_the_same_bytes(packaged, elsewhere, name):
    """Umask, folder, order of files, zone, locale and hash seed show nowhere in a package."""
    assert (packaged / name).read_bytes() == (elsewhere / name).read_bytes()


@pytest.mark.parametrize("name", MADE[:2])
def test_a_zip_says_nothing_of_when_and_where_it_was_written(packaged, name):
    """Names in order, one time, modes by what a file is, and one system for all."""
    with zipfile.ZipFile(packaged / name) as zipped:
        entries = zipped.infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {3}
    for entry in entries:
        is_library = ".so" in entry.filename
        assert entry.external_attr >> 16 == (0o100755 if is_library else 0o100644), entry.filename


@pytest.mark.slow  # fetches the other architecture's wheels
@pytest.mark.parametrize("name", MADE[:2])
def test_two_architectures_differ_in_their_binaries_alone(packaged, other, name):
    """Whatever a processor does not run is the same in both packages."""
    target, folder = other
    machines = ("aarch64", "x86_64")
    with zipfile.ZipFile(packaged / name) as one, zipfile.ZipFile(folder / name) as two:
        ours, theirs = ({it: zipped.read(it) for it in zipped.namelist()} for zipped in (one, two))
    kept = {it for it in ours if ".so" not in it}
    assert kept == {it for it in theirs if ".so" not in it}
    assert [it for it in sorted(kept) if ours[it] != theirs[it]] == []
    foreign = target_here().platform.removeprefix("manylinux2014_")
    assert foreign in machines
    assert not [it for it in theirs if foreign in it]
    libraries = [held for it, held in theirs.items() if ".so" in it]
    assert {_machine(held) for held in libraries} == {
        target.platform.removeprefix("manylinux2014_")
    }


@pytest.mark.slow
def test_the_templates_of_two_architectures_differ_in_its_name_alone(packaged, other):
    """`Architectures` follows what was asked for, and nothing else does."""
    target, folder = other
    ours, theirs = ((one / "template.json").read_text() for one in (packaged, folder))
    assert ours.replace(target_here().architecture, target.architecture) == theirs
    assert f'"Architectures":["{target.architecture}"]' in theirs


def _machine(library):
    """What processor an ELF library is for, as its header says."""
    return {0x3E: "x86_64", 0xB7: "aarch64"}[int.from_bytes(library[18:20], "little")]

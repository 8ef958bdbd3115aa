"""The folder that becomes the zip: functions, their vendored packages, and both precompiled.

Chalice puts what lies in `vendor/` at the root of the zip. Its own resolver would ship
packages as source only, and Lambda's folder is read-only, so each cold start would compile
them again. Hence the packages are vendored here and their byte code is shipped.
"""

import importlib.metadata
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import chalice

from desk.company import CompanyFiles
from desk.packaging.errors import run
from desk.packaging.targets import Target, python_version

ROOT = Path(__file__).parents[3]
FUNCTIONS = ROOT / "functions"
LAMBDA_ROOT = "/var/task"  # tracebacks name the file where Lambda has it

_NO_ROLE = "placeholder: infra/application.yaml gives each function its own role"

NOT_SHIPPED = ("__pycache__", "*.pyc", "tests", "vendor", "deployments", "deployed")
# Nothing reads these at run time. METADATA stays for importlib.metadata, licences by right.
JUNK = ("*.pyi", "*.c", "py.typed", "bin", "__pycache__")
# Pillow's other crafts: AVIF, which is not taken, and letters, which nobody draws. Half its size.
UNUSED = (
    *("_avif.*", "libavif-*", "_imagingtk.*"),
    *("_imagingft.*", "libfreetype-*", "libharfbuzz-*", "libbrotli*"),
)
DIST_INFO_KEPT = ("METADATA", "licenses", "LICENSE*", "NOTICE*", "COPYING*", "AUTHORS*")


def copy_functions(to: Path, target: Target, company: CompanyFiles) -> None:
    """Copy the Chalice project, without tests and caches, with the company's own files."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(FUNCTIONS, to, ignore=shutil.ignore_patterns(*NOT_SHIPPED))
    company.copy_into(to / "chalicelib" / "policy")
    _configure(to / ".chalice" / "config.json", target)


def vendor_packages(project: Path, target: Target) -> tuple[str, ...]:
    """Install the pinned requirements for the target; return their names and versions.

    The wheels are the target's, whatever this machine is, and the versions of what they bring
    along those of constraints.txt, which the tests ran with. Afterwards the copied requirements
    are empty, so that Chalice does not resolve them again.
    Raises PackagingError with pip's words when it cannot.
    """
    vendor = project / "vendor"
    arguments = [*pip_arguments("install", target), "--no-compile", "--target", str(vendor)]
    run("pip", arguments, cwd=project)
    _strip(vendor)
    (project / "requirements.txt").write_text("", encoding="utf-8")
    found = importlib.metadata.distributions(path=[str(vendor)])
    return tuple(sorted(f"{package.name} {package.version}" for package in found))


def pip_arguments(command: str, target: Target) -> list[str]:
    """Have pip find the wheels that are shipped, and `install` or `download` them."""
    return [
        *(sys.executable, "-m", "pip", command, "--quiet"),
        *("--requirement", str(FUNCTIONS / "requirements.txt")),
        *("--constraint", str(ROOT / "constraints.txt")),
        *("--platform", target.platform, "--implementation", "cp"),
        *("--python-version", python_version(), "--only-binary=:all:"),
    ]


def precompile(project: Path) -> int:
    """Ship byte code beside every module, never checked against its source; return how many.

    A zip carries no usable file times, so the default kind of byte code would be thrown away.
    Chalice takes `app.py` and its own two modules without their caches: theirs go by way of
    `vendor/`, whose contents land at the root of the zip.
    """
    vendor = project / "vendor"
    lent = list(_lend_sources(project))
    _compile(project / "chalicelib", strip=project)
    _compile(vendor, strip=vendor)
    for copy in lent:
        copy.unlink()
    return sum(1 for _ in project.rglob("*.pyc"))


def _configure(config: Path, target: Target) -> None:
    """Add what only packaging may have: without a role `chalice deploy` refuses at once."""
    added = {"iam_role_arn": _NO_ROLE, "lambda_architecture": target.architecture}
    config.write_text(json.dumps(json.loads(config.read_text("utf-8")) | added), "utf-8")


def _strip(vendor: Path) -> None:
    for path in list(_junk(vendor)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _junk(vendor: Path) -> Iterator[Path]:
    for pattern in (*JUNK, *UNUSED):
        yield from vendor.rglob(pattern)
    for folder in vendor.glob("*.dist-info"):
        kept = {path for pattern in DIST_INFO_KEPT for path in folder.glob(pattern)}
        yield from (path for path in folder.iterdir() if path not in kept)


def _compile(folder: Path, strip: Path) -> None:
    """Compile in an interpreter of its own: the same sources then give the same bytes.

    It knows no setting and no package of this machine: what is loaded already shows in byte code.
    """
    options = ["--invalidation-mode", "unchecked-hash", "-s", str(strip), "-p", LAMBDA_ROOT]
    arguments = [sys.executable, "-I", "-S", "-m", "compileall", "-q", *options, str(folder)]
    run(f"Compiling {folder.name}/", arguments, cwd=strip)


def _lend_sources(project: Path) -> Iterator[Path]:
    """Put into `vendor/`, to be compiled there, the modules that Chalice adds by itself."""
    runtime = Path(chalice.__file__).parent
    lent = {"app.py": project, "chalice/__init__.py": runtime, "chalice/app.py": runtime}
    for place, folder in lent.items():
        copy = project / "vendor" / place
        copy.parent.mkdir(exist_ok=True)
        yield Path(shutil.copyfile(folder / copy.name, copy))

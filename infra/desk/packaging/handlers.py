"""Every handler, started from the zip as Lambda starts it.

A fresh interpreter sees the unzipped package, the standard library and what Lambda's runtime
supplies, and nothing else of this machine: a module that was left out of the zip is missed
here rather than at the first complaint.
"""

import importlib.util
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from desk.packaging.errors import PackagingError, run

# What Lambda's Python runtime brings: boto3 and what it needs.
SUPPLIED = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six", "urllib3")

# -I and -S keep this machine's packages and settings out; -B because Lambda's folder is
# read-only. Prints where chalicelib came from.
ALONE = ("-I", "-S", "-B", "-c")
START = """
import importlib, sys
unzipped, supplied, module, name = sys.argv[1:]
sys.path[:0] = [unzipped, supplied]
handler = getattr(importlib.import_module(module), name)
if not callable(handler):
    sys.exit(f"{module}.{name} cannot be called")
import chalicelib
print(chalicelib.__file__)
"""


def archives_of(template: Mapping[str, Any]) -> dict[str, str]:
    """Each handler of a SAM template with the zip that it is in: `app.notifier`, by name."""
    functions = [
        resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::Serverless::Function"
    ]
    return dict(sorted((one["Handler"], Path(one["CodeUri"]).name) for one in functions))


def refuse_supplied(archive: Path) -> None:
    """Raise PackagingError when the zip holds what Lambda supplies: boto3 alone is 17 MB."""
    with zipfile.ZipFile(archive) as zipped:
        roots = {name.split("/")[0] for name in zipped.namelist()}
    if held := sorted(roots.intersection(SUPPLIED)):
        raise PackagingError(f"{archive.name} holds what Lambda supplies: {', '.join(held)}")


def start_handlers(archive: Path, names: Iterable[str]) -> None:
    """Import each handler from the zip in a fresh interpreter. Raises PackagingError."""
    with TemporaryDirectory() as folder:
        unzipped, supplied = Path(folder).resolve() / "task", Path(folder) / "supplied"
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(unzipped)
        _link_supplied(supplied)
        for name in names:
            _start(name, unzipped, supplied)


def _start(name: str, unzipped: Path, supplied: Path) -> None:
    arguments = [str(unzipped), str(supplied), *name.rsplit(".", 1)]
    printed = run(name, [sys.executable, *ALONE, START, *arguments], cwd=unzipped)
    if not Path(printed.strip()).is_relative_to(unzipped):
        raise PackagingError(f"{name} took its code from {printed.strip()}, not from the zip")


def _link_supplied(folder: Path) -> None:
    """Gather what Lambda supplies, from this environment, without the rest of it."""
    folder.mkdir()
    for name in SUPPLIED:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise PackagingError(f"{name} is not installed here; Lambda supplies it")
        origin = Path(spec.origin)
        source = origin.parent if origin.name == "__init__.py" else origin
        (folder / source.name).symlink_to(source)

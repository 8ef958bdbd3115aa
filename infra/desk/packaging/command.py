"""`desk package`: the steps, one printed line each."""

from dataclasses import dataclass
from pathlib import Path

import click

from desk.packaging import bundle, handlers, template

BUILT = bundle.ROOT / "build" / "package"


@dataclass(frozen=True)
class PackageReport:
    """What was made: the code, the template that deploys it, and the handlers in it."""

    archive: Path
    archive_bytes: int
    template: Path
    handlers: tuple[str, ...]


def package(out: Path) -> PackageReport:
    """Make what Lambda gets in `out`, and prove it. Raises PackagingError at the first fault.

    `out` then holds `deployment.zip`, `template.json` (merged) and `translated.json` (as linted).
    """
    project = _bundle(out)
    merged = template.write_template(project, out)
    archive = out / "deployment.zip"
    names = handlers.handler_names(template.read_template(merged))
    print(f"· template merged: {len(names)} functions")
    template.lint_all(merged)
    print("· templates translated and linted: no error, no warning")
    _prove(archive, names)
    return PackageReport(archive, archive.stat().st_size, merged, names)


@click.command(name="package")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=BUILT,
    help="Where to put the zip and the template (build/package/ unless told).",
)
def package_command(out: Path) -> None:
    """Make and prove the deployment package, without an account."""
    report = package(out.resolve())
    print(f"{report.archive} ({report.archive_bytes / 1024:,.0f} KB), {report.template.name}")


def _bundle(out: Path) -> Path:
    project = out / "functions"
    bundle.copy_functions(project)
    print("· functions copied")
    print(f"· packages vendored: {', '.join(bundle.vendor_packages(project))}")
    print(f"· modules precompiled: {bundle.precompile(project)}")
    return project


def _prove(archive: Path, names: tuple[str, ...]) -> None:
    handlers.refuse_supplied(archive)
    if not handlers.can_start_here():
        print("· handlers not started: what is built for Lambda runs on Linux x86-64 only")
        return
    handlers.start_handlers(archive, names)
    print(f"· handlers started from the zip alone: {', '.join(names)}")

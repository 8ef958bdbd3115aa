"""`desk package`: the steps, one printed line each."""

from dataclasses import dataclass
from pathlib import Path

import click

from desk.company import CompanyFiles, company_options
from desk.options import language_option
from desk.packaging import archive, bundle, handlers, template
from desk.packaging.targets import ARCHITECTURES, Target, target_here

BUILT = bundle.ROOT / "build" / "package"


@dataclass(frozen=True)
class PackageReport:
    """What was made: the code, the template that deploys it, and the handlers in it."""

    archives: tuple[Path, ...]
    template: Path
    handlers: tuple[str, ...]


def package(out: Path, target: Target, company: CompanyFiles) -> PackageReport:
    """Make what Lambda gets in `out`, and prove it. Raises PackagingError at the first fault.

    `out` then holds `deployment.zip` and `photos.zip`, `template.json` (merged) and
    `translated.json` (as linted).
    """
    report = build(out, target, company)
    template.lint_all(report.template)
    print("· templates translated and linted: no error, no warning")
    prove(report, target)
    return report


def build(out: Path, target: Target, company: CompanyFiles) -> PackageReport:
    """Make the zips and the template alone: the same bytes on each machine with this Python."""
    merged = template.write_template(_bundle(out, target, company), out)
    archives = archive.write_archives(out / archive.CODE, out)
    names = tuple(handlers.archives_of(template.read_template(merged)))
    print(f"· template merged: {len(names)} functions, {target.architecture}")
    return PackageReport(archives, merged, names)


@click.command(name="package")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=BUILT,
    help="Where to put the zips and the template (build/package/ unless told).",
)
@click.option(
    "--architecture",
    type=click.Choice(ARCHITECTURES),
    default=ARCHITECTURES[0],
    help="Whose processor Lambda is to run it on (arm64 unless told).",
)
@company_options
@language_option
def package_command(
    out: Path, architecture: str, organisation: Path, policy: Path, language: str
) -> None:
    """Make and prove the deployment package, without an account."""
    company = CompanyFiles(organisation, policy)
    company.check(language)
    company.warn(language)
    report = package(out.resolve(), Target(architecture), company)
    sizes = (f"{path} ({path.stat().st_size / 1024:,.0f} KB)" for path in report.archives)
    print(f"{', '.join(sizes)}, {report.template.name}")


def _bundle(out: Path, target: Target, company: CompanyFiles) -> Path:
    project = out / "functions"
    bundle.copy_functions(project, target, company)
    print("· functions copied")
    print(f"· packages vendored: {', '.join(bundle.vendor_packages(project, target))}")
    print(f"· modules precompiled: {bundle.precompile(project)}")
    return project


def prove(report: PackageReport, target: Target) -> None:
    """Start every handler from its zip; where this machine cannot load them, say so."""
    for path in report.archives:
        handlers.refuse_supplied(path)
    if not target.is_here:
        here = target_here().architecture if target_here().is_here else "no Lambda"
        print(
            f"· handlers not started: built for {target.architecture}, and this machine is {here}"
        )
        return
    for path in report.archives:
        handlers.start_handlers(path, _held(report, path))
    print(f"· handlers started from their zips alone: {', '.join(report.handlers)}")


def _held(report: PackageReport, path: Path) -> tuple[str, ...]:
    archives = handlers.archives_of(template.read_template(report.template))
    return tuple(name for name, held in archives.items() if held == path.name)

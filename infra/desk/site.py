"""The static site: built by docs/build.py, which the offline cloud and `make docs` share."""

import importlib.util
from pathlib import Path

import click

from desk.company import CompanyFiles
from desk.connection import ROOT

BUILD = ROOT / "docs" / "build.py"


def build_site(into: Path, company: CompanyFiles | None = None) -> bool:
    """Build the handbook and the form where they are not up to date; whether it was needed.

    They are this checkout's, or those of a company's own files. Raises ClickException, with what
    is to be mended, when a page or a drill is wrong.
    """
    spec = importlib.util.spec_from_file_location("docs_build", BUILD)
    if spec is None or spec.loader is None:
        raise click.ClickException(f"{BUILD} is missing.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    try:
        if company is None:
            return bool(module.build(into))
        files = module.Company(company.organisation, company.policy)
        return bool(module.build(into, files))
    except module.HandbookError as error:
        raise click.ClickException(str(error)) from error

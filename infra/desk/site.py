"""The static site: built by docs/build.py, which the offline cloud and `make docs` share."""

import importlib.util
import re
from html import unescape
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


def security_policy(site: Path) -> str:
    """The content security policy of the site as a whole, for the header that all pages share.

    Each page names its own in its head, and a browser holds to both. So the header allows what
    any page needs, the hashes of all their scripts with it, and adds what no page can say of
    itself: that nobody may frame it. Raises ClickException where a page has no policy.
    """
    allowed: dict[str, list[str]] = {}
    for page in sorted(site.rglob("*.html")):
        for directive in _own_policy(page).split("; "):
            name, *sources = directive.split(" ")
            known = allowed.setdefault(name, [])
            known += [one for one in sources if one not in known]
    return "; ".join([*(_directive(*one) for one in sorted(allowed.items())), _UNFRAMED])


def _own_policy(page: Path) -> str:
    found = _POLICY.search(unescape(page.read_text("utf-8")))
    if found is None:
        raise click.ClickException(f"{page} names no content security policy.")
    return found[1]


def _directive(name: str, sources: list[str]) -> str:
    some = [one for one in sources if one != _NOTHING]
    return " ".join([name, *(some or [_NOTHING])])


_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
_NOTHING = "'none'"
_UNFRAMED = "frame-ancestors 'none'"

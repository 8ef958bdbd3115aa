"""What axe finds wrong with a page."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
_FAULTS = """(rules) => axe.run(document, {rules, resultTypes: ["violations"]}).then(
    (found) => found.violations.map((one) => [one.id, one.nodes[0].html]))"""
"""What passed is most of the answer, and nobody reads it."""


def faults(page: Page, **rules: dict[str, bool]) -> list[list[str]]:
    """Each rule that the page breaks as it stands, with the first place; rules may be set."""
    page.evaluate(AXE)
    found: list[list[str]] = page.evaluate(
        _FAULTS, {name.replace("_", "-"): rule for name, rule in rules.items()}
    )
    return found

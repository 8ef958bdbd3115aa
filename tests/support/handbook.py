"""The handbook's pages as they are written, for the tests that read and visit them."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

from chalicelib.locales import LANGUAGES

DOCS = Path(__file__).parents[2] / "docs"
HOMES = {"zh": "", "en": "en/"}
PAGES = sorted(path for language in LANGUAGES for path in (DOCS / language).rglob("*.md"))


def written(path: str, language: str) -> Path:
    """The file of the page that is served under this address."""
    folder = DOCS / language / path
    index = folder / "index.md"
    return index if index.exists() else folder.with_suffix(".md")


def front_matter(page: Path) -> dict[str, Any]:
    """What stands between the first two rules of a page."""
    matter: dict[str, Any] = yaml.safe_load(page.read_text("utf-8").split("---\n")[1])
    return matter


def reviewed_on(page: Path) -> date:
    """The day of its last review."""
    day: date = front_matter(page)["last_reviewed_on"]
    return day


def _address(page: Path) -> str:
    path = page.relative_to(DOCS / "zh").with_suffix("")
    parts = path.parts[:-1] if path.name == "index" else path.parts
    return "".join(f"{part}/" for part in parts)


ADDRESSES = tuple(sorted(_address(page) for page in PAGES if page.is_relative_to(DOCS / "zh")))
"""Where each page is served below the home of its language."""

LOADING = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch"}


class Seen(HTMLParser):
    """What a page loads, links to, and names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded, self.links = [], []
        self.ids, self.headings = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note what a tag loads, links to or names."""
        has = dict(attrs)
        self.ids.add(has.get("id"))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(has.get("id"))
        if tag == "a" and "href" in has:
            self.links.append(has["href"])
        self.loaded += [has[name] for name in ("src", "srcset", "action", "data") if has.get(name)]
        if tag == "link" and LOADING & set((has.get("rel") or "").split()):
            self.loaded.append(has["href"])

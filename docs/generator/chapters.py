"""Chapters of the handbook as one page: the pages of its menu, with their anchors and links.

A chapter's anchors carry its name, and links between pages become links within the one page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from typing import Any

HOME = ""
"""The address of the home page, which is no chapter."""
_ARTICLE = re.compile(r'<article class="md-content__inner md-typeset">(.*?)</article>', re.DOTALL)
_LEFT_OUT = re.compile(
    r'<a class="headerlink".*?</a>|<p class="drill-(?:progress|role|forget|print|left)".*?</p>'
    r'|<p class="desk-page-foot">.*?</p>',
    re.DOTALL,
)
_NAMED = re.compile(r'\b(id|for|name|aria-labelledby)="([^"]+)"')
_LINK = re.compile(r'\bhref="([^"]*)"')
_PICTURE = re.compile(r'\bsrc="([^"]*)"')
_MARKER = re.compile(r"url\(#([^)]+)\)")


@dataclass(frozen=True)
class Chapter:
    """A page of the menu: its title, address below the language's home, and the part it is in."""

    title: str
    address: str
    part: str

    @property
    def name(self) -> str:
        """What the chapter's id is, and its anchors begin with."""
        return _name(self.address)


def chapters_of(nav: list[Any], part: str = "") -> Iterator[Chapter]:
    """The pages of a menu, as MkDocs reads it, in its order."""
    for entry in nav:
        for title, found in entry.items():
            if isinstance(found, list):
                yield from chapters_of(found, title)
            else:
                yield Chapter(title, _address(found), part)


def chapter_html(page: str, chapter: Chapter, known: set[str]) -> str:
    """The article of a built page as a chapter; `known` are the addresses of all chapters.

    Raises ValueError for a page without an article.
    """
    found = _ARTICLE.search(page)
    if found is None:
        raise ValueError(f"{chapter.address}: no article in the page")
    text = _LEFT_OUT.sub("", found[1]).replace("<details", "<details open")
    name = chapter.name
    text = _NAMED.sub(lambda one: f'{one[1]}="{_ids(one[2], name)}"', text)
    text = _MARKER.sub(lambda one: f"url(#{name}--{one[1]})", text)
    text = _PICTURE.sub(lambda one: f'src="../{_resolved(one[1], chapter)}"', text)
    return _LINK.sub(lambda one: f'href="{_target(one[1], chapter, known)}"', text)


def _ids(names: str, chapter: str) -> str:
    return " ".join(f"{chapter}--{name}" for name in names.split())


def _target(link: str, chapter: Chapter, known: set[str]) -> str:
    """Where a link leads within the one page; outside it, the same place as before."""
    if "://" in link or link.startswith(("/", "mailto:", "tel:")):
        return link
    path, _, anchor = link.partition("#")
    address = _resolved(path, chapter) if path else chapter.address
    if address not in known:
        return f"../{address}" + (f"#{anchor}" if anchor else "")
    return f"#{_name(address)}--{anchor}" if anchor else f"#{_name(address)}"


def _resolved(path: str, chapter: Chapter) -> str:
    """A path of a chapter's page, from the language's home."""
    found = normpath(join("/", chapter.address, path)).lstrip("/")
    return f"{found}/" if path.endswith("/") and found else found


def _address(path: str) -> str:
    """Where a page is served: ``policy/clauses.md`` under ``policy/clauses/``."""
    name = path.removesuffix(".md")
    return HOME if name == "index" else f"{name.removesuffix('/index')}/"


def _name(address: str) -> str:
    return address.strip("/").replace("/", "-")

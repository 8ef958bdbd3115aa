"""The whole handbook as one page, in the order of its menu, for reading through and for paper.

Made from the pages as MkDocs built them, so it says what they say. Each page becomes a
chapter, its anchors carry its name, and links between pages become links within the book.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from posixpath import join, normpath
from typing import Any

import yaml

from chalicelib.locales import TAGS

DOCS = Path(__file__).parent.parent
FOLDER = "whole"
_HOME = ""
_ICON = "assets/favicon.svg"
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
_STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


@dataclass(frozen=True)
class Chapter:
    """A page of the menu: its title, address below the language's home, and the part it is in."""

    title: str
    address: str
    part: str


def write_single_page(site_dir: Path, language: str) -> None:
    """Put the whole handbook of one language, its home page aside, into ``whole/`` of its site."""
    config = yaml.safe_load((DOCS / f"mkdocs.{language}.yml").read_text("utf-8"))
    chapters = tuple(one for one in _chapters(config["nav"]) if one.address != _HOME)
    body = "\n".join([_contents(chapters, config), *_bound(site_dir, chapters)])
    home = (site_dir / "index.html").read_text("utf-8")
    path = site_dir / FOLDER / "index.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(_book(config, home, body, language), "utf-8")


def _chapters(nav: list[Any], part: str = "") -> Iterator[Chapter]:
    for entry in nav:
        for title, found in entry.items():
            if isinstance(found, list):
                yield from _chapters(found, title)
            else:
                yield Chapter(title, _address(found), part)


def _contents(chapters: tuple[Chapter, ...], config: dict[str, Any]) -> str:
    """What the book holds, part by part."""
    whole = escape(config["extra"]["words"]["whole"])
    parts = dict.fromkeys(one.part for one in chapters)
    lists = (f"<p>{escape(part)}</p><ul>{''.join(_entries(part, chapters))}</ul>" for part in parts)
    return f'<h1>{whole}</h1><nav class="book-contents" aria-label="{whole}">{"".join(lists)}</nav>'


def _entries(part: str, chapters: tuple[Chapter, ...]) -> Iterator[str]:
    for one in chapters:
        if one.part == part:
            yield f'<li><a href="#{_name(one.address)}">{escape(one.title)}</a></li>'


def _address(path: str) -> str:
    """Where a page is served: ``policy/clauses.md`` under ``policy/clauses/``."""
    name = path.removesuffix(".md")
    return _HOME if name == "index" else f"{name.removesuffix('/index')}/"


def _bound(site_dir: Path, chapters: tuple[Chapter, ...]) -> Iterator[str]:
    """Every chapter, with the name of its part before the first one of each."""
    known = {chapter.address for chapter in chapters}
    part = ""
    for chapter in chapters:
        if chapter.part != part:
            part = chapter.part
            yield f'<p class="book-part">{escape(part)}</p>'
        page = (site_dir / chapter.address / "index.html").read_text("utf-8")
        yield f'<section id="{_name(chapter.address)}">{_chapter(page, chapter, known)}</section>'


def _chapter(page: str, chapter: Chapter, known: set[str]) -> str:
    found = _ARTICLE.search(page)
    if found is None:
        raise ValueError(f"{chapter.address}: no article in the page")
    text = _LEFT_OUT.sub("", found[1]).replace("<details", "<details open")
    name = _name(chapter.address)
    text = _NAMED.sub(lambda one: f'{one[1]}="{_ids(one[2], name)}"', text)
    text = _MARKER.sub(lambda one: f"url(#{name}--{one[1]})", text)
    text = _PICTURE.sub(lambda one: f'src="../{_resolved(one[1], chapter)}"', text)
    return _LINK.sub(lambda one: f'href="{_target(one[1], chapter, known)}"', text)


def _ids(names: str, chapter: str) -> str:
    return " ".join(f"{chapter}--{name}" for name in names.split())


def _target(link: str, chapter: Chapter, known: set[str]) -> str:
    """Where a link leads within the book; outside it, the same place as before."""
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


def _name(address: str) -> str:
    return address.strip("/").replace("/", "-")


def _book(config: dict[str, Any], home: str, body: str, language: str) -> str:
    words = config["extra"]["words"]
    styles = "".join(
        f'<link rel="stylesheet" href="../{style}">' for style in _STYLES.findall(home)
    )
    title = f"{words['whole']} - {config['site_name']}"
    return (
        f'<!doctype html><html lang="{TAGS[language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="description" content="{escape(config["site_description"])}">'
        f'<link rel="icon" href="../{_ICON}">'
        f"<title>{escape(title)}</title>{styles}</head>"
        '<body dir="ltr"><main class="book md-typeset">'
        f'<p><a href="../">{escape(words["to_home"])}</a></p>{body}</main></body></html>'
    )

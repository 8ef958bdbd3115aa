"""The whole handbook as one page, in the order of its menu, for reading through and for paper.

Made from the pages as MkDocs built them, so it says what they say; each page becomes a chapter.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import yaml
from docs.generator.chapters import HOME, Chapter, chapter_html, chapters_of

from chalicelib.locales import TAGS

DOCS = Path(__file__).parent.parent
FOLDER = "whole"
_ICON = "assets/favicon.svg"
_STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


def write_single_page(site_dir: Path, language: str) -> None:
    """Put the whole handbook of one language, its home page aside, into ``whole/`` of its site."""
    config = yaml.safe_load((DOCS / f"mkdocs.{language}.yml").read_text("utf-8"))
    chapters = tuple(one for one in chapters_of(config["nav"]) if one.address != HOME)
    body = "\n".join([_contents(chapters, config), *_sections(site_dir, chapters)])
    home = (site_dir / "index.html").read_text("utf-8")
    path = site_dir / FOLDER / "index.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(_page(config, home, body, language), "utf-8")


def _contents(chapters: tuple[Chapter, ...], config: dict[str, Any]) -> str:
    """The page's table of contents, part by part."""
    whole = escape(config["extra"]["words"]["whole"])
    parts = dict.fromkeys(one.part for one in chapters)
    lists = (f"<p>{escape(part)}</p><ul>{''.join(_entries(part, chapters))}</ul>" for part in parts)
    return f'<h1>{whole}</h1><nav class="book-contents" aria-label="{whole}">{"".join(lists)}</nav>'


def _entries(part: str, chapters: tuple[Chapter, ...]) -> Iterator[str]:
    for one in chapters:
        if one.part == part:
            yield f'<li><a href="#{one.name}">{escape(one.title)}</a></li>'


def _sections(site_dir: Path, chapters: tuple[Chapter, ...]) -> Iterator[str]:
    """Every chapter, with the name of its part before the first one of each."""
    known = {chapter.address for chapter in chapters}
    part = ""
    for chapter in chapters:
        if chapter.part != part:
            part = chapter.part
            yield f'<p class="book-part">{escape(part)}</p>'
        page = (site_dir / chapter.address / "index.html").read_text("utf-8")
        yield f'<section id="{chapter.name}">{chapter_html(page, chapter, known)}</section>'


def _page(config: dict[str, Any], home: str, body: str, language: str) -> str:
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

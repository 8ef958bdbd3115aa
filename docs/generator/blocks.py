"""Pieces of Markdown: lists within a sentence, tables, and blocks one after another."""

from collections.abc import Iterable
from html import escape

from docs.generator.words import word

_SPECIAL = str.maketrans({mark: f"\\{mark}" for mark in r"\`*_{}[]#|!"})


def joined(*blocks: str) -> str:
    """Blocks of Markdown, parted by empty lines."""
    return "\n\n".join(block.strip() for block in blocks if block) + "\n"


def table(*rows: Iterable[str]) -> str:
    """A Markdown table; the first row is its heading."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    columns = lines[0].count(" | ") + 1
    return "\n".join([lines[0], "|" + " --- |" * columns, *lines[1:]])


def listed(words: Iterable[str], language: str) -> str:
    """A list within a sentence or a table's cell."""
    return word("format.comma", language).join(words)


def plain(text: str) -> str:
    """Words that mean nothing to Markdown or HTML."""
    return escape(text.translate(_SPECIAL), quote=False)

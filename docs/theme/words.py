"""The handbook's words as data: ``docs/words/*.toml``, each entry in both languages."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from docs.theme.phrases import MissingWordsError

WORDS = Path(__file__).parent.parent / "words"


@cache
def book(name: str) -> dict[str, Any]:
    """All words of one file, by section and key."""
    return tomllib.loads((WORDS / f"{name}.toml").read_text("utf-8"))


def word(path: str, language: str, **values: object) -> str:
    """The word of ``page.toml`` at ``section.key``, with its values."""
    return template(path, language).format(**values)


def template(path: str, language: str) -> str:
    """The same word with its places empty, for a script to fill."""
    section, _, key = path.partition(".")
    return str(book("page")[section][key][language])


def section(name: str, keys: set[str]) -> dict[str, Any]:
    """A section of ``reference.toml``, which has words for exactly these keys.

    Raises MissingWordsError that names what has no words, and what has words but is no more.
    """
    words: dict[str, Any] = book("reference")[name]
    for what, found in (
        ("has no words in", keys - words.keys()),
        ("is gone from the program but not from", words.keys() - keys),
    ):
        if found:
            raise MissingWordsError(f"{name} `{min(found)}` {what} docs/words/reference.toml")
    return words

"""The handbook's words as data: ``docs/words/*.toml``, each entry in both languages.

Python looks words up and fills them in, and holds none. What has no words in either language
stops the build by its name.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from docs.generator.errors import HandbookError

from chalicelib.locales import LANGUAGES

WORDS = Path(__file__).parent.parent / "words"
SHORT = ("page", "policy", "format")
"""The files whose sections `word` looks in; no section stands in two of them."""


class MissingWordsError(HandbookError, LookupError):
    """The program or the policy has something that the handbook has no words for."""


@cache
def book(name: str, folder: Path = WORDS) -> dict[str, Any]:
    """All words of one file, by section and key.

    Raises MissingWordsError that names an entry which lacks a language.
    """
    found = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    for lack in lacking(found):
        raise MissingWordsError(f"{folder.name}/{name}.toml: {lack}")
    return found


def lacking(words: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """A line for each entry that stands in one language and lacks, or has blank, another."""
    if words.keys() & set(LANGUAGES):
        yield from (
            f"`{path}` has no words in {language}"
            for language in LANGUAGES
            if not str(words.get(language, "")).strip()
        )
        return
    for key, entry in words.items():
        if isinstance(entry, dict):
            yield from lacking(entry, f"{path}.{key}".lstrip("."))


def word(path: str, language: str, **values: object) -> str:
    """The words at ``section.key`` of the short ones, with their values.

    Raises MissingWordsError when there are none.
    """
    return template(path, language).format(**values)


def template(path: str, language: str) -> str:
    """The same words with their places empty, for a script to fill."""
    name, _, key = path.partition(".")
    entry = short_words(name).get(key, {})
    if language not in entry:
        raise MissingWordsError(f"`{path}` has no words in docs/words ({', '.join(SHORT)})")
    return str(entry[language])


def short_words(name: str) -> dict[str, Any]:
    """A whole section of the short words, in the file's order; empty where there is none."""
    return next((found[name] for found in map(book, SHORT) if name in found), {})


def section(name: str, keys: set[str]) -> dict[str, Any]:
    """A section of ``reference.toml``, which has words for exactly these keys.

    Raises MissingWordsError that names what has no words, and what has words but is no more.
    """
    words: dict[str, Any] = book("reference")[name]
    require_same(name, words, keys, "reference")
    return words


def require_same(what: str, words: Mapping[str, Any], keys: set[str], file: str) -> None:
    """That these words are for exactly these keys. Raises MissingWordsError otherwise."""
    for fault, found in (
        ("has no words in", keys - words.keys()),
        ("is gone from the program but not from", words.keys() - keys),
    ):
        if found:
            raise MissingWordsError(f"{what} `{min(found)}` {fault} docs/words/{file}.toml")

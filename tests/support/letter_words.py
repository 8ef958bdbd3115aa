"""What people said and typed in the letters' story, each kind of words in both languages.

The files of tests/data/letter_words have the same names: what was typed into a form stands
under ``typed``, what was said later under its part of the story.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalicelib import locales

FOLDER = Path(__file__).parents[1] / "data" / "letter_words"


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one file, in a story whose letters are in this language."""

    language: str
    parts: dict[str, Any]

    def __getitem__(self, part):
        return self.parts[part]

    def typed(self, *parts, **facts):
        """The fields of a form: what anyone types, what is typed in these parts, the facts."""
        fields = {"language": self.language}
        for part in ("anyone", *parts):
            fields |= self.parts["typed"].get(part, {})
        return fields | facts


def _words(language, name):
    return Words(language, tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")))


PLAIN = {language: _words(language, language) for language in locales.LANGUAGES}
"""Natural words in the letter's own language: what the golden letters show."""
HOSTILE = {language: _words(language, "hostile") for language in locales.LANGUAGES}
"""Markup, rare characters and line ends, the same in both languages: they must come out whole."""

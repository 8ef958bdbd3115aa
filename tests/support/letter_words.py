"""The sample letters twice: in the plain words that the handbook shows, and in hostile ones."""

import tomllib
from functools import cache
from pathlib import Path

from docs.generator.samples.letters import sample_letters
from docs.generator.samples.words import SampleWords, sample_words

from chalicelib import locales
from support.forms import PERSONAL, POLICY

_PATH = Path(__file__).parents[1] / "data" / "hostile_words.toml"


def _hostile(language):
    parts = tomllib.loads(_PATH.read_text("utf-8"))
    return SampleWords(language, parts | {"typed": parts["typed"] | {"anyone": PERSONAL}})


PLAIN = {language: sample_words(language) for language in locales.LANGUAGES}
"""Natural words in the letter's own language: what the golden letters show."""
HOSTILE = {language: _hostile(language) for language in locales.LANGUAGES}
"""Markup, rare characters and line ends, the same in both languages: they must come out whole."""


@cache
def _letters(said):
    return sample_letters(POLICY, said)


def letters(language, told=PLAIN):
    """Every sample letter by its name, in this language and these words."""
    return _letters(told[language])

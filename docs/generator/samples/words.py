"""What people say and type in the sample letters, from ``docs/words/letter_samples.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from docs.generator.words import book

from chalicelib.locales import LANGUAGES


@dataclass(frozen=True, eq=False)
class SampleWords:
    """The words of a story whose letters are in this language, by part and name."""

    language: str
    parts: Mapping[str, Any]

    def __getitem__(self, part: str) -> Mapping[str, str]:
        found: Mapping[str, str] = self.parts[part]
        return found

    def typed(self, *parts: str, **facts: object) -> dict[str, object]:
        """The fields of a form: what anyone types, what is typed in these parts, the facts."""
        fields: dict[str, object] = {"language": self.language}
        for part in ("anyone", *parts):
            fields |= self.parts["typed"].get(part, {})
        return fields | facts


@cache
def sample_words(language: str) -> SampleWords:
    """The words of the sample letters in this language."""
    return SampleWords(language, _in_language(book("letter_samples"), language))


def _in_language(entry: Any, language: str) -> Any:  # noqa: ANN401 - a table of tables
    """The same tables, with the words of one language in place of each entry."""
    if entry.keys() == set(LANGUAGES):
        return entry[language]
    return {key: _in_language(one, language) for key, one in entry.items()}

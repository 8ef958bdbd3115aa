"""How each setting of the policy reads; its sentences stand in ``docs/words/settings.toml``.

Keyed by the field of `Settings`; a setting that has no words there stops the build.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from docs.generator.amounts import amount
from docs.generator.rule_text import ruled
from docs.generator.words import MissingWordsError, book
from msgspec.structs import fields

from chalicelib.domain.policy import Policy, Settings, Words
from chalicelib.locales import LANGUAGES


@dataclass(frozen=True)
class SettingWords:
    """The clause whose gap a setting fills, the pages it stands on, its sentence, and its unit.

    A page may be ``page#section``, for what stands under a heading of its own.
    """

    clause: str
    pages: tuple[str, ...]
    sentence: Words
    unit: str = ""

    def stated(self, value: object, language: str) -> str:
        """The sentence with the value from the policy file."""
        return self.sentence[language].format(value=amount(value, language, self.unit))


def stated_settings(settings: Settings, page: str, language: str) -> dict[str, list[str]]:
    """The settings that stand on this page, as tagged sentences, by clause.

    Raises MissingWordsError when any setting, of this page or not, has no words.
    """
    found: dict[str, list[str]] = {}
    for field in fields(settings):
        words = setting_words(field.name)
        if page in words.pages:
            sentence = stated_setting(field.name, settings, language)
            found.setdefault(words.clause, []).append(sentence)
    return found


def stated_setting(name: str, settings: Settings, language: str) -> str:
    """One setting as a tagged sentence. Raises MissingWordsError when it has no words."""
    words = setting_words(name)
    sentence = words.stated(getattr(settings, name), language)
    return ruled("setting", sentence, language, words.clause)


def settings_of(policy: Policy, page: str, language: str) -> Iterable[str]:
    """The settings that stand on this page, one after the other."""
    by_clause = stated_settings(policy.settings, page, language)
    return (sentence for sentences in by_clause.values() for sentence in sentences)


@cache
def setting_words(name: str) -> SettingWords:
    """The words of a setting. Raises MissingWordsError when it has none."""
    entry = book("settings").get(name, {})
    if not entry.keys() >= set(LANGUAGES):
        raise MissingWordsError(f"the setting `{name}` has no words in docs/words/settings.toml")
    sentence = {language: entry[language] for language in LANGUAGES}
    return SettingWords(entry["clause"], tuple(entry["pages"]), sentence, entry.get("unit", ""))

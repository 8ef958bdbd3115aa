"""The fragment of terms: one word a concept, side by side in both languages."""

from docs.generator.blocks import table
from docs.generator.words import short_words

from chalicelib import locales
from chalicelib.domain.policy import Policy


def terms(policy: Policy, language: str) -> str:
    """Every term of the handbook, this language first."""
    first, second = sorted(locales.LANGUAGES, key=lambda known: known != language)
    severities = (severity.name for severity in policy.severities)
    roles = (role.name for role in policy.roles)
    words = (*short_words("term").values(), *severities, *roles)
    rows = ((one[first], _foreign(one[second], second)) for one in words)
    heading = (_name(first), _foreign(_name(second), second))
    return table(heading, *rows) + "\n"


def _name(language: str) -> str:
    """A language's name in itself, as the pages of the other language offer it."""
    other = next(one for one in locales.LANGUAGES if one != language)
    return locales.say(other, "name.other_language")


def _foreign(words: str, language: str) -> str:
    """Words of the other language, marked for screen readers."""
    return f'<span lang="{locales.TAGS[language]}">{words}</span>'

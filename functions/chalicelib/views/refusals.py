"""Why a verb was refused, in a sentence of the reader's language."""

from collections.abc import Mapping

from chalicelib import locales
from chalicelib.domain.errors import RefusedError


def sentence(error: RefusedError, language: str) -> str:
    """The sentence of a refusal, with what it names put into words."""
    return locales.say(language, f"refused.{error.code}", **worded(error.params, language))


def worded(params: Mapping[str, object], language: str) -> dict[str, object]:
    """What fills a refusal's sentence: names instead of keys."""
    filled = dict(params)
    if isinstance(lacking := filled.get("lacking"), tuple):
        names = [locales.say(language, f"lacking.{name}") for name in lacking]
        filled["lacking"] = locales.say(language, "sentence.joined").join(names)
    if isinstance(because := filled.get("because"), str):
        filled["because"] = locales.say(language, f"email_failed.{because}")
    if isinstance(status := filled.get("status"), str):
        filled["status"] = locales.say(language, f"status.{status}")
    if isinstance(owner := filled.get("owner"), Mapping):
        filled["owner"] = owner.get(language, "-")
    return filled

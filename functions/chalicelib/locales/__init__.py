"""The product's words in Chinese and English: catalogues, and how dates are written.

Each language is one TOML file with the same keys (a test keeps them equal), read with
the standard library like the policy is. The words of the staff's pages stand in files of
their own under ``desk/``, so that no resident waits for them to be read.
"""

import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain import policy

LANGUAGES = policy.LANGUAGES
TAGS = dict(zip(LANGUAGES, ("zh-Hans", "en"), strict=True))
"""Each language with its tag (BCP 47), as HTML and e-mail name it."""


@cache
def catalogue(language: str) -> dict[str, Any]:
    """All words of a language, by section. Raises FileNotFoundError for an unknown language."""
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text("utf-8"))


@cache
def desk(language: str) -> dict[str, Any]:
    """All words of a language, the staff pages' among them. Raises as `catalogue`."""
    words = (Path(__file__).parent / "desk" / f"{language}.toml").read_text("utf-8")
    return catalogue(language) | tomllib.loads(words)


def say(language: str, key: str, **params: object) -> str:
    """The sentence under ``section.name``, filled. Raises KeyError when there is none."""
    return _filled(catalogue(language), key, params)


def say_desk(language: str, key: str, **params: object) -> str:
    """The same, where the staff pages' words are known too."""
    return _filled(desk(language), key, params)


def _filled(words: dict[str, Any], key: str, params: dict[str, object]) -> str:
    section, name = key.split(".", 1)
    sentence: str = words[section][name]
    return sentence.format(**params)


def moment(at: datetime, zone: ZoneInfo, language: str) -> str:
    """An instant as people write it, with its weekday, in the community's zone."""
    return _with_time(at.astimezone(zone), language)


def day(on: date, language: str) -> str:
    """A day as people write it, with its weekday."""
    weekday = say(language, f"date.weekday_{on.isoweekday()}")
    month = say(language, f"date.month_{on.month}")
    return say(language, "date.day", weekday=weekday, day=on.day, month=month, year=on.year)


def short_day(on: date, language: str) -> str:
    """A day of this year, as short as a subject wants it."""
    return say(
        language, "date.short_day", day=on.day, month=say(language, f"date.month_{on.month}")
    )


def local_moment(text: str, language: str) -> str:
    """A local date or time, as the form keeps it (``YYYY-MM-DD[THH:MM]``), as people write it."""
    at = datetime.fromisoformat(text)
    return _with_time(at, language) if "T" in text else day(at.date(), language)


def _with_time(local: datetime, language: str) -> str:
    return say(language, "date.moment", day=day(local.date(), language), time=f"{local:%H:%M}")


def preferred(accept_language: str) -> str:
    """The reader's language from an Accept-Language header; Chinese unless it says English."""
    for part in accept_language.lower().split(","):
        tag = part.split(";")[0].strip()[:2]
        if tag in LANGUAGES:
            return tag
    return "zh"

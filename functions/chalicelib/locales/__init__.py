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
_WEEKDAYS = {
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = "January February March April May June July August September October November December"


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
    local = at.astimezone(zone)
    separator = ", " if language == "en" else ""
    return f"{day(local.date(), language)}{separator}{local:%H:%M}"


def day(on: date, language: str) -> str:
    """A day as people write it, with its weekday."""
    weekday = _WEEKDAYS[language][on.weekday()]
    if language == "en":
        return f"{weekday} {on.day} {_MONTHS.split()[on.month - 1]} {on.year}"
    return f"{on.year}年{on.month}月{on.day}日（{weekday}）"


def short_day(on: date, language: str) -> str:
    """A day of this year, as short as a subject wants it."""
    if language == "en":
        return f"{on.day} {_MONTHS.split()[on.month - 1]}"
    return f"{on.month}月{on.day}日"


def local_moment(text: str, language: str) -> str:
    """A local date or time, as the form keeps it (``YYYY-MM-DD[THH:MM]``), as people write it."""
    at = datetime.fromisoformat(text)
    separator = ", " if language == "en" else ""
    return day(at.date(), language) + (f"{separator}{at:%H:%M}" if "T" in text else "")


def preferred(accept_language: str) -> str:
    """The reader's language from an Accept-Language header; Chinese unless it says English."""
    for part in accept_language.lower().split(","):
        tag = part.split(";")[0].strip()[:2]
        if tag in LANGUAGES:
            return tag
    return "zh"

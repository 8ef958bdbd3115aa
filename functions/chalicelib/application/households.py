"""Households: what tells that two complaints come from the same home or the same person.

However a unit, a telephone number or an address is written, it is one spelling here; what
is kept is only an HMAC of it, so that a key tells nothing of the home.
"""

import re
import unicodedata
from collections.abc import Mapping

from chalicelib.application.keys import Keys

KINDS = ("unit", "phone", "email")
"""What a complaint can be found by."""

_IN_ENGLISH = (
    r"(?<![a-z])(?:building|bldg|block|blk|tower|unit|room|rm|flat|apartment|apt|no)(?![a-z])\.?"
)
_IN_CHINESE = "单元|号楼|栋|幢|座|楼|第|室|号|房|户"
_WORDS = re.compile(rf"{_IN_ENGLISH}|{_IN_CHINESE}|[#,，、/_-]")
_EXTENSION = re.compile(r"(?:x|ext|转|#).*", re.DOTALL)
_COUNTRY = re.compile(r"\+86|0086|86(?=1\d{10}$)")
_NUMERALS = {char: str(place) for place, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}


def tidy_building(typed: str) -> str:
    """A building in one spelling: 3栋, 3号楼, ３ and Building 03 are ``3``, B座 is ``b``."""
    return _tidy_place(typed)


def tidy_unit(typed: str) -> str:
    """A unit in one spelling: 1201室 and Unit 1201 are ``1201``, 2单元0602 is ``2-602``.

    Leading zeros say nothing: no building has a door 602 and another 0602.
    """
    return _tidy_place(typed)


def tidy_phone(typed: str) -> str:
    """A telephone number in one spelling: its digits, without China's code, trunk or extension."""
    plain = "".join(_folded(typed).split())
    number = re.sub(r"[^\d+]", "", _EXTENSION.sub("", plain), flags=re.ASCII)
    return re.sub(r"\D", "", _COUNTRY.sub("", number, count=1)).lstrip("0")


def tidy_email(typed: str) -> str:
    """An e-mail address in one spelling; nobody has two that differ in capitals alone."""
    return "".join(_folded(typed).split())


def household_parts(community: str, words: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """What these words can be found by, in one spelling each; a home is one of its community."""
    unit = tidy_unit(words.get("unit", ""))
    parts = {
        "unit": (community, tidy_building(words.get("building", "")), unit) if unit else (),
        "phone": (tidy_phone(words.get("phone", "")),),
        "email": (tidy_email(words.get("email", "")),),
    }
    return {kind: those for kind, those in parts.items() if any(those)}


def household_keys(community: str, words: Mapping[str, str], keys: Keys) -> dict[str, str]:
    """The keys to keep a complaint under, by kind."""
    parts = household_parts(community, words)
    return {kind: keys.household(kind, *those) for kind, those in parts.items()}


def keys_to_look_under(community: str, words: Mapping[str, str], keys: Keys) -> tuple[str, ...]:
    """Every key under which such a complaint may stand, those of older server keys too."""
    parts = household_parts(community, words)
    return tuple(key for kind, those in parts.items() for key in keys.households(kind, *those))


def _folded(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).casefold()


def _tidy_place(typed: str) -> str:
    """The parts that tell it from others, joined by hyphens."""
    split = _WORDS.sub(" - ", _folded(typed))
    parts = ("".join(part.split()) for part in split.split("-"))
    return "-".join(_number(part) for part in parts if part)


def _number(part: str) -> str:
    """A number in digits, without leading zeros; anything else as it is."""
    digits = _digits(part)
    if not digits.isascii() or not digits.isdigit():
        return part
    return digits.lstrip("0") or "0"


def _digits(part: str) -> str:
    """Chinese numerals as digits: 十二 is 12, 二十 is 20, 一二〇一 is 1201."""
    tens, ten, ones = part.partition("十")
    if ten:
        part = f"{tens or '一'}{ones or '〇'}"
    return "".join(_NUMERALS.get(char, char) for char in part)

"""What a reader sees of a text: marks that show nothing are dropped, and blank is blank.

Marks that turn the direction of writing could make one text look like another; the rest
come along when something is copied. Joiners and variation selectors stay: Indic and Arabic
words and emoji are written with them.
"""

import re
import unicodedata

_DROPPED = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SHOWN_AS_NOTHING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Fillers and the blank braille pattern: letters and marks by name, and nothing to see."""
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_SELECTORS = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def visible(text: str) -> str:
    """The text without marks that show nothing; empty when nothing is left to see."""
    kept = _DROPPED.sub("", text)
    return kept if any(map(_is_seen, kept)) else ""


def _is_seen(char: str) -> bool:
    if char in _SHOWN_AS_NOTHING or _SELECTORS.match(char):
        return False
    return unicodedata.category(char) not in _INVISIBLE


class BlankIfMissing(dict[str, str]):
    """Text by field, and nothing for a field that has none."""

    def __missing__(self, _: str) -> str:
        return ""

"""Full names that residents write of people who are not on the staff list.

Only a full name is certain. A surname with a form of address, a trade, an initial or a Western
given name may be anybody's of that surname, and so may a word that only looks like a name.
"""

import re

from chalicelib.domain import naming_words as said
from chalicelib.domain.names import HAN, in_chinese, in_latin, split
from chalicelib.domain.pinyin import initials, is_pinyin
from chalicelib.domain.staff import Staff

_WEEKDAY = re.compile("周[一二三四五六日天末]")
_NOT_OF_A_NAME = re.compile("叫|是|的|个|位|名")
_BEGINNING = 2
"""Latin words that begin with as many letters alike may be one name with a slip in it."""
_MOST_OF_A_NAME = 3
_MOST_INITIALS = 3


def stranger_in(rest: str, piece: str) -> str:
    """The full name that a piece holds, without titles and departments; blank for none."""
    return _chinese_stranger(rest) or _latin_stranger(rest, piece)


def _chinese_stranger(rest: str) -> str:
    runs = re.findall(rf"{HAN}+", _without_ordinary_words(rest))
    parts = (part for run in runs for part in _NOT_OF_A_NAME.split(_undescribed(run)))
    return next((part for part in parts if _is_full_name(part)), "")


def _undescribed(run: str) -> str:
    """Without what somebody is like, unless it is what they are called: the stern manager."""
    parts = re.findall("[^的]*的?", run)
    return "".join(one for one in parts if not one.endswith("的") or re.search("叫|是", one))


def _without_ordinary_words(text: str) -> str:
    words = "|".join(said.NO_STRANGER)
    return re.sub(words, " ", _WEEKDAY.sub(" ", text))


def _is_full_name(part: str) -> bool:
    """A surname and a given name; none that is doubled, as only those are who are well known."""
    surname, given = split(part)
    if surname not in said.SURNAMES and surname not in said.COMPOUND_SURNAMES:
        return False
    is_addressed = given.startswith(said.AFTER_A_SURNAME) or given == surname
    is_given = 0 < len(given) < _MOST_OF_A_NAME and not said.NO_NAME & {*given}
    return is_given and not is_addressed


def _latin_stranger(rest: str, piece: str) -> str:
    words = [word for word in re.findall(r"[A-Za-z]+", piece) if word.lower() in rest]
    names = [word for word in words if not _is_no_full_name(word, words)]
    is_name = all(one[0].isupper() and one.lower() not in said.NO_LATIN_NAME for one in names)
    return " ".join(names).lower() if is_name and 1 < len(names) <= _MOST_OF_A_NAME else ""


def _is_no_full_name(word: str, words: list[str]) -> bool:
    """Whether a word is a form of address or initials, and so leaves open who it is."""
    return word.lower() in said.LATIN_FORMS or _is_initials(word, words)


def _is_initials(word: str, words: list[str]) -> bool:
    """One letter, or a few capitals that are no syllable, or stand beside small letters."""
    if len(word) == 1:
        return True
    is_short = word.isupper() and len(word) <= _MOST_INITIALS
    return is_short and (not is_pinyin(word.lower()) or not all(one.isupper() for one in words))


def starts_a_part(one: Staff, rest: str) -> bool:
    """Whether the surname stands where a surname does: first in what somebody is called."""
    runs = re.findall(rf"{HAN}+", _without_ordinary_words(rest))
    parts = [part for run in runs for part in _NOT_OF_A_NAME.split(run)]
    return any(part.startswith(split(name)[0]) for name in in_chinese(one) for part in parts)


def is_slip_of(one: Staff, stranger: str) -> bool:
    """Whether a full name is this one's with a slip: the surname, and a part of what follows."""
    surname, given = split(stranger)
    chinese = (split(name) for name in in_chinese(one))
    if any(surname == own and {*given} & {*rest} for own, rest in chinese):
        return True
    words = stranger.split()
    return any(len(_same_beginnings(words, parts)) > 1 for parts in in_latin(one))


def _same_beginnings(words: list[str], parts: list[str]) -> set[str]:
    """The words of one Latin name with which a word of the other begins alike."""
    return {part for part in parts for word in words if word[:_BEGINNING] == part[:_BEGINNING]}


def may_be_called(one: Staff, stranger: str) -> bool:
    """Whether a word of the name is this one's, and the rest tells nobody apart.

    What is no Chinese name is a Western one that colleagues use, or a form of address; a short
    word may be the initials of the given name; and two may be a given name of two syllables.
    """
    words = stranger.split()
    if any("".join(words) in parts for parts in in_latin(one)):
        return True
    return any(_leaves_open(words, parts) for parts in in_latin(one))


def _leaves_open(words: list[str], parts: list[str]) -> bool:
    rest = [word for word in words if word not in parts]
    if len(rest) == len(words):
        return False
    short = {initials(part) for part in parts}
    is_western = any(word in said.WESTERN_NAMES or not is_pinyin(word) for word in rest)
    return is_western or any(word in short for word in rest)

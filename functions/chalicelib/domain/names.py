"""Names of people as residents write them, in Chinese and in Latin script."""

import re
import unicodedata

from chalicelib.domain import naming_words as said
from chalicelib.domain.staff import Staff

HAN = r"[\u3400-\u9fff]"
_BLANKS_BETWEEN = re.compile(rf"(?<={HAN})\s+(?={HAN})")
_NOT_OF_A_NAME = re.compile("叫|是|的|个|位|名")
_UNSEEN = frozenset({"Mn", "Cf"})
"""What stands on a letter, and what stands between two and is not seen."""
_WEEKDAY = re.compile("周[一二三四五六日天末]")
_BEGINNING = 2
"""Latin words that begin with as many letters alike may be one name with a slip in it."""
_MOST_OF_A_NAME = 3


def folded(text: str) -> str:
    """Without full width, accents, what is not seen, and blanks within Chinese; simplified."""
    plain = unicodedata.normalize("NFKC", text).translate(said.TRADITIONAL)
    marked = unicodedata.normalize("NFKD", plain)
    bare = "".join(char for char in marked if unicodedata.category(char) not in _UNSEEN)
    return _BLANKS_BETWEEN.sub("", bare)


def _in_chinese(one: Staff) -> list[str]:
    names = (folded(name).lower() for name in one.name.values())
    return [name for name in names if re.search(HAN, name)]


def _in_latin(one: Staff) -> list[list[str]]:
    names = (folded(name).lower() for name in one.name.values())
    return [re.findall(r"[a-z]+", name) for name in names if not re.search(HAN, name)]


def is_full_name(one: Staff, plain: str) -> bool:
    """A short Chinese name is not that of the morning rush: 高峰 does not stand in 早高峰."""
    if any(re.search(rf"(?<![早晚]){re.escape(name)}", plain) for name in _in_chinese(one)):
        return True
    return any(_stands(parts, plain) for parts in _in_latin(one) if parts)


def _stands(parts: list[str], plain: str) -> bool:
    """A Latin name in either order, joined or apart."""
    for ordered in (parts, parts[1:] + parts[:1], parts[-1:] + parts[:-1]):
        letters = r"[\s,.'’-]*".join("".join(ordered))
        if re.search(rf"\b{letters}\b", plain, re.ASCII):
            return True
    return False


def is_part_of_name(one: Staff, piece: str) -> bool:
    """A surname with a title or alone, a given name, or a word of the Latin name."""
    plain = piece.lower()
    chinese = (_split(name) for name in _in_chinese(one))
    if any(_has_surname(name, plain) or _has_given_name(given, plain) for name, given in chinese):
        return True
    return any(_has_word(word, plain) for parts in _in_latin(one) for word in parts)


def _split(name: str) -> tuple[str, str]:
    """The surname, and the given name."""
    length = 2 if name.startswith(said.COMPOUND_SURNAMES) else 1
    return name[:length], name[length:]


def _has_surname(name: str, plain: str) -> bool:
    if not re.match(HAN, name):
        return False
    after = "|".join((*said.AFTER_A_SURNAME, *(one for one in said.TITLES if not one.isascii())))
    return bool(
        re.search(
            rf"[{said.BEFORE_A_SURNAME}]{name}|{name}(?:{after})|(?<!{HAN}){name}(?!{HAN})", plain
        )
    )


def _has_given_name(given: str, plain: str) -> bool:
    if not given:
        return False
    after = "|".join(said.AFTER_A_GIVEN_NAME)
    short = rf"[小阿]{re.escape(given[-1])}|{re.escape(given[-1])}(?:{after})"
    return (len(given) > 1 and given in plain) or re.search(short, plain) is not None


def _has_word(word: str, plain: str) -> bool:
    """A word of a Latin name; one that is an ordinary word too, only as a name is used."""
    if len(word) < 2:  # noqa: PLR2004 - an initial says nothing
        return False
    if word not in said.ORDINARY_WORDS:
        return re.search(rf"\b{word}\b", plain, re.ASCII) is not None
    titles = "|".join(re.escape(one) for one in said.TITLES if one.isascii())
    forms = "|".join((*said.LATIN_FORMS, "surnamed?", "called", "named", titles))
    pattern = rf"\b(?:{forms})\.?\s+{word}\b|\b{word}\s+(?:the\s+)?(?:{titles})\b|^{word}$"
    return re.search(pattern, plain, re.ASCII) is not None


def has_surname_anywhere(one: Staff, plain: str) -> bool:
    """Whether the surname stands there at all, be it within another word."""
    return any(_split(name)[0] in plain for name in _in_chinese(one))


def stranger_in(rest: str, piece: str) -> str:
    """The full name that a piece holds, without titles and departments; blank for none."""
    for run in re.findall(rf"{HAN}+", _WEEKDAY.sub(" ", rest)):
        for part in _NOT_OF_A_NAME.split(run):
            surname, given = _split(part)
            is_surname = surname in said.SURNAMES or surname in said.COMPOUND_SURNAMES
            if is_surname and 0 < len(given) < _MOST_OF_A_NAME and not said.NO_NAME & {*given}:
                return part
    words = [word for word in re.findall(r"[A-Za-z]+", piece) if word.lower() in rest]
    names = [word for word in words if word.lower() not in said.LATIN_FORMS]
    is_name = all(one[0].isupper() and one.lower() not in said.NO_LATIN_NAME for one in names)
    return " ".join(names).lower() if is_name and 1 < len(names) <= _MOST_OF_A_NAME else ""


def is_slip_of(one: Staff, stranger: str) -> bool:
    """Whether a full name is this one's with a slip: the surname, and a part of what follows."""
    surname, given = _split(stranger)
    chinese = (_split(name) for name in _in_chinese(one))
    if any(surname == own and {*given} & {*rest} for own, rest in chinese):
        return True
    words = stranger.split()
    return any(len(_same_beginnings(words, parts)) > 1 for parts in _in_latin(one))


def _same_beginnings(words: list[str], parts: list[str]) -> set[str]:
    """The words of one Latin name with which a word of the other begins alike."""
    return {part for part in parts for word in words if word[:_BEGINNING] == part[:_BEGINNING]}

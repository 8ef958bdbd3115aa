"""Names of people as residents write them, in Chinese and in Latin script."""

import re
import unicodedata

from chalicelib.domain import naming_words as said
from chalicelib.domain.pinyin import initials
from chalicelib.domain.staff import Staff

HAN = r"[\u3400-\u9fff]"
_BLANKS_BETWEEN = re.compile(rf"(?<={HAN})\s+(?={HAN})")
_UNSEEN = frozenset({"Mn", "Cf"})
"""What stands on a letter, and what stands between two and is not seen."""
_FEWEST_INITIALS = 2
_MOST_OF_A_NAME = 3
_JOINED_FORM = f"(?:{'|'.join(said.CHINESE_FORMS)})"


def folded(text: str) -> str:
    """Without full width, accents, what is not seen, and blanks within Chinese; simplified."""
    plain = unicodedata.normalize("NFKC", text).translate(said.TRADITIONAL)
    marked = unicodedata.normalize("NFKD", plain)
    bare = "".join(char for char in marked if unicodedata.category(char) not in _UNSEEN)
    return _BLANKS_BETWEEN.sub("", bare)


def in_chinese(one: Staff) -> list[str]:
    """The Chinese ones of the names, folded."""
    names = (folded(name).lower() for name in one.name.values())
    return [name for name in names if re.search(HAN, name)]


def in_latin(one: Staff) -> list[list[str]]:
    """The words of each Latin one of the names, folded."""
    names = (folded(name).lower() for name in one.name.values())
    return [re.findall(r"[a-z]+", name) for name in names if not re.search(HAN, name)]


def is_full_name(one: Staff, plain: str) -> bool:
    """A short Chinese name is not that of the morning rush: 高峰 does not stand in 早高峰."""
    if any(re.search(rf"(?<![早晚]){re.escape(name)}", plain) for name in in_chinese(one)):
        return True
    return any(_stands(parts, plain) for parts in in_latin(one) if parts)


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
    chinese = (split(name) for name in in_chinese(one))
    if any(_has_surname(name, plain) or _has_given_name(given, plain) for name, given in chinese):
        return True
    alone = _is_name_alone(piece)
    if any(_has_word(word, plain, alone=alone) for parts in in_latin(one) for word in parts):
        return True
    return any(_has_initials(parts, piece) for parts in in_latin(one))


def _is_name_alone(piece: str) -> bool:
    """Whether nothing stands there but a few words with capitals: X. He, Kelly He."""
    words = re.findall("[A-Za-z]+", piece)
    return len(words) <= _MOST_OF_A_NAME and all(one[0].isupper() for one in words)


def _has_initials(parts: list[str], piece: str) -> bool:
    """The initials of the whole name, the surname first or last: ZGQ, GQZ; two as capitals only."""
    short = [initials(part) for part in parts]
    of_all = {"".join(short), "".join((*short[1:], *short[:1]))}
    joined = re.sub(r"(?<=\b[A-Z])[\s.]+(?=[A-Z]\b)", "", piece)
    words = re.findall(r"(?<![A-Za-z])[A-Za-z]{2,}(?![A-Za-z])", joined)
    known = (word for word in words if word.isupper() or len(word) > _FEWEST_INITIALS)
    return any(word.lower() in of_all for word in known)


def split(name: str) -> tuple[str, str]:
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
    last = re.escape(given[-1])
    short = rf"[小阿老大]{last}|{last}(?:{after})|{last}{last}"
    return (len(given) > 1 and given in plain) or re.search(short, plain) is not None


def _has_word(word: str, plain: str, *, alone: bool) -> bool:
    """A word of a Latin name; one that is an ordinary word too, only as a name is used.

    `alone` when the piece is nothing but a name.
    """
    if len(word) < 2:  # noqa: PLR2004 - an initial says nothing
        return False
    if re.search(rf"\b{_JOINED_FORM}{word}\b|\b{word}{_JOINED_FORM}\b", plain, re.ASCII):
        return True
    if alone or word not in said.ORDINARY_WORDS:
        return re.search(rf"\b{word}\b", plain, re.ASCII) is not None
    titles = "|".join(re.escape(one) for one in said.TITLES if one.isascii())
    forms = "|".join((*said.LATIN_FORMS, "surnamed?", "called", "named", titles))
    after = "|".join((titles, *said.CHINESE_FORMS))
    pattern = rf"\b(?:{forms})\.?\s+{word}\b|\b{word}\s+(?:the\s+)?(?:{after})\b|^{word}$"
    return re.search(pattern, plain, re.ASCII) is not None


def has_surname_anywhere(one: Staff, plain: str) -> bool:
    """Whether the surname stands there at all, be it within another word, or its first letter."""
    letters = {one.lower() for one in re.findall("(?<![A-Za-z])[A-Z](?![A-Za-z])", plain)}
    first = {parts[0][0] for parts in in_latin(one) if parts}
    return bool(first & letters) or any(split(name)[0] in plain for name in in_chinese(one))

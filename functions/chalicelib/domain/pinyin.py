"""Chinese names as they are written in Latin letters: their syllables, and their initials."""

import re

_LIKE_G = "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"
_LIKE_J = "i ia ian iang iao ie in ing iong iu u uan ue un"
_LIKE_Z = "a ai an ang ao e en eng i ong ou u uan ui un uo"
_FINALS = {
    "": "a ai an ang ao e ei en er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve",
    **dict.fromkeys("gkh", _LIKE_G),
    **dict.fromkeys("jqx", _LIKE_J),
    **dict.fromkeys("zcs", _LIKE_Z),
    "zh": f"{_LIKE_G} i",
    "ch": f"{_LIKE_G} i",
    "sh": f"{_LIKE_G} i",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ao ei en eng o u",
}
_SYLLABLES = {
    f"{initial}{final}" for initial, finals in _FINALS.items() for final in finals.split()
}
_SYLLABLE = "|".join(sorted(_SYLLABLES, key=lambda one: (-len(one), one)))
_WORD = re.compile(rf"(?:{_SYLLABLE})+")
_ONE = re.compile(_SYLLABLE)
_FEWEST = 2
"""A letter alone is an initial."""


def is_pinyin(word: str) -> bool:
    """Whether a word in small letters may be a Chinese name: whole syllables and nothing else."""
    return len(word) >= _FEWEST and _WORD.fullmatch(word) is not None


def initials(word: str) -> str:
    """The first letters of the syllables of a word; of any other word its own."""
    return "".join(one[0] for one in _ONE.findall(word)) if is_pinyin(word) else word[:1]

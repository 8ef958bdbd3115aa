"""Words as one looks for them: width, capitals, traditional or simplified make no difference."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from chalicelib import locales

_TRADITIONAL = Path(locales.__file__).parent / "traditional.txt"


def folded(text: str) -> str:
    """A text in the one spelling in which words are compared."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return plain.translate(_simplified())


def sought(text: str) -> tuple[str, ...]:
    """The words that are looked for, in that spelling; each may stand within a longer one."""
    return tuple(folded(text).split())


def holds(words: Iterable[str], texts: Iterable[str], codes: Iterable[str]) -> bool:
    """Whether each word (of `sought`) stands in one of the texts, or in a code.

    Codes are references and telephone numbers: there hyphens, blanks and brackets say nothing.
    """
    within = " ".join(folded(one) for one in texts)
    joined = " ".join(_bare(folded(one)) for one in codes)
    return all(one in within or (bool(_bare(one)) and _bare(one) in joined) for one in words)


def _bare(code: str) -> str:
    return "".join(char for char in code if char.isalnum())


@cache
def _simplified() -> dict[int, str]:
    """Each traditional character with its simplified one; read when first somebody searches."""
    lines = _TRADITIONAL.read_text("utf-8").splitlines()
    pairs = (pair for line in lines if not line.startswith("#") for pair in line.split(" "))
    return {ord(pair[0]): pair[1] for pair in pairs}

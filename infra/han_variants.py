"""Writes which traditional characters are which simplified ones, for the search in the list.

They come from OpenCC's dictionary (Apache-2.0), pinned in requirements-dev.txt; the functions
read the small file that comes of it, never the package, which is 7 MB::

    .venv/bin/python infra/han_variants.py
"""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import opencc

FILE = Path(__file__).parents[1] / "functions/chalicelib/locales/traditional.txt"
_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0))
_IN_A_LINE = 24
_HEADER = """\
# Traditional characters, each with its simplified one, so that either is found by the other.
# From OpenCC {version} (Apache-2.0, github.com/BYVoid/OpenCC); written by infra/han_variants.py.
"""


def pairs() -> Iterator[str]:
    """Each traditional character followed by its simplified one."""
    converted = opencc.OpenCC("t2s").convert
    for point in (point for block in _HAN for point in block):
        simplified = converted(chr(point))
        if simplified != chr(point) and len(simplified) == 1:
            yield chr(point) + simplified


def file() -> str:
    """What is to stand in the file."""
    found = list(pairs())
    starts = range(0, len(found), _IN_A_LINE)
    lines = (" ".join(found[start : start + _IN_A_LINE]) for start in starts)
    return _HEADER.format(version=version("opencc")) + "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(file(), "utf-8")

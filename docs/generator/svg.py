"""Pieces of SVG: boxes, lines and words, narrow enough for a phone; the stylesheet colours them."""

from collections.abc import Iterable
from html import escape

WIDTH = 400
"""Every diagram is this wide, so that its words can be read on a phone."""
LINE = 20
"""The height of a line of words."""
_WIDE, _NARROW = 14, 7.6  # the widths of a Chinese character and of a Latin letter
_CHINESE = "\u2e80"  # from here on a character may stand at a line's end


def box(
    at: tuple[float, float],
    width: float,
    words: str | list[str],
    kind: str,
    height: float = 32,
) -> str:
    """A box with words in its middle, in as many lines as are given."""
    (x, y), lines = at, [words] if isinstance(words, str) else words
    first = y + height / 2 + 5 - (len(lines) - 1) * LINE / 2
    said = "".join(
        f'<text x="{x + width / 2:g}" y="{first + number * LINE:g}" text-anchor="middle">'
        f"{escape(line)}</text>"
        for number, line in enumerate(lines)
    )
    return (
        f'<g class="{kind}"><rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
        f' rx="5"/>{said}</g>'
    )


def label(x: float, y: float, words: str, kind: str = "dg-label", anchor: str = "start") -> str:
    """A line of words by itself."""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(words)}</text>'


def arrow(*points: tuple[float, float], kind: str = "dg-arrow") -> str:
    """A line through these points, with a head at its end."""
    path = " ".join(f"{x:g},{y:g}" for x, y in points)
    return f'<polyline class="{kind}" points="{path}" marker-end="url(#{_HEAD})"/>'


_HEAD = "dg-arrowhead"  # one for a page, which holds one diagram
_MARKER = (
    f'<defs><marker id="{_HEAD}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8"'
    ' markerHeight="8" orient="auto-start-reverse"><path d="M0,0 L8,4 L0,8 z"/></marker></defs>'
)


def drawing(name: str, height: float, title: str, text: str, parts: Iterable[str]) -> str:
    """A whole diagram, with a name and a sentence for those who do not see it."""
    return (
        f'<figure class="diagram"><svg xmlns="http://www.w3.org/2000/svg" role="img"'
        f' viewBox="0 0 {WIDTH} {height:g}" aria-labelledby="{name}-title {name}-text">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-text">{escape(text)}'
        f"</desc>{_MARKER}{''.join(parts)}</svg></figure>"
    )


def width_of(words: str) -> float:
    """About how wide the words are drawn."""
    return sum(_WIDE if mark >= _CHINESE else _NARROW for mark in words)


def wrapped(words: str, width: float) -> list[str]:
    """The words in lines no wider than this: broken at blanks, Chinese anywhere."""
    is_chinese = any(mark >= _CHINESE for mark in words)
    lines = [""]
    for piece in words if is_chinese else words.split(" "):
        gap = "" if is_chinese or not lines[-1] else " "
        if width_of(lines[-1] + gap + piece) > width and lines[-1]:
            lines.append(piece)
        else:
            lines[-1] += gap + piece
    return lines

"""Charts of the month's report as shapes: a template draws them, and the table stands behind each.

Lengths are in the units of the chart's own box, which the page stretches to its width.
"""

from collections.abc import Iterable, Sequence

from chalicelib.views.presentation import Content

WIDTH = 480
_ROW, _LABEL, _END = 24, 150, 90
"""The height of a bar's row, and the room for its name and its number."""
_MOST_BARS = 12
_HEIGHT, _FOOT, _TOP = 150, 20, 16
"""The height of the columns, and the room below and above for months and numbers."""


def bars(found: Iterable[tuple[str, int]], *, together: bool = False) -> Content:
    """A bar for each name, the longest first as they come; with the share `together`, so far."""
    shown = [(name, value) for name, value in found if value][:_MOST_BARS]
    longest, total = max((value for _, value in shown), default=1), sum(v for _, v in shown)
    so_far, drawn = 0, []
    for place, (name, value) in enumerate(shown):
        so_far += value
        length = round((WIDTH - _LABEL - _END) * value / longest, 1)
        share = f" · {round(100 * so_far / total)} %" if together else ""
        drawn.append(
            {
                "name": name,
                "y": place * _ROW,
                "length": length,
                "said": f"{value}{share}",
                "end": _LABEL + length + 6,
            }
        )
    return {"width": WIDTH, "height": len(drawn) * _ROW or 1, "label": _LABEL, "bars": drawn}


def columns(found: Sequence[tuple[str, tuple[int, int] | None]]) -> Content:
    """Two columns for each month, side by side; none where a month is not counted."""
    highest = max((value for _, pair in found if pair for value in pair), default=0) or 1
    step = WIDTH / max(len(found), 1)
    drawn = [_month(name, pair, step, place, highest) for place, (name, pair) in enumerate(found)]
    return {"width": WIDTH, "height": _TOP + _HEIGHT + _FOOT, "months": drawn}


def _month(
    name: str, pair: tuple[int, int] | None, step: float, place: int, highest: int
) -> Content:
    wide = round(step * 0.36, 1)
    heights = [round(_HEIGHT * value / highest, 1) for value in pair or ()]
    return {
        "name": name,
        "middle": round((place + 0.5) * step, 1),
        "columns": [
            {
                "x": round(place * step + step * 0.12 + number * (wide + 2), 1),
                "y": round(_TOP + _HEIGHT - height, 1),
                "height": height,
                "width": wide,
                "said": (pair or ())[number],
                "is_first": number == 0,
            }
            for number, height in enumerate(heights)
        ],
        "foot": _TOP + _HEIGHT + 15,
    }

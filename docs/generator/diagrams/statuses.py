"""The diagram of a complaint's statuses, and the transitions that the engine allows."""

from collections.abc import Iterator

from docs.generator import svg
from docs.generator.blocks import listed
from docs.generator.diagrams.figure import figure
from docs.generator.reference_text import act_name, status_name
from docs.generator.transitions import BEGINNING, Transition, transitions
from docs.generator.words import word

from chalicelib.domain.policy import Policy

_GAP = 8
_ROWS = {"received": 20, "acknowledged": 104, "replied": 188, "closed": 272}
_END_AT, _END_WIDE = 244, 150
_WAY = (("received", "acknowledged"), ("acknowledged", "replied"), ("replied", "closed"))


def status_diagram(policy: Policy, language: str) -> str:
    """The statuses of a complaint and what leads from one to the next, found by the engine."""
    found = transitions(policy)
    parts = [
        *(
            svg.box((130, y), 140, status_name(status, language), "dg-open")
            for status, y in _ROWS.items()
            if status != "closed"
        ),
        svg.box((130, _ROWS["closed"]), 140, status_name("closed", language), "dg-end"),
        *(part for before, after in _WAY for part in _down(before, after, found, language)),
        *_again(found, language),
    ]
    ends, bottom = _other_ends(found, 368, language)
    lines = [_in_words(one, language) for one in found]
    return figure("life", bottom, [*parts, *ends], lines, language)


def _down(before: str, after: str, found: tuple[Transition, ...], language: str) -> Iterator[str]:
    top, bottom = _ROWS[before] + 32, _ROWS[after]
    yield svg.arrow((200, top), (200, bottom - 1))
    yield svg.label(208, (top + bottom) / 2 + 5, _verbs(before, after, found, language))


def _again(found: tuple[Transition, ...], language: str) -> Iterator[str]:
    """Back into work, on the left: whatever was said to be over and was not."""
    yield svg.box((6, 146), 104, status_name("reopened", language), "dg-open")
    yield svg.arrow((130, 204), (58, 204), (58, 179))
    yield svg.arrow((130, 288), (34, 288), (34, 179))
    yield svg.arrow((58, 146), (58, 120), (129, 120))
    verbs = dict.fromkeys(one.verb for one in found if one.after == "reopened")
    words = listed((act_name(verb, language) for verb in verbs), language)
    back = word("diagram.back", language, verbs=words)
    for number, line in enumerate(svg.wrapped(back, svg.WIDTH - 16)):
        yield svg.label(8, 328 + number * svg.LINE, line)


def _other_ends(
    found: tuple[Transition, ...], top: float, language: str
) -> tuple[list[str], float]:
    """Other ways to end, a row each below all else; and how far down the last one reaches."""
    ends = {
        one.after: one.verb
        for one in found
        if one.after not in (*_ROWS, "reopened") and one.before != BEGINNING
    }
    parts, y = [], top
    for end, verb in ends.items():
        lines = svg.wrapped(status_name(end, language), _END_WIDE - 16)
        height = 12.0 + svg.LINE * len(lines)
        middle = y + height / 2
        parts += [
            svg.label(_END_AT - 28, middle + 5, act_name(verb, language), anchor="end"),
            svg.arrow((_END_AT - 24, middle), (_END_AT - 1, middle)),
            svg.box((_END_AT, y), _END_WIDE, lines, "dg-end", height),
        ]
        y += height + _GAP
    return parts, y


def _verbs(before: str, after: str, found: tuple[Transition, ...], language: str) -> str:
    verbs = [one.verb for one in found if (one.before, one.after) == (before, after)]
    return listed((act_name(verb, language) for verb in dict.fromkeys(verbs)), language)


def _in_words(one: Transition, language: str) -> str:
    before = status_name(one.before, language) if one.before != BEGINNING else "○"
    return f"{before} → {act_name(one.verb, language)} → {status_name(one.after, language)}"

"""What a form says of a month's analysis, as it was typed, and as a draft."""

from collections.abc import Iterator, Mapping
from datetime import date

from chalicelib.domain.analysis import MOST_MEASURES, Analysis, CheckedMeasure, Draft, Measure
from chalicelib.domain.errors import BadInputError, Fault
from chalicelib.field_parsers import UnfitError, day, plain_text

LONG, SHORT = 4000, 300
"""The most characters of the problems, and of a measure or a name."""
PARTS = ("text", "person", "due_on")
"""What each measure is asked for; the field of the second one's text is ``measure_2_text``."""
_BLANK_ROWS = 2

Sent = Mapping[str, str]


def draft_from(sent: Sent, to_check: tuple[Measure, ...]) -> Draft:
    """The draft in a form. A row of which nothing is filled in is none.

    Raises BadInputError with every fault.
    """
    faults: list[Fault] = []
    problems = _read(sent, "problems", LONG, faults, is_long=True)
    found = [_measure(sent, number, faults) for number in range(1, MOST_MEASURES + 1)]
    if faults:
        raise BadInputError(tuple(faults))
    checked = tuple(
        CheckedMeasure(one, done=sent.get(f"done_{number}") == "yes")
        for number, one in enumerate(to_check, 1)
    )
    return Draft(problems=problems, measures=tuple(one for one in found if one), checked=checked)


def typed(analysis: Analysis) -> dict[str, str]:
    """The fields of a form in which this stands."""
    return {
        "problems": analysis.problems,
        **{
            f"measure_{number}_{part}": str(getattr(one, part))
            for number, one in enumerate(analysis.measures, 1)
            for part in PARTS
        },
        **{f"done_{number}": "yes" for number, one in enumerate(analysis.checked, 1) if one.done},
    }


def rows(sent: Sent) -> range:
    """The numbers of the rows that the form has: those filled in, and some to fill in."""
    filled = (number for number in range(1, MOST_MEASURES + 1) if any(_row(sent, number)))
    return range(1, min(max(filled, default=0) + _BLANK_ROWS, MOST_MEASURES) + 1)


def _row(sent: Sent, number: int) -> Iterator[str]:
    return (sent.get(f"measure_{number}_{part}", "").strip() for part in PARTS)


def _measure(sent: Sent, number: int, faults: list[Fault]) -> Measure | None:
    if not any(_row(sent, number)):
        return None
    names = [f"measure_{number}_{part}" for part in PARTS]
    before = len(faults)
    text, person, due_on = (_read(sent, name, SHORT, faults) for name in names)
    for name, value in zip(names, (text, person, due_on), strict=True):
        if not value and all(fault.field != name for fault in faults):
            faults.append(Fault(name, "required", {}))
    due = _day(due_on, names[2], faults)
    return Measure(text, person, due) if due and len(faults) == before else None


def _day(value: str, name: str, faults: list[Fault]) -> date | None:
    try:
        return day(value) if value else None
    except UnfitError as error:
        faults.append(Fault(name, error.code, error.params))
        return None


def _read(sent: Sent, name: str, limit: int, faults: list[Fault], *, is_long: bool = False) -> str:
    try:
        return plain_text(sent.get(name, ""), limit, is_long=is_long)
    except UnfitError as error:
        faults.append(Fault(name, error.code, error.params))
        return ""

"""The figures of a month's report (3.2): what each counts among the rows, and what is divided.

A figure is one row of `COUNTS`: a key, and how often a row counts in it. Whatever the page, the
workbook and the notice board show is made of these, so that each can name the complaints that
it counts. Words for the keys stand with those of the staff's pages.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from statistics import median

from msgspec import Struct

from chalicelib.domain.model import NEW_DATE_OF
from chalicelib.domain.statistics import (
    ANSWERED,
    CAME_IN,
    IMPORTED,
    NEW,
    NOT_ASKED,
    NOT_MADE,
    NOT_REACHED,
    REOPENED,
    SEPARATED,
    WENT_OUT,
    MonthRow,
    PromiseResult,
)

Count = Callable[[MonthRow], int]

UNDECIDED = "undecided"
"""The key of what nobody has judged the severity of."""
UNKNOWN = ""
"""The key of what is not known any more, such as the building once the resident's data are gone."""


def _moved(move: str) -> Count:
    return lambda row: row.moves.count(move)


def _promise(name: str, *, kept: bool) -> Count:
    return lambda row: sum(one.promise == name and one.kept is kept for one in row.promises)


def _promise_due(name: str) -> Count:
    return lambda row: sum(one.promise == name for one in row.promises)


def _visit(result: str) -> Count:
    return lambda row: row.visits.count(result)


def _said(*answers: str) -> Count:
    return lambda row: sum(one in answers for one in row.satisfaction)


def _new(condition: Callable[[MonthRow], bool]) -> Count:
    return lambda row: int(row.is_new and condition(row))


def _linked(because: str) -> Count:
    return _new(lambda row: because in row.linked)


_TO_RESIDENTS = frozenset({*NEW_DATE_OF, *NEW_DATE_OF.values()})

COUNTS: dict[str, Count] = {
    "opening": lambda row: int(row.was_open),
    **{move: _moved(move) for move in (*CAME_IN, *WENT_OUT)},
    "ended": lambda row: sum(row.moves.count(one) for one in ("closed", "invalid", "withdrawn")),
    "closing": lambda row: int(row.is_open),
    # Of those that came in: what was judged of them until the month ended (2).
    "new_valid": _new(lambda row: row.valid is True),
    "new_invalid": _new(lambda row: row.valid is False),
    "new_unjudged": _new(lambda row: row.valid is None),
    "new_raised_before": _new(lambda row: row.raised_before),
    **{f"linked_by_{because}": _linked(because) for because in ("named", "contact", "household")},
    "contact_due": _promise_due("acknowledge"),
    "contact_kept": _promise("acknowledge", kept=True),
    "reply_due": _promise_due("reply"),
    "reply_kept": _promise("reply", kept=True),
    "feedback_due": _promise_due("feedback"),
    "feedback_kept": _promise("feedback", kept=True),
    "in_hand": lambda row: int(row.in_hand),
    "solved": lambda row: int(row.in_hand and row.solved),
    "visits_due": lambda row: len(row.visits),
    "visits_answered": _visit(ANSWERED),
    "visits_not_reached": _visit(NOT_REACHED),
    "visits_not_made": _visit(NOT_MADE),
    "answers": _said("satisfied", "mostly_satisfied", "dissatisfied"),
    "content": _said("satisfied", "mostly_satisfied"),
    "satisfied": _said("satisfied"),
    "mostly_satisfied": _said("mostly_satisfied"),
    "dissatisfied": _said("dissatisfied"),
    "not_asked": _said(NOT_ASKED),
    "disputed": lambda row: int(row.disputed),
    "major": lambda row: int(row.in_hand and row.gravest),
    "unsolved_for_a_month": lambda row: int(row.in_hand and row.unsolved_for_a_month),
    "overdue": lambda row: int(
        any(not one.kept and one.promise in _TO_RESIDENTS for one in row.promises)
    ),
}
"""Every figure: how often a row counts in it."""


class Rate(Struct, frozen=True):
    """A rate of the report: the figure on top, and the one that it is divided by."""

    key: str
    numerator: str
    denominator: str


RATES = (
    Rate("response", "contact_kept", "contact_due"),
    Rate("reply_in_time", "reply_kept", "reply_due"),
    Rate("solution", "solved", "in_hand"),
    Rate("return_visit", "visits_answered", "visits_due"),
    Rate("satisfaction", "content", "answers"),
    Rate("repeat", "new_raised_before", NEW),
    Rate("feedback_in_time", "feedback_kept", "feedback_due"),
)
"""响应率, 按时答复率, 解决率, 回访率, 满意率, 重复投诉率, and the heads' feedback (3.3)."""

Keys = Callable[[MonthRow], Iterable[str]]

TABLES: dict[str, Keys] = {
    "building": lambda row: (f"{row.community} {row.building}" if row.building else UNKNOWN,),
    "category": lambda row: (row.category,),
    "department": lambda row: (row.department,),
    "cause": lambda row: (row.cause,),
    "severity": lambda row: (row.severity or UNDECIDED,),
    "clause": lambda row: row.clauses,
    "channel": lambda row: (row.channel,),
    "owner": lambda row: (row.owner,),
}
"""What the complaints are counted by; of clauses one may meet several."""
CROSS = "department_category"
GROUPS: dict[str, Keys] = {
    **TABLES,
    "community": lambda row: (row.community,),
    CROSS: lambda row: (f"{row.department} {row.category}",),
}
"""What a figure may be narrowed by."""
MEASURED = ("contact", "reply", "close")
"""What is measured in time: to the first contact, to the reply, and to the end."""
COLUMNS = (NEW, "ended", "closing")
"""What each table says of each of its keys."""


class Spread(Struct, frozen=True):
    """How long something took, of so many: minutes at the median, at 90 % and at the longest."""

    count: int
    median: int
    most: int
    longest: int


class Balance(Struct, frozen=True):
    """上月结转 + what came in = what went out + 月末结转, as it is counted."""

    opening: int
    came_in: Mapping[str, int]
    went_out: Mapping[str, int]
    closing: int

    @property
    def difference(self) -> int:
        """What is too much on the left; 0 where it reconciles."""
        left = self.opening + sum(self.came_in.values())
        return left - sum(self.went_out.values()) - self.closing


def counter(figure: str) -> Count:
    """How often a row counts in a figure.

    Besides those of `COUNTS`: ``kept reply property_manager`` and ``missed …`` are promises by
    their role, ``took close`` what a time was measured of. Raises KeyError for an unknown one.
    """
    kind, _, rest = figure.partition(" ")
    match kind, rest.split(" "):
        case (("kept" | "missed"), [name, role]):
            result = PromiseResult(name, role, kept=kind == "kept")
            return lambda row: row.promises.count(result)
        case "took", [what] if what in MEASURED:
            return lambda row: sum(one.what == what for one in row.took)
        case _:
            return COUNTS[figure]


def count(figure: str, rows: Iterable[MonthRow]) -> int:
    """What a figure comes to. Raises KeyError for an unknown one."""
    counted = counter(figure)
    return sum(counted(row) for row in rows)


def references(figure: str, rows: Iterable[MonthRow]) -> tuple[str, ...]:
    """The complaints that a figure counts, each once. Raises KeyError for an unknown one."""
    counted = counter(figure)
    return tuple(row.reference for row in rows if counted(row))


def narrowed(rows: Iterable[MonthRow], by: str, key: str) -> tuple[MonthRow, ...]:
    """The rows of one key of a table. Raises KeyError for an unknown table."""
    keys = GROUPS[by]
    return tuple(row for row in rows if key in keys(row))


def balance(rows: Iterable[MonthRow]) -> Balance:
    """Every movement of the month."""
    found = tuple(rows)
    return Balance(
        count("opening", found),
        {move: count(move, found) for move in (NEW, *REOPENED, SEPARATED, IMPORTED)},
        {move: count(move, found) for move in WENT_OUT},
        count("closing", found),
    )


def table(name: str, rows: Iterable[MonthRow]) -> dict[str, Counter[str]]:
    """The columns of each key of a table, the most new ones first. Raises KeyError."""
    keys, found = GROUPS[name], dict[str, Counter[str]]()
    for row in rows:
        for key in keys(row):
            columns = {column: COUNTS[column](row) for column in COLUMNS}
            found.setdefault(key, Counter()).update(columns)
    shown = {key: columns for key, columns in found.items() if columns.total()}
    return dict(sorted(shown.items(), key=lambda one: (-one[1][NEW], -one[1].total(), one[0])))


def promises(rows: Iterable[MonthRow]) -> dict[tuple[str, str], tuple[int, int]]:
    """How many promises each role kept and missed, by role and promise."""
    results = Counter((one.role, one.promise, one.kept) for row in rows for one in row.promises)
    return {
        (role, promise): (results[role, promise, True], results[role, promise, False])
        for role, promise in sorted({(role, promise) for role, promise, _ in results})
    }


def spreads(rows: Iterable[MonthRow]) -> dict[tuple[str, str], Spread]:
    """How long first contact, reply and end took, in ``working`` and in ``calendar`` time."""
    took = [one for row in rows for one in row.took]
    found = {
        (what, measure): sorted(getattr(one, measure) for one in took if one.what == what)
        for what in MEASURED
        for measure in ("working", "calendar")
    }
    return {key: _spread(minutes) for key, minutes in found.items() if minutes}


def _spread(minutes: list[int]) -> Spread:
    """The 90 % are those within the least time that as many took or less."""
    most = minutes[math.ceil(len(minutes) * 0.9) - 1]
    return Spread(len(minutes), round(median(minutes)), most, minutes[-1])

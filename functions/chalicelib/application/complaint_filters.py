"""THE table of filters of the list of complaints (``/desk/complaints``).

From a row follow its field in the form, its parameter in an address, what fits it, the counts
of its options, its column in a file and whether one can sort by it. `link` is for whoever
leads to a part of the list, as a report does with each of its figures.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from msgspec import Struct

from chalicelib.application.households import tidy_building
from chalicelib.application.listed import ListedComplaint, ListedLine
from chalicelib.application.ports.complaint_list import ENDED, RECEIVED
from chalicelib.application.reception import CHANNELS
from chalicelib.domain.confidence import is_of_one
from chalicelib.domain.errors import BadInputError, Fault
from chalicelib.domain.model import CAUSES, IMPORT, OPEN, SATISFACTION, UNSURE
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.domain.staff import Staff
from chalicelib.field_parsers import UnfitError, day

UNDECIDED = "undecided"
"""The severity of what nobody has judged and the facts leave open."""
ALL_OPEN, ALL_ENDED = "open", "ended"
"""Statuses that stand for several."""
ENDINGS = ("closed", "invalid", "withdrawn", "ended_elsewhere")
STATUSES = ("received", "acknowledged", "replied", "reopened", "merged", *ENDINGS)
NOT_JUDGED, NOT_ASKED, NEVER = "open", "not_asked", "never"
LATEST_MONTHS = 3
"""Without days the list has what was received in so many months, beside all that is open."""
MOST_MONTHS = 36
MOST_MONTHS_OF_WORDS = 12
"""So many months a list may show, and so many where what was said is read."""
LONGEST = 80
"""The most characters of a value."""


class ListReader(Struct, frozen=True):
    """Who looks at the list, and when (UTC)."""

    staff: Staff
    now: datetime


Keys = Callable[[ListedLine, ListReader], tuple[str, ...]]


class Filter(Struct, frozen=True, kw_only=True):
    """One row.

    `kind` says how it is asked: ``choice`` (one of what `offered` gives), ``person`` (one of the
    staff), ``place`` and ``text`` (typed), ``month`` and ``day``. `of` is what a month or a day is
    of: the receipt or the end. `keys` are those that a complaint has of it, the one that a column
    shows first; it fits where what is chosen is among them. `words` names the section of the
    catalogue with the keys' words, blank where they have names of their own. `many` where a column
    shows all keys; `reads_words` where what the resident said has to be read for it.
    """

    name: str
    kind: str = "choice"
    choices: tuple[str, ...] = ()
    words: str = ""
    keys: Keys | None = None
    of: str = ""
    many: bool = False
    reads_words: bool = False
    sorts: bool = False

    def offered(self, policy: Policy, organisation: Organisation) -> tuple[str, ...]:
        """The keys that it offers, in their order; none where anything may be typed."""
        known = _OFFERED.get(self.name)
        return known(policy, organisation) if known else self.choices

    def of_line(self, line: ListedLine, reader: ListReader) -> tuple[str, ...]:
        """The keys that a complaint has of it."""
        return self.keys(line, reader) if self.keys else ()


class Days(NamedTuple):
    """From the first to the last of some days, both among them, by the community's calendar."""

    first: date
    last: date

    def hold(self, at: datetime | None, complaint: ListedComplaint) -> bool:
        """Whether an instant (UTC) is on one of them."""
        return at is not None and self.first <= at.astimezone(complaint.tz).date() <= self.last

    @property
    def months(self) -> tuple[str, ...]:
        """Each month of which there is a day among them: ``2026-11``."""
        first, last = (one.year * 12 + one.month - 1 for one in self)
        return tuple(f"{one // 12:04}-{one % 12 + 1:02}" for one in range(first, last + 1))


class Asked(Struct, frozen=True, kw_only=True):
    """What the list is asked for: the values by the table's names, and what they come to.

    Without days, `received` and `ended` are None: all that is open, and the latest months.
    """

    values: Mapping[str, str]
    received: Days | None = None
    ended: Days | None = None
    sort: str = ""
    page: int = 1

    @property
    def reads_words(self) -> bool:
        """Whether what residents said has to be read before it is known what fits."""
        return any(FILTERS[name].reads_words for name in self.values)

    def address(self, **changes: str | int) -> str:
        """The query of its address, in the table's order, without what is blank."""
        asked = {**self.values, "sort": self.sort, **changes}
        return urlencode({name: value for name, value in asked.items() if value})


def _of_department_unknown(one: ListedComplaint, staff: Staff) -> bool:
    return bool(one.raised_before_unknown_to) and is_of_one(staff, one.raised_before_unknown_to)


def _raised_again(line: ListedLine, reader: ListReader) -> tuple[str, ...]:
    one = line.complaint
    before = one.raised_before and not _of_department_unknown(one, reader.staff)
    found = [*(["before"] if before else []), *(["reopened"] if one.reopened else [])]
    return (*found, "yes") if found else ("no",)


def _overdue(line: ListedLine, reader: ListReader) -> tuple[str, ...]:
    one = line.complaint
    is_late = one.due_at is not None and one.due_at <= reader.now
    found = [*(["now"] if is_late else []), *(["missed"] if one.missed else [])]
    return tuple(found) or (NEVER,)


def _status(line: ListedLine, _: ListReader) -> tuple[str, ...]:
    one = line.complaint
    return one.status, ALL_ENDED if one.ended_at else ALL_OPEN


def _validity(line: ListedLine, _: ListReader) -> tuple[str, ...]:
    return ({None: NOT_JUDGED, True: "yes", False: "no"}[line.complaint.valid],)


def _owner(line: ListedLine, _: ListReader) -> tuple[str, ...]:
    owner = line.complaint.owner
    return (owner.staff or owner.role,)


def _state(name: str, blank: str = "") -> Keys:
    """The key that a row has itself, or what stands for none."""
    return lambda line, _: (getattr(line.complaint, name) or blank,)


def _yes_no(name: str) -> Keys:
    return lambda line, _: ("yes" if getattr(line.complaint, name) else "no",)


_TABLE = (
    Filter(name="month", kind="month", of=RECEIVED),
    Filter(name="from", kind="day", of=RECEIVED),
    Filter(name="to", kind="day", of=RECEIVED),
    Filter(name="ended_month", kind="month", of=ENDED),
    Filter(name="ended_from", kind="day", of=ENDED),
    Filter(name="ended_to", kind="day", of=ENDED),
    Filter(name="community", keys=_state("community"), sorts=True),
    Filter(
        name="building",
        kind="place",
        keys=lambda line, _: (tidy_building(line.words.get("building", "")),),
        reads_words=True,
    ),
    Filter(name="department", keys=_state("about"), sorts=True),
    Filter(name="category", keys=_state("category"), sorts=True),
    Filter(name="cause", choices=(*CAUSES, UNSURE), words="cause", keys=_state("cause")),
    Filter(name="severity", keys=_state("severity", UNDECIDED), sorts=True),
    Filter(name="clause", keys=lambda line, _: line.complaint.clauses, many=True),
    Filter(
        name="status",
        choices=(ALL_OPEN, ALL_ENDED, *STATUSES),
        keys=_status,
        sorts=True,
    ),
    Filter(
        name="validity", choices=("yes", "no", NOT_JUDGED), words="validity_short", keys=_validity
    ),
    Filter(name="channel", choices=("web", *CHANNELS, IMPORT), words="by", keys=_state("channel")),
    Filter(name="owner", kind="person", keys=_owner, sorts=True),
    Filter(
        name="raised_again",
        choices=("yes", "before", "reopened", "no"),
        words="raised_again",
        keys=_raised_again,
    ),
    Filter(name="overdue", choices=("now", "missed", NEVER), words="overdue", keys=_overdue),
    Filter(name="disputed", choices=("yes", "no"), words="is_so", keys=_yes_no("disputed")),
    Filter(
        name="satisfaction",
        choices=(*SATISFACTION, NOT_ASKED),
        words="satisfaction",
        keys=_state("satisfaction", NOT_ASKED),
    ),
    Filter(name="text", kind="text", reads_words=True),
)
FILTERS: Mapping[str, Filter] = {one.name: one for one in _TABLE}
"""The filters by name, in the order of the form."""
CHOSEN = tuple(one for one in _TABLE if one.kind in ("choice", "person"))
"""Those of which one key is chosen, whose options are counted."""
COLUMNS = tuple(one for one in _TABLE if one.keys and one.kind != "place")
"""Those that are columns of a file; the building is a word of the resident's."""
BY_INSTANT = ("received", "ended")
SORTS = (*BY_INSTANT, *(one.name for one in _TABLE if one.sorts))
"""By what one can sort; with a hyphen before it the other way round."""
LATEST_FIRST = "-received"
"""The order that nobody has asked for."""

_OFFERED: Mapping[str, Callable[[Policy, Organisation], tuple[str, ...]]] = {
    "community": lambda _, organisation: tuple(one.key for one in organisation.communities),
    "department": lambda _, organisation: (
        *(one.key for one in organisation.departments),
        UNSURE,
    ),
    "category": lambda policy, _: tuple(one.key for one in policy.categories),
    "severity": lambda policy, _: (*(one.key for one in policy.severities), UNDECIDED),
    "clause": lambda policy, _: tuple(dict.fromkeys(one.number for one in policy.clauses)),
}
_MONTH = re.compile(r"(2\d{3})-(0[1-9]|1[0-2])", re.ASCII)


def link(**values: str) -> str:
    """The query of the list with these filters. Raises KeyError for a name that is no filter's."""
    ordered = sorted(values.items(), key=lambda one: list(FILTERS).index(FILTERS[one[0]].name))
    return urlencode({name: value for name, value in ordered if value})


def given_values(given: Mapping[str, str]) -> dict[str, str]:
    """What a form or an address says of the table's filters, in their order, nothing blank."""
    values = {name: given.get(name, "").strip()[:LONGEST] for name in FILTERS}
    return {name: value for name, value in values.items() if value}


def kept_values(given: Mapping[str, str]) -> dict[str, str]:
    """The same with the order: what a filter holds that is kept by name."""
    sort = given.get("sort", "")
    return given_values(given) | ({"sort": sort} if _is_sort(sort) else {})


def read_asked(given: Mapping[str, str], today: date, *, reads_words: bool = False) -> Asked:
    """What the list is asked for in a form or an address; `today` is the company's.

    Raises BadInputError with what cannot be read, by field; and where so many months are asked
    for that nobody would wait, less where words are read, as for a file (`reads_words`).
    """
    values, faults = given_values(given), list[Fault]()
    spans = {by: _days(by, values, today, faults) for by in (RECEIVED, ENDED)}
    sort = given.get("sort", "")
    page = given.get("page", "")
    asked = Asked(
        values=values,
        received=spans[RECEIVED],
        ended=spans[ENDED],
        sort=sort if _is_sort(sort) else "",
        page=int(page) if re.fullmatch(r"\d{1,5}", page, re.ASCII) else 1,
    )
    faults += _too_many(asked, reads_words=reads_words or asked.reads_words)
    if faults:
        order = list(FILTERS)
        raise BadInputError(tuple(sorted(faults, key=lambda one: order.index(one.field))))
    return asked


def fits(line: ListedLine, asked: Asked, reader: ListReader) -> bool:
    """Whether a complaint fits all that is asked of it but words."""
    one = line.complaint
    if asked.received and not asked.received.hold(one.received_at, one):
        return False
    if asked.ended and not asked.ended.hold(one.ended_at, one):
        return False
    chosen = ((FILTERS[name], value) for name, value in asked.values.items())
    return all(_plain(row, value) in row.of_line(line, reader) for row, value in chosen if row.keys)


def latest(asked: Asked, today: date) -> Days | None:
    """The latest months, to be shown beside all that is open.

    None where days were asked for, or open ones alone.
    """
    if asked.received or asked.ended or asked.values.get("status") in (*OPEN, ALL_OPEN):
        return None
    return _months_until(today)


def _months_until(today: date) -> Days:
    months = today.year * 12 + today.month - 1 - LATEST_MONTHS
    first = date(months // 12, months % 12 + 1, 1)
    return Days(first + timedelta(days=min(today.day, _length(first)) - 1), today)


def _is_sort(sort: str) -> bool:
    return sort.removeprefix("-") in SORTS


def _plain(row: Filter, value: str) -> str:
    return tidy_building(value) if row.kind == "place" else value


def _days(by: str, values: Mapping[str, str], today: date, faults: list[Fault]) -> Days | None:
    """The days that month and days come to together; None where neither was given."""
    found = dict[str, date]()
    before = "" if by == RECEIVED else f"{by}_"
    month, first, last = f"{before}month", f"{before}from", f"{before}to"
    for name in (name for name in (first, last) if name in values):
        try:
            found[name] = day(values[name])
        except UnfitError as error:
            faults.append(Fault(name, error.code, error.params))
    spans = []
    if month in values:
        read = _MONTH.fullmatch(values[month])
        if not read:
            faults.append(Fault(month, "month_unreadable", {}))
        else:
            begin = date(int(read[1]), int(read[2]), 1)
            spans.append(Days(begin, begin + timedelta(days=_length(begin) - 1)))
    if first in found and last in found and found[first] > found[last]:
        faults.append(Fault(last, "days_backwards", {}))
    elif found:
        end = found.get(last, max(today, found.get(first, today)))
        spans.append(Days(found.get(first) or _months_until(end).first, end))
    if not spans:
        return None
    return Days(max(one.first for one in spans), min(one.last for one in spans))


def _too_many(asked: Asked, *, reads_words: bool) -> Iterable[Fault]:
    most = MOST_MONTHS_OF_WORDS if reads_words else MOST_MONTHS
    spans = [(RECEIVED, asked.received), (ENDED, asked.ended)]
    counts = {by: len(one.months) for by, one in spans if one}
    if counts and min(counts.values()) > most:
        by = min(counts, key=lambda one: counts[one])
        code = "too_many_months_of_words" if reads_words else "too_many_months"
        yield Fault("from" if by == RECEIVED else "ended_from", code, {"most": most})


def _length(month: date) -> int:
    """The days of a month."""
    after = month.replace(day=28) + timedelta(days=4)
    return (after.replace(day=1) - month.replace(day=1)).days

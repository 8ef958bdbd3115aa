"""Counts the months of a community, each once, so that none reads more than itself (3.2).

A month begins with the states that stood at its first instant. They are taken from what is
open when the month is first asked for, and of what has happened since, from the records; then
they are kept. Once the month is over and adds up, its rows are kept too: from then on they are
what the report shows, whatever is judged later.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from msgspec.structs import replace

from chalicelib.application.history import History
from chalicelib.application.households import tidy_building
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.months import Months
from chalicelib.domain.deadlines import return_visit
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.events import EventRecord
from chalicelib.domain.evolve import replay
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.domain.statistics import (
    Month,
    MonthRow,
    gaps,
    is_carried,
    month_of,
    month_rows,
    months_before,
    to_be_loaded,
    unmatched,
)

FARTHEST = 36
"""So many months back there are reports, if nobody looked at them before."""
LATER = 2
"""So many months later a judgement still stands beside a month's figures as an amendment."""
SETTLED = timedelta(minutes=10)
"""How long after its last instant a month's indexes have surely followed the table."""
_A_MOMENT = timedelta(minutes=1)
"""What happens just now is among what has happened."""


@dataclass(frozen=True)
class CountedMonth:
    """A community's month: its rows, and what does not add up.

    `is_kept` when the rows stay as they are. `lost` are references of which a record is missing,
    `unmatched` those that end the month otherwise than the next one begins.
    """

    community: str
    month: Month
    rows: tuple[MonthRow, ...]
    is_kept: bool
    lost: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether nothing is missing from it, as far as is known."""
        return not (self.lost or self.unmatched)


@dataclass(frozen=True)
class Report:
    """A month of one community or several, and the months before of which all are counted.

    `after` are the rows of the months after it, those next to it, as far as they are counted.
    """

    month: str
    counted: tuple[CountedMonth, ...]
    before: Mapping[str, tuple[MonthRow, ...]]
    after: Mapping[str, tuple[MonthRow, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[MonthRow, ...]:
        """Those of all communities."""
        return tuple(row for one in self.counted for row in one.rows)

    @property
    def is_kept(self) -> bool:
        """Whether no figure of it changes any more."""
        return all(one.is_kept for one in self.counted)


@dataclass(frozen=True)
class MonthReports:
    """Counts months, and keeps what it counted."""

    policy: Policy
    organisation: Organisation
    complaints: Complaints
    months: Months
    clock: Clock

    def count(self, community: str, name: str) -> CountedMonth:
        """The month of this name, ``2026-11``, in a community.

        Raises NotFoundError for a month that has not begun or is too long ago, and for what is
        no month; KeyError for an unknown community.
        """
        month = self._month(community, name)
        kept = self.months.rows(community, name, name)
        if name in kept:
            return CountedMonth(community, month, kept[name], is_kept=True)
        counted = self._counted(community, month)
        is_over = self.clock.now() >= month.ends_at + SETTLED
        if not (is_over and counted.adds_up):
            return counted
        self.months.keep_rows(community, name, counted.rows)
        return CountedMonth(community, month, counted.rows, is_kept=True)

    def report(self, communities: Iterable[str], name: str) -> Report:
        """The month of this name in these communities, beside the twelve before it.

        The one just before is counted if it was not. Raises as `count`.
        """
        counted = tuple(self.count(one, name) for one in communities)
        for one in counted:
            self._count_before(one)
        first, last = months_before(name, 12), months_before(name, 1)
        kept = [self.months.rows(one.community, first, last) for one in counted]
        in_all = set(kept[0]).intersection(*kept) if kept else set()
        before = {
            month: tuple(row for rows in kept for row in rows[month]) for month in sorted(in_all)
        }
        return Report(name, counted, before, self._after(counted, name))

    def _after(self, counted: Iterable[CountedMonth], name: str) -> dict[str, tuple[MonthRow, ...]]:
        """The months after a month; the one that runs among them as it stands now."""
        found: dict[str, tuple[MonthRow, ...]] = {}
        for one in counted:
            for later in range(1, LATER + 1):
                month = months_before(name, -later)
                if self.is_there(one.community, month):
                    found[month] = found.get(month, ()) + self.count(one.community, month).rows
        return found

    def _count_before(self, counted: CountedMonth) -> None:
        """Count the month before, unless there is no report of it."""
        with suppress(NotFoundError):
            self.count(counted.community, months_before(counted.month.name, 1))

    def is_there(self, community: str, name: str) -> bool:
        """Whether there is a report of the month of this name."""
        try:
            self._month(community, name)
        except NotFoundError:
            return False
        return True

    def begin(self, community: str) -> None:
        """Keep the opening of the present month and the rows of the one before, once."""
        zone = self.organisation.community(community).tz
        name = f"{self.clock.now().astimezone(zone):%Y-%m}"
        if self.months.opening(community, name) is None:
            self._opening(community, self._month(community, name))
            self.count(community, months_before(name, 1))

    def _month(self, community: str, name: str) -> Month:
        zone, now = self.organisation.community(community).tz, self.clock.now()
        present = f"{now.astimezone(zone):%Y-%m}"
        try:
            month = month_of(name, zone)
            if not months_before(present, FARTHEST) <= month.name <= present:
                raise NotFoundError
        except (ValueError, OverflowError) as error:
            raise NotFoundError from error
        return month

    def _counted(self, community: str, month: Month) -> CountedMonth:
        opening = self._opening(community, month)
        happened = self.complaints.happened(community, month.starts_at, month.ends_at)
        histories = [self.complaints.load(one) for one in to_be_loaded(opening, happened, month)]
        known = (*opening, *_states(histories, month.starts_at))
        every = (*happened, *_records(histories))
        rows = month_rows(known, every, month, self.policy)
        return CountedMonth(
            community,
            month,
            self._with_buildings(rows),
            is_kept=False,
            lost=gaps(known, every, month),
            unmatched=self._unmatched(community, month, rows),
        )

    def _unmatched(
        self, community: str, month: Month, rows: tuple[MonthRow, ...]
    ) -> tuple[str, ...]:
        """What the next month begins with otherwise; nothing is known of it until it begins."""
        if self.clock.now() < month.ends_at + SETTLED:
            return ()
        after = self._month(community, months_before(month.name, -1))
        return unmatched(rows, self._opening(community, after))

    def _with_buildings(self, rows: tuple[MonthRow, ...]) -> tuple[MonthRow, ...]:
        """The building of each, as long as it is known."""
        lines = self.complaints.lines(row.reference for row in rows)
        buildings = {
            one.complaint.reference: tidy_building(one.words.get("building", "")) for one in lines
        }
        return tuple(replace(row, building=buildings.get(row.reference, "")) for row in rows)

    def _opening(self, community: str, month: Month) -> tuple[Complaint, ...]:
        """The states at the month's first instant of all that may still count."""
        kept = self.months.opening(community, month.name)
        if kept is not None:
            return kept
        states = tuple(one for one in self._states_at(community, month) if self._may_count(one))
        if self.clock.now() >= month.starts_at + SETTLED:
            self.months.keep_opening(community, month.name, states)
        return states

    def _states_at(self, community: str, month: Month) -> Iterable[Complaint]:
        """What has not changed since stands as it is; the rest is replayed until then."""
        since = self.complaints.happened(community, month.starts_at, self.clock.now() + _A_MOMENT)
        changed = dict.fromkeys(ref for ref, one in since if one.at >= month.starts_at)
        began = {ref for ref, one in since if one.number == 1}
        for line in (*self.complaints.open(), *self.complaints.visits()):
            one = line.complaint
            if one.community == community and one.reference not in changed:
                yield one
        histories = (self.complaints.load(ref) for ref in changed if ref not in began)
        yield from _states(histories, month.starts_at)

    def _may_count(self, complaint: Complaint) -> bool:
        """Whether it is in hand, or is still to be asked after."""
        return is_carried(complaint) or return_visit(complaint, self.policy) is not None


def _states(histories: Iterable[History], at: datetime) -> Iterable[Complaint]:
    """How each stood at an instant; what had not come in yet is left out."""
    for history in histories:
        before = [one for one in history.records if one.at < at]
        if before:
            yield replay(before)


def _records(histories: Iterable[History]) -> Iterable[tuple[str, EventRecord]]:
    return ((one.complaint.reference, record) for one in histories for record in one.records)

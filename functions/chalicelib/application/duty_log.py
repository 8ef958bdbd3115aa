"""A day of the duty log (值班日志): what came in and what was written, as the book had it (6.1).

Complaints of every channel with what was said, the log's own entries, and corrections; all
in the order of the day. Values only: the page puts them into words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from msgspec.structs import replace as with_fields

from chalicelib.application.confidence import seen_line
from chalicelib.application.history import occurred_at
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.duty_log import DutyLog
from chalicelib.application.records import Line
from chalicelib.domain.confidence import sees_resident
from chalicelib.domain.duty_log import CALL, DutyLogEntry
from chalicelib.domain.events import NO_WORDS, EventRecord, HelpCalled, Noted, Received
from chalicelib.domain.policy import Organisation
from chalicelib.domain.staff import Staff

Happened = tuple[tuple[str, EventRecord], ...]


@dataclass(frozen=True)
class TakenInEntry:
    """A complaint that was received: its five items are in the line's words (6.1.1)."""

    at: datetime
    by: str
    line: Line


@dataclass(frozen=True)
class WrittenEntry:
    """An entry of the log; `tied_to` is the complaint that a call for help belongs to.

    `corrected_by` are the numbers of later entries of the day that correct it.
    """

    at: datetime
    by: str
    entry: DutyLogEntry
    tied_to: str | None
    corrected_by: tuple[int, ...]


@dataclass(frozen=True)
class CorrectedEntry:
    """A correction of an item of a complaint; what was first written stays legible."""

    at: datetime
    by: str
    reference: str
    item: str
    text: str


Row = TakenInEntry | WrittenEntry | CorrectedEntry


@dataclass(frozen=True)
class DutyBook:
    """Puts a day's page together."""

    organisation: Organisation
    complaints: Complaints
    log: DutyLog

    def day(self, community: str, on: date, staff: Staff) -> tuple[Row, ...]:
        """Everything of a day of the community's calendar, in order, but what may be about them.

        `staff` is the reader, who keeps what they wrote down and reads nothing else of a resident
        whom they may not know. Raises KeyError for an unknown community.
        """
        if on.year not in _YEARS:
            return ()
        start, end = self._bounds(community, on)
        entries = self.log.day(community, on)
        late = end + _A_DAY if any(one.kind == CALL for one in entries) else end
        happened = self.complaints.happened(community, start, late)
        today = tuple(one for one in happened if occurred_at(one[1]) < end)
        tied = _tied(happened)
        lines = self._lines(today, tied.values())
        kept = {ref for ref, one in lines.items() if one.complaint.is_kept_from(staff.id)}
        shown = tuple(one for one in today if one[0] not in kept)
        written = (
            one
            for one in _written(entries, tied)
            if one.tied_to not in kept and not one.entry.is_kept_from(staff.id)
        )
        rows: list[Row] = [*_taken_in(shown, lines), *written, *self._corrected(shown)]
        rows = [_seen(one, lines, staff) for one in rows]
        return tuple(sorted(rows, key=lambda row: row.at))

    def _lines(self, happened: Happened, tied: Iterable[str]) -> Mapping[str, Line]:
        """The complaints of which the page says anything, by reference."""
        said = (ref for ref, one in happened if isinstance(one.event, Received) or _corrects(one))
        lines = self.complaints.lines(dict.fromkeys((*said, *tied)))
        return {one.complaint.reference: one for one in lines}

    def _corrected(self, happened: Happened) -> Iterable[CorrectedEntry]:
        """Corrections with their words, which the ledger does not have."""
        for reference, one in happened:
            if isinstance(one.event, Noted) and one.event.corrects:
                words = self.complaints.load(reference).record(one.number).words
                text = words.get("text", "")
                yield CorrectedEntry(one.at, one.by, reference, one.event.corrects, text)

    def _bounds(self, community: str, on: date) -> tuple[datetime, datetime]:
        """The day's midnights (UTC)."""
        zone = self.organisation.community(community).tz
        midnight = datetime.combine(on, time(), zone)
        return midnight.astimezone(UTC), (midnight + _A_DAY).astimezone(UTC)


def _taken_in(happened: Happened, lines: Mapping[str, Line]) -> Iterable[TakenInEntry]:
    for reference, one in happened:
        if isinstance(one.event, Received) and reference in lines:
            line = lines[reference]
            yield TakenInEntry(line.complaint.received_at, one.by, line)


def _seen(row: Row, lines: Mapping[str, Line], staff: Staff) -> Row:
    """A row as its reader may see it."""
    reference = _reference_of(row)
    line = lines.get(reference or "")
    if row.by == staff.id or line is None or sees_resident(staff, line.complaint):
        return row
    match row:
        case TakenInEntry():
            return replace(row, line=seen_line(row.line, staff))
        case WrittenEntry():
            return replace(row, entry=with_fields(row.entry, words=NO_WORDS))
        case CorrectedEntry():
            return replace(row, text="")


def _reference_of(row: Row) -> str | None:
    match row:
        case TakenInEntry():
            return row.line.complaint.reference
        case WrittenEntry():
            return row.tied_to
        case CorrectedEntry():
            return row.reference


def _corrects(record: EventRecord) -> bool:
    return isinstance(record.event, Noted) and bool(record.event.corrects)


def _tied(happened: Happened) -> Mapping[str, str]:
    """The complaint to which each call belongs, by the entry's name: ``2026-11-25#3``."""
    called = ((ref, one.event) for ref, one in happened)
    return {
        event.entry: ref for ref, event in called if isinstance(event, HelpCalled) and event.entry
    }


def _written(entries: tuple[DutyLogEntry, ...], tied: Mapping[str, str]) -> Iterable[WrittenEntry]:
    for one in entries:
        later = tuple(other.number for other in entries if other.corrects == one.number)
        tied_to = tied.get(f"{one.on:%Y-%m-%d}#{one.number}")
        yield WrittenEntry(one.at, one.by, one, tied_to, later)


_A_DAY = timedelta(days=1)
_YEARS = range(2000, 3000)
"""In others nothing was ever written, and instants come to an end."""

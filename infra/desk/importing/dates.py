"""A spreadsheet's dates: written one way, in the spreadsheet's own zone.

A day without a time is its beginning. An end on the day of receipt, given as a day
alone, is the moment of receipt: it can be neither before it nor after now.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import BadInputError, Fault
from desk.importing.mapping import Source

YEARS = range(1900, 2200)
"""Beyond them, a date is a slip of the hand, or stands for none."""

_TIMES = ("%H", "%I", "%X", "%c", "%T", "%R")


@dataclass(frozen=True)
class WrittenDate:
    """A date as it was written: aware, in the source's zone; `is_day` when it had no time."""

    at: datetime
    is_day: bool

    @property
    def instant(self) -> datetime:
        """In UTC, to the second."""
        return self.at.astimezone(UTC).replace(microsecond=0)

    def local(self, zone: ZoneInfo) -> str:
        """As the intake has it, in the community's own time; a day alone stays that day."""
        if self.is_day:
            return f"{self.at:%Y-%m-%d}"
        return f"{self.at.astimezone(zone):%Y-%m-%dT%H:%M}"


@dataclass(frozen=True)
class Span:
    """When a complaint was received and when it ended, in UTC; None while it is open."""

    received_at: datetime
    ended_at: datetime | None


def read_date(value: str, field: str, column: str, source: Source) -> WrittenDate:
    """The date in a cell, by the first form that fits. Raises BadInputError."""
    for form in source.date_formats:
        try:
            at = datetime.strptime(value, form)  # noqa: DTZ007 - the zone follows
        except ValueError:
            continue
        if at.year in YEARS:
            zoned = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(source.zone))
            return WrittenDate(zoned, is_day=not any(time in form for time in _TIMES))
    known = " | ".join(source.date_formats)
    params = {"value": value, "column": column, "format": known}
    raise BadInputError((Fault(field, "import_date_unreadable", params),))


def span(received: WrittenDate, ended: WrittenDate | None, now: datetime) -> Span:
    """When it was received and ended. Raises BadInputError for what cannot have been by `now`."""
    if received.instant > now:
        raise BadInputError((Fault("received_at", "import_in_future", {}),))
    ended_at = _ended_at(received, ended) if ended else None
    if ended_at and ended_at < received.instant:
        raise BadInputError((Fault("ended_at", "import_ended_early", {}),))
    if ended_at and ended_at > now:
        raise BadInputError((Fault("ended_at", "import_ended_in_future", {}),))
    return Span(received.instant, ended_at)


def _ended_at(received: WrittenDate, ended: WrittenDate) -> datetime:
    if ended.is_day and ended.at.date() == received.at.date():
        return received.instant
    if ended.instant >= received.instant:
        return ended.instant
    # Where the clock was put back between the two, the end is the later of its two readings.
    return ended.at.replace(fold=1).astimezone(UTC)

"""The working calendar: when a promise falls due.

A promise of N working days ends at closing time of the Nth working day after the
day of receipt; receipt after closing or on a day off counts as the next working
day's opening. All instants come and go in UTC; the days are those of the
community's zone.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

_A_DAY = timedelta(days=1)


class WorkingTime(Struct, frozen=True):
    """Working hours and days, with the public holidays and make-up working days.

    `weekdays` are ISO numbers (Monday is 1). `years` are those for which the days
    off are published. Beyond them `days_off` are the statutory days alone, which days
    are moved or worked around them is not known, and a date is provisional.
    """

    weekdays: frozenset[int]
    opens: time
    closes: time
    days_off: frozenset[date]
    make_up_days: frozenset[date]
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Whether the company works on this day of the community's calendar."""
        if day in self.make_up_days:
            return True
        return day.isoweekday() in self.weekdays and day not in self.days_off

    def is_known(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether the days off of this instant's year are published; else it is provisional."""
        return at.astimezone(zone).year in self.years

    def is_provisional(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether a day so late hangs on days off that are not published yet."""
        return not self.is_known(at, zone) and at.year >= min(self.years, default=0)

    def working_days_after(self, at: datetime, count: int, zone: ZoneInfo) -> datetime:
        """Closing time of the `count`-th working day after the day of `at`, in UTC."""
        day = self.counts_from(at, zone)
        for _ in range(count):
            day = self._next_working_day(day)
        return datetime.combine(day, self.closes, zone).astimezone(UTC)

    def counts_from(self, at: datetime, zone: ZoneInfo) -> date:
        """The day of receipt: after closing or on a day off, the next working day."""
        local = at.astimezone(zone)
        if self.is_working_day(local.date()) and local.time() <= self.closes:
            return local.date()
        return self._next_working_day(local.date())

    def length_between(self, first: datetime, last: datetime, zone: ZoneInfo) -> timedelta:
        """How much working time lies between two instants; none where the second is not later."""
        day, last_day = (at.astimezone(zone).date() for at in (first, last))
        length = timedelta()
        while day <= last_day:
            opens_at, closes_at = self._shift(day, zone)
            length += max(min(last, closes_at) - max(first, opens_at), timedelta())
            day += _A_DAY
        return length

    def instant_after(self, at: datetime, length: timedelta, zone: ZoneInfo) -> datetime:
        """The first instant (UTC) by which so much working time has passed since `at`."""
        if not length:
            return at
        day = at.astimezone(zone).date()
        while True:
            opens_at, closes_at = self._shift(day, zone)
            begins_at = max(at, opens_at)
            room = max(closes_at - begins_at, timedelta())
            if length <= room:
                return begins_at + length
            length -= room
            day += _A_DAY

    def _shift(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Opening and closing time; on a day off it closes as it opens."""
        opens_at, closes_at = self.hours_of(day, zone)
        return opens_at, closes_at if self.is_working_day(day) else opens_at

    def within_hours(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The same instant within working hours, else the next opening, in UTC."""
        local = at.astimezone(zone)
        if self.is_working_day(local.date()) and local.time() <= self.closes:
            return max(at, self._opening(local.date(), zone))
        return self.next_day_opening(at, zone)

    def next_day_opening(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The opening of the next working day after the day of `at`, in UTC."""
        return self._opening(self._next_working_day(at.astimezone(zone).date()), zone)

    def last_opening_before(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The last opening of a working day before `at`, in UTC."""
        day = at.astimezone(zone).date()
        while not self.is_working_day(day) or self._opening(day, zone) >= at:
            day -= _A_DAY
        return self._opening(day, zone)

    def opening_after(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The first opening of a working day after `at`, in UTC."""
        day = at.astimezone(zone).date()
        while not self.is_working_day(day) or self._opening(day, zone) <= at:
            day += _A_DAY
        return self._opening(day, zone)

    def is_open(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether `at` falls into the hours of a working day, opening and closing among them."""
        day = at.astimezone(zone).date()
        opens_at, closes_at = self.hours_of(day, zone)
        return self.is_working_day(day) and opens_at <= at <= closes_at

    def hours_of(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Opening and closing time of a day, in UTC."""
        return self._opening(day, zone), datetime.combine(day, self.closes, zone).astimezone(UTC)

    def _opening(self, day: date, zone: ZoneInfo) -> datetime:
        return datetime.combine(day, self.opens, zone).astimezone(UTC)

    def days_off_between(self, first: date, last: date) -> tuple[date, ...]:
        """The days off from one day to another, both among them."""
        days = (first + count * _A_DAY for count in range((last - first).days + 1))
        return tuple(day for day in days if not self.is_working_day(day))

    def _next_working_day(self, day: date) -> date:
        day += _A_DAY
        while not self.is_working_day(day):
            day += _A_DAY
        return day


def days_after(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same clock time so many calendar days later, in UTC."""
    return (at.astimezone(zone) + days * _A_DAY).astimezone(UTC)


def months_after(at: datetime, months: int, zone: ZoneInfo) -> datetime:
    """The same clock time so many calendar months later, in UTC.

    A day that the later month lacks becomes its last: 31 January → the last day
    of February (5.1.3, our setting).
    """
    local = at.astimezone(zone)
    years, month = divmod(local.month - 1 + months, 12)
    year, month = local.year + years, month + 1
    day = min(local.day, monthrange(year, month)[1])
    return local.replace(year=year, month=month, day=day).astimezone(UTC)

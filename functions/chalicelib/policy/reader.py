"""Reads the policy, the organisation and the calendar into the domain's values.

The readers trust the files: `chalicelib.policy.checks` says what is wrong with one,
line by line, and the tests and `desk check` ask it.
"""

import tomllib
from datetime import date, time
from pathlib import Path
from typing import Any

import msgspec

from chalicelib.domain.policy import Organisation, Policy
from chalicelib.domain.working_time import WorkingTime

HERE = Path(__file__).parent
COMMUNITY = HERE / "community.toml"
ORGANISATION = HERE / "organisation.toml"
CALENDARS = HERE / "calendars"

# The file names its tables in the singular, as each entry is one; a policy has many.
_TABLES = {
    "role": "roles",
    "severity": "severities",
    "fact": "facts",
    "clause": "clauses",
    "category": "categories",
    "community": "communities",
    "department": "departments",
}


class CalendarSettings(msgspec.Struct, frozen=True):
    """The `[calendar]` table: which days, which hours, and the file of days off."""

    days: str
    weekdays: frozenset[int]
    opens: time
    closes: time


class YearOfDays(msgspec.Struct, frozen=True):
    """One year of a calendar file.

    As published, or the `statutory_days` alone while it is not.
    """

    days_off: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    statutory_days: frozenset[date] = frozenset()

    @property
    def off(self) -> frozenset[date]:
        """The days that are off as far as is known."""
        return self.days_off | self.statutory_days


def load_policy(path: Path | None = None, calendars: Path = CALENDARS) -> Policy:
    """The policy in this file; the company's own when none is named.

    `calendars` is the folder of the files of days off. Raises tomllib.TOMLDecodeError
    or msgspec.ValidationError for a file that `desk check` would refuse.
    """
    return policy_from(tomllib.loads((path or COMMUNITY).read_text("utf-8")), calendars)


def load_organisation(path: Path | None = None) -> Organisation:
    """The organisation in this file; the packaged one when none is named.

    Raises as `load_policy`.
    """
    return organisation_from(tomllib.loads((path or ORGANISATION).read_text("utf-8")))


def organisation_from(raw: dict[str, Any]) -> Organisation:
    """The organisation that these tables of a TOML file describe."""
    return msgspec.convert(_plural(raw), Organisation)


def policy_from(raw: dict[str, Any], calendars: Path = CALENDARS) -> Policy:
    """The policy that these tables of a TOML file describe."""
    settings = msgspec.convert(raw["calendar"], CalendarSettings)
    working_time = _working_time(settings, calendars)
    return msgspec.convert({**_plural(raw), "working_time": working_time}, Policy)


def _working_time(settings: CalendarSettings, calendars: Path) -> WorkingTime:
    raw = tomllib.loads((calendars / f"{settings.days}.toml").read_text("utf-8"))
    years = {int(year): msgspec.convert(days, YearOfDays) for year, days in raw.items()}
    return WorkingTime(
        weekdays=settings.weekdays,
        opens=settings.opens,
        closes=settings.closes,
        days_off=frozenset().union(*(year.off for year in years.values())),
        make_up_days=frozenset().union(*(year.make_up_days for year in years.values())),
        years=frozenset(year for year, days in years.items() if not days.statutory_days),
    )


def _plural(raw: dict[str, Any]) -> dict[str, Any]:
    return {_TABLES.get(name, name): value for name, value in raw.items()}

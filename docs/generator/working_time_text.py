"""The part of a fragment that says when the company works: its days, hours and holidays."""

from collections.abc import Iterable
from datetime import date

from docs.generator.amounts import weekday_name
from docs.generator.blocks import joined, listed
from docs.generator.rule_text import ruled
from docs.generator.words import word

from chalicelib.domain.policy import Policy


def working_time(policy: Policy, language: str) -> str:
    """When the company works, which years' holidays are on file, and the last year's."""
    calendar = policy.working_time
    opens, closes = (at.strftime("%H:%M") for at in (calendar.opens, calendar.closes))
    days = listed((weekday_name(day, language) for day in sorted(calendar.weekdays)), language)
    years = listed((str(year) for year in sorted(calendar.years)), language)
    return joined(
        ruled("setting", word("policy.weekdays", language, days=days), language),
        ruled("setting", word("policy.hours", language, opens=opens, closes=closes), language),
        word("policy.known_years", language, years=years),
        ruled("setting", word("policy.new_calendar", language), language),
        *_published(policy, language),
    )


def _published(policy: Policy, language: str) -> Iterable[str]:
    """The holidays and make-up days of the last year on file."""
    calendar = policy.working_time
    year = max(calendar.years, default=0)
    kinds = {"days_off": calendar.days_off, "make_up_days": calendar.make_up_days}
    for name, days in kinds.items():
        found = _month_days((day for day in days if day.year == year), language)
        if found:
            yield word(f"policy.{name}", language, year=year, days=found)


def _month_days(days: Iterable[date], language: str) -> str:
    return listed((_month_day(day, language) for day in sorted(days)), language)


def _month_day(day: date, language: str) -> str:
    names = {"month": day.month, "day": day.day, "month_name": f"{day:%B}"}
    return word("format.month_day", language, **names)

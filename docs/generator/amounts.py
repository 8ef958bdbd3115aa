"""How durations, counts, sums and days of the week read in each language."""

from datetime import date
from decimal import Decimal

from docs.generator.words import word

from chalicelib.domain.policy import Within


def duration(within: Within, language: str) -> str:
    """How long something may take, without a preposition."""
    if within.hours:
        return counted(within.hours, "hour", language)
    return counted(within.working_days, "working_day", language)


def counted(number: int, unit: str, language: str) -> str:
    """A number of things; `unit` is a key of ``docs/words/format.toml``."""
    return word(f"{'one' if number == 1 else 'many'}.{unit}", language, count=number)


def amount(value: object, language: str, unit: str = "") -> str:
    """A value as it stands in a sentence: a duration, a sum of money, or a count."""
    match value:
        case Within():
            return duration(value, language)
        case Decimal():
            return f"{value:,f}"
        case tuple():
            return word("format.and", language).join(map(str, value))
        case int() if unit:
            return counted(value, unit, language)
        case _:
            return str(value)


def weekday(day: date, language: str) -> str:
    """The name of the day of the week."""
    return weekday_name(day.isoweekday(), language)


def weekday_name(number: int, language: str) -> str:
    """The name of an ISO day of the week; Monday is 1."""
    return word(f"weekday.{number}", language)

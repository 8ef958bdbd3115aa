"""How durations, counts and days of the week read in each language."""

from datetime import date

from chalicelib.domain.policy import Within

_WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def duration(within: Within, language: str) -> str:
    """How long something may take, without a preposition."""
    number, unit = (within.hours, "hour") if within.hours else (within.working_days, "working day")
    if language == "zh":
        return f"{number} 小时" if within.hours else f"{number} 个工作日"
    return counted(number, unit)


def counted(number: int, unit: str) -> str:
    """A number of things in English."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def weekday(day: date, language: str) -> str:
    """The name of the day of the week."""
    return weekday_name(day.isoweekday(), language)


def weekday_name(number: int, language: str) -> str:
    """The name of an ISO day of the week; Monday is 1."""
    name = _WEEKDAYS[language][number - 1]
    return f"周{name}" if language == "zh" else name

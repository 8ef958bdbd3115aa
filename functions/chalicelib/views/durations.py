"""How long something is overdue, or how long there is still time, in words."""

from datetime import datetime, timedelta

from chalicelib import locales

_A_DAY = timedelta(days=1)
_AN_HOUR = timedelta(hours=1)


def until(at: datetime, now: datetime, language: str) -> str:
    """``overdue by 3 hours`` or ``in 2 days``, as seen at `now`."""
    if at <= now:
        return locales.say_desk(language, "span.overdue", span=span(now - at, language))
    return locales.say_desk(language, "span.ahead", span=span(at - now, language))


def since(at: datetime, now: datetime, language: str) -> str:
    """``3 hours ago``, as seen at `now`."""
    return locales.say_desk(language, "span.ago", span=span(now - at, language))


def span(length: timedelta, language: str) -> str:
    """A length as people say it: days from two days on, else hours, else minutes."""
    if length >= 2 * _A_DAY:
        unit, count = "day", length // _A_DAY
    elif length >= _AN_HOUR:
        unit, count = "hour", length // _AN_HOUR
    else:
        unit, count = "minute", max(1, length // timedelta(minutes=1))
    return locales.say_desk(language, f"span.{unit}{'' if count == 1 else 's'}", count=count)

"""The fragments about promises: who is told of a complaint, and when things fall due."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from docs.theme.amounts import weekday, weekday_name
from docs.theme.blocks import joined, listed, table
from docs.theme.ladder_text import ladder, pauses
from docs.theme.phrases import ruled, say, scope_words, tagged
from docs.theme.setting_words import (
    DEADLINES,
    MANY_AT_ONCE,
    WHO_IS_TOLD,
    stated_settings,
)
from docs.theme.severity_text import edition, role_names, within

from chalicelib.domain.policy import Policy, Role, Severity, Within
from chalicelib.domain.promises import due_at

# An example needs a clock, not a place: its days and hours are those of the calendar.
_CLOCK = ZoneInfo("UTC")
_SATURDAY = 6


def who_is_told(policy: Policy, language: str) -> str:
    """The roles told of each severity, the department head, and who stands in for whom."""
    return joined(
        edition(policy, language),
        f"## {say('alerts', language)} {{ #alerts }}",
        tagged("setting", language),
        _alerts(policy, language),
        f"## {say('about', language)} {{ #department-head }}",
        ruled(tagged("requirement", language, "3.3"), say("head_helps", language), language),
        ruled(tagged("setting", language), say("head_told", language), language),
        *_settings(policy, WHO_IS_TOLD, language),
        f"## {say('many_at_once', language)} {{ #many-at-once }}",
        *_settings(policy, MANY_AT_ONCE, language),
        ladder(policy, language),
        f"## {say('morning', language)} {{ #morning }}",
        _digest(policy, language),
        f"## {say('roles', language)} {{ #roles }}",
        tagged("setting", language),
        _roles(policy, language),
    )


def promises_to_residents(policy: Policy, language: str) -> str:
    """By when a resident hears from us, as she reads it: a row for each severity."""
    return _by_severity(policy, language, lambda promise: within(promise, language)) + "\n"


def deadlines(policy: Policy, language: str) -> str:
    """What residents are promised, our other periods, the calendar, and an example."""
    return joined(
        edition(policy, language),
        f"## {say('promises', language)} {{ #promises }}",
        tagged("setting", language),
        _by_severity(policy, language, lambda promise: within(promise, language)),
        f"## {say('example', language)} {{ #example }}",
        _example(policy, language),
        f"## {say('other_periods', language)} {{ #other-periods }}",
        *_settings(policy, DEADLINES, language),
        pauses(policy, language),
        f"## {say('working_time', language)} {{ #working-time }}",
        _working_time(policy, language),
    )


def _settings(policy: Policy, page: str, language: str) -> Iterable[str]:
    by_clause = stated_settings(policy.settings, page, language)
    return (sentence for sentences in by_clause.values() for sentence in sentences)


def _alerts(policy: Policy, language: str) -> str:
    heading = (say("severity", language), say("told", language))
    rows = [
        (name, role_names(severity.alerts, policy, language))
        for name, severity in _rows(policy, language)
    ]
    return table(heading, *rows)


def _digest(policy: Policy, language: str) -> str:
    """When the digest goes out, to whom, and what it tells (our setting)."""
    opens = policy.working_time.opens.strftime("%H:%M")
    mark = tagged("setting", language)
    return ruled(mark, say("digest", language, opens=opens), language)


def _rows(policy: Policy, language: str) -> list[tuple[str, Severity]]:
    """Each severity with its name, and the undecided treated as the policy says."""
    named = [(severity.name[language], severity) for severity in policy.severities]
    return [*named, (policy.undecided.name[language], policy.severity(None))]


def _roles(policy: Policy, language: str) -> str:
    heading = [say(name, language) for name in ("role", "scope", "next_rung")]
    return table(heading, *(_role(role, policy, language) for role in policy.roles))


def _role(role: Role, policy: Policy, language: str) -> tuple[str, str, str]:
    above = policy.role(role.next_rung).name if role.next_rung else None
    rung = above[language] if above else say("top_rung", language)
    return role.name[language], scope_words(role.scope, language), rung


def _by_severity(policy: Policy, language: str, cell: Callable[[Within], str]) -> str:
    """A table of both promises of each severity, each as `cell` puts it."""
    heading = [say(name, language) for name in ("severity", "acknowledge", "reply")]
    rows = [
        (name, cell(severity.acknowledge), cell(severity.reply))
        for name, severity in _rows(policy, language)
    ]
    return table(heading, *rows)


def _example(policy: Policy, language: str) -> str:
    """The same table as dates, worked out by the code that makes the promises."""
    received = _a_saturday(policy)

    def due(promise: Within) -> str:
        return _instant(due_at(promise, received, policy, _CLOCK), language)

    values = {"day": received.date(), "time": received.strftime("%H:%M")}
    lead = say("received", language, weekday=weekday(received, language), **values)
    return joined(lead, _by_severity(policy, language, due))


def _a_saturday(policy: Policy) -> datetime:
    """Ten o'clock on the first Saturday from the policy's date on: a day off asks most."""
    day = policy.dated_on
    ahead = (_SATURDAY - day.isoweekday()) % 7
    return datetime.combine(day + timedelta(days=ahead), time(10), UTC)


def _instant(at: datetime, language: str) -> str:
    name = weekday(at, language)
    return say("instant", language, day=at.date(), weekday=name, time=at.strftime("%H:%M"))


def _working_time(policy: Policy, language: str) -> str:
    ours, calendar = tagged("setting", language), policy.working_time
    opens, closes = (at.strftime("%H:%M") for at in (calendar.opens, calendar.closes))
    days = listed((weekday_name(day, language) for day in sorted(calendar.weekdays)), language)
    years = listed((str(year) for year in sorted(calendar.years)), language)
    return joined(
        f"{ours} {say('weekdays', language, days=days)}",
        f"{ours} {say('hours', language, opens=opens, closes=closes)}",
        say("known_years", language, years=years),
        ruled(ours, say("new_calendar", language), language),
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
            yield say(name, language, year=year, days=found)


def _month_days(days: Iterable[date], language: str) -> str:
    if language == "zh":
        return listed((f"{day.month} 月 {day.day} 日" for day in sorted(days)), language)
    return listed((f"{day.day} {day:%B}" for day in sorted(days)), language)

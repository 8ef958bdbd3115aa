"""The fragments about promises: who is told of a complaint, and when things fall due."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from docs.generator.amounts import weekday, weekday_name
from docs.generator.blocks import joined, listed, table
from docs.generator.ladder_text import ladder, pauses
from docs.generator.rule_text import ruled, tagged
from docs.generator.setting_text import stated_settings
from docs.generator.severity_text import edition, role_names, within
from docs.generator.words import word

from chalicelib.domain.promises import falls_due
from chalicelib.domain.rules import Policy, Role, Severity, Within

# An example needs a clock, not a place: its days and hours are those of the calendar.
_CLOCK = ZoneInfo("UTC")
_SATURDAY = 6


def who_is_told(policy: Policy, language: str) -> str:
    """The roles told of each severity, the department head, and who stands in for whom."""
    return joined(
        edition(policy, language),
        f"## {word('policy.alerts', language)} {{ #alerts }}",
        tagged("setting", language),
        _alerts(policy, language),
        f"## {word('policy.about', language)} {{ #department-head }}",
        ruled("requirement", word("policy.head_helps", language), language, "3.3"),
        ruled("setting", word("policy.head_told", language), language),
        *_settings(policy, "who-is-told", language),
        f"## {word('policy.many_at_once', language)} {{ #many-at-once }}",
        *_settings(policy, "who-is-told#many-at-once", language),
        ladder(policy, language),
        f"## {word('policy.morning', language)} {{ #morning }}",
        _digest(policy, language),
        f"## {word('policy.roles', language)} {{ #roles }}",
        tagged("setting", language),
        _roles(policy, language),
    )


def promises_to_residents(policy: Policy, language: str) -> str:
    """By when a resident hears from us, as residents read it: a row for each severity."""
    return _by_severity(policy, language, lambda promise: within(promise, language)) + "\n"


def deadlines(policy: Policy, language: str) -> str:
    """What residents are promised, our other periods, the calendar, and an example."""
    return joined(
        edition(policy, language),
        f"## {word('policy.promises', language)} {{ #promises }}",
        tagged("setting", language),
        _by_severity(policy, language, lambda promise: within(promise, language)),
        f"## {word('policy.example', language)} {{ #example }}",
        _example(policy, language),
        f"## {word('policy.other_periods', language)} {{ #other-periods }}",
        *_settings(policy, "deadlines", language),
        pauses(policy, language),
        f"## {word('policy.working_time', language)} {{ #working-time }}",
        _working_time(policy, language),
    )


def _settings(policy: Policy, page: str, language: str) -> Iterable[str]:
    by_clause = stated_settings(policy.settings, page, language)
    return (sentence for sentences in by_clause.values() for sentence in sentences)


def _alerts(policy: Policy, language: str) -> str:
    heading = (word("policy.severity", language), word("policy.told", language))
    rows = [
        (name, role_names(severity.alerts, policy, language))
        for name, severity in _rows(policy, language)
    ]
    return table(heading, *rows)


def _digest(policy: Policy, language: str) -> str:
    """When the digest goes out, to whom, and what it tells (our setting)."""
    opens = policy.working_time.opens.strftime("%H:%M")
    return ruled("setting", word("policy.digest", language, opens=opens), language)


def _rows(policy: Policy, language: str) -> list[tuple[str, Severity]]:
    """Each severity with its name, and the undecided treated as the policy says."""
    named = [(severity.name[language], severity) for severity in policy.severities]
    return [*named, (policy.undecided.name[language], policy.severity(None))]


def _roles(policy: Policy, language: str) -> str:
    heading = [word(f"policy.{name}", language) for name in ("role", "scope", "next_rung")]
    return table(heading, *(_role(role, policy, language) for role in policy.roles))


def _role(role: Role, policy: Policy, language: str) -> tuple[str, str, str]:
    above = policy.role(role.next_rung).name if role.next_rung else None
    rung = above[language] if above else word("policy.top_rung", language)
    return role.name[language], word(f"scope.{role.scope}", language), rung


def _by_severity(policy: Policy, language: str, cell: Callable[[Within], str]) -> str:
    """A table of both promises of each severity, each as `cell` puts it."""
    heading = [word(f"policy.{name}", language) for name in ("severity", "acknowledge", "reply")]
    rows = [
        (name, cell(severity.acknowledge), cell(severity.reply))
        for name, severity in _rows(policy, language)
    ]
    return table(heading, *rows)


def _example(policy: Policy, language: str) -> str:
    """The same table as dates, worked out by the code that makes the promises."""
    received = _a_saturday(policy)

    def due(promise: Within) -> str:
        return _instant(falls_due(promise, received, policy, _CLOCK), language)

    values = {"day": received.date(), "time": received.strftime("%H:%M")}
    lead = word("policy.received", language, weekday=weekday(received, language), **values)
    return joined(lead, _by_severity(policy, language, due))


def _a_saturday(policy: Policy) -> datetime:
    """Ten o'clock on the first Saturday from the policy's date on: a day off asks most."""
    day = policy.dated_on
    ahead = (_SATURDAY - day.isoweekday()) % 7
    return datetime.combine(day + timedelta(days=ahead), time(10), UTC)


def _instant(at: datetime, language: str) -> str:
    name = weekday(at, language)
    return word("policy.instant", language, day=at.date(), weekday=name, time=at.strftime("%H:%M"))


def _working_time(policy: Policy, language: str) -> str:
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

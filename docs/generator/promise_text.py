"""The fragments about promises: when things fall due, with an example."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from docs.generator.amounts import weekday
from docs.generator.blocks import joined, table
from docs.generator.ladder_text import pauses
from docs.generator.rule_text import tagged
from docs.generator.setting_text import settings_of
from docs.generator.severity_text import edition, named_severities, within
from docs.generator.words import word
from docs.generator.working_time_text import working_time

from chalicelib.domain.policy import Policy, Within
from chalicelib.domain.promises import due_at

# An example needs a clock, not a place: its days and hours are those of the calendar.
_CLOCK = ZoneInfo("UTC")
_SATURDAY = 6


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
        *settings_of(policy, "deadlines", language),
        pauses(policy, language),
        f"## {word('policy.working_time', language)} {{ #working-time }}",
        working_time(policy, language),
    )


def _by_severity(policy: Policy, language: str, cell: Callable[[Within], str]) -> str:
    """A table of both promises of each severity, each as `cell` puts it."""
    heading = [word(f"policy.{name}", language) for name in ("severity", "acknowledge", "reply")]
    rows = [
        (name, cell(severity.acknowledge), cell(severity.reply))
        for name, severity in named_severities(policy, language)
    ]
    return table(heading, *rows)


def _example(policy: Policy, language: str) -> str:
    """The same table as dates, worked out by the code that makes the promises."""
    received = _a_saturday(policy)

    def due(promise: Within) -> str:
        return _instant(due_at(promise, received, policy, _CLOCK), language)

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

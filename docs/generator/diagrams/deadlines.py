"""The diagram of one complaint's deadlines: what falls due and when, as the engine counts."""

from datetime import datetime
from zoneinfo import ZoneInfo

from docs.generator import svg
from docs.generator.diagrams.figure import figure
from docs.generator.engine_runs import EngineRun, a_receipt, begun, first_weekday, one_of_each
from docs.generator.words import word

from chalicelib import locales
from chalicelib.domain.deadlines import explained
from chalicelib.domain.policy import Policy
from chalicelib.domain.working_time import days_after

_MONDAY = 1
_UTC = ZoneInfo("UTC")


def deadline_diagram(policy: Policy, language: str) -> str:
    """When each thing falls due of one complaint that nobody touches, by the engine."""
    run = begun(a_receipt(first_weekday(policy, _MONDAY)), one_of_each(policy))
    due = _due(run, policy, language)
    parts = [svg.arrow((172, 10), (172, 30 + len(due) * 44))]
    for number, (at, words, kind) in enumerate(due):
        y = 26.0 + number * 44
        parts += [
            svg.label(160, y + 5, _short(at, language), "dg-label", "end"),
            f'<circle class="{kind}" cx="172" cy="{y:g}" r="6"/>',
            *(
                svg.label(186, y + 5 + line * 17, piece, "dg-label")
                for line, piece in enumerate(svg.wrapped(words, 206))
            ),
        ]
    lines = [f"{_long(at, language)}{word('drill.colon', language)}{words}" for at, words, _ in due]
    complaint = run.complaint
    said = {
        "severity": policy.severity_name(complaint.severity)[language],
        "received": _long(complaint.received_at, language),
    }
    return figure("clock", 40 + len(due) * 44, parts, lines, language, **said)


def _due(run: EngineRun, policy: Policy, language: str) -> list[tuple[datetime, str, str]]:
    """Each instant, what falls due then, and how its dot looks, the earliest first."""
    received_at = run.complaint.received_at
    due = [(received_at, word("diagram.received", language), "dg-dot-start")]
    due += [
        (one.at, locales.say_desk(language, f"deadline.{one.name}"), "dg-dot-due")
        for one in explained(run.complaint, policy)
    ]
    due += [
        (
            days_after(received_at, days, _UTC),
            word("diagram.warning", language, days=days),
            "dg-dot-warning",
        )
        for days in policy.settings.warn_after_days
    ]
    return sorted(due, key=lambda one: one[0])


def _long(at: datetime, language: str) -> str:
    return locales.moment(at, _UTC, language)


def _short(at: datetime, language: str) -> str:
    """Day and time as a narrow drawing has room for them."""
    return f"{locales.short_day(at.date(), language)} {at:%H:%M}"

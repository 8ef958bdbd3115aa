"""The fragment about alerts: who is told of a complaint, and who stands in for whom."""

from collections.abc import Iterator

from docs.generator.blocks import joined, table
from docs.generator.ladder_text import ladder
from docs.generator.rule_text import ruled, tagged
from docs.generator.setting_text import settings_of
from docs.generator.severity_text import edition, named_severities, role_names
from docs.generator.words import word

from chalicelib.domain.policy import Policy, Role


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
        *settings_of(policy, "who-is-told", language),
        f"## {word('policy.many_at_once', language)} {{ #many-at-once }}",
        *settings_of(policy, "who-is-told#many-at-once", language),
        ladder(policy, language),
        f"## {word('policy.morning', language)} {{ #morning }}",
        *_morning(policy, language),
        f"## {word('policy.roles', language)} {{ #roles }}",
        tagged("setting", language),
        _roles(policy, language),
    )


def _alerts(policy: Policy, language: str) -> str:
    heading = (word("policy.severity", language), word("policy.told", language))
    rows = [
        (name, role_names(severity.alerts, policy, language))
        for name, severity in named_severities(policy, language)
    ]
    return table(heading, *rows)


def _morning(policy: Policy, language: str) -> Iterator[str]:
    """When the morning letter goes out, to whom, what it tells, and what it does not (ours)."""
    opens = policy.working_time.opens.strftime("%H:%M")
    for name in ("morning_tasks", "morning_one", "morning_single"):
        yield ruled("setting", word(f"policy.{name}", language, opens=opens), language)


def _roles(policy: Policy, language: str) -> str:
    heading = [word(f"policy.{name}", language) for name in ("role", "scope", "next_rung")]
    return table(heading, *(_role(role, policy, language) for role in policy.roles))


def _role(role: Role, policy: Policy, language: str) -> tuple[str, str, str]:
    above = policy.role(role.next_rung).name if role.next_rung else None
    rung = above[language] if above else word("policy.top_rung", language)
    return role.name[language], word(f"scope.{role.scope}", language), rung

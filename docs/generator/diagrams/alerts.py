"""The diagram of who is told of a complaint at once, by severity, drawn from the policy."""

from collections.abc import Iterator

from docs.generator import svg
from docs.generator.blocks import listed
from docs.generator.diagrams.figure import figure
from docs.generator.severity_text import headed
from docs.generator.words import word

from chalicelib.domain.policy import Policy, Severity

_LEFT, _RIGHT = 28, svg.WIDTH - 8
_GAP = 8


def alert_diagram(policy: Policy, language: str) -> str:
    """A band for each severity, with the roles that are told of it; the owner's is filled."""
    parts = [svg.box((8, 4), svg.WIDTH - 16, word("diagram.received", language), "dg-start")]
    y = 52.0
    for name, owner, severity in _bands(policy, language):
        parts.append(svg.label(_LEFT, y + 14, name, "dg-title"))
        chips, height = _chips(_told(owner, severity, policy, language), y + 24)
        parts += [*chips, svg.arrow((14, 36), (14, y + 10), (_LEFT - 4, y + 10))]
        y += 24 + height + 14
    lines = [_in_words(band, policy, language) for band in _bands(policy, language)]
    return figure("told", y, parts, lines, language)


def _bands(policy: Policy, language: str) -> Iterator[tuple[str, str, Severity]]:
    """Each severity with its owner's role; the undecided as the policy treats them."""
    for severity in policy.severities:
        yield headed(severity.name[language]), severity.owner, severity
    undecided = policy.undecided
    yield headed(undecided.name[language]), undecided.owner, policy.severity(None)


def _told(owner: str, severity: Severity, policy: Policy, language: str) -> list[tuple[str, str]]:
    """Who is told, and how the box looks: the owner first, the department's head last."""
    rest = [role for role in severity.alerts if role != owner]
    head = next(role for role in policy.roles if role.scope == "department")
    named = [(owner, "owns", "dg-owner"), *((role, "is_told", "dg-told") for role in rest)]
    return [
        (f"{policy.role(role).name[language]} · {word(f'diagram.{does}', language)}", kind)
        for role, does, kind in [*named, (head.key, "feeds_back", "dg-feeds")]
    ]


def _in_words(band: tuple[str, str, Severity], policy: Policy, language: str) -> str:
    name, owner, severity = band
    told = (words for words, _ in _told(owner, severity, policy, language))
    return f"{name}{word('drill.colon', language)}{listed(told, language)}"


def _chips(told: list[tuple[str, str]], top: float) -> tuple[list[str], float]:
    """The boxes in rows, as many in each as fit, and how high they are together."""
    x, y, chips = float(_LEFT), top, []
    for words, kind in told:
        width = svg.width_of(words) + 20
        if x > _LEFT and x + width > _RIGHT:
            x, y = float(_LEFT), y + 28 + _GAP
        chips.append(svg.box((x, y), width, words, kind, 28))
        x += width + _GAP
    return chips, y + 28 - top

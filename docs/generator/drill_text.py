"""Drills as the pages show them: a story, a question, and an answer that opens.

Markdown with a little HTML. Everything is on the page and works without a script; the
script only checks, keeps the score on the device, and opens the answer.
"""

from collections.abc import Iterable
from html import escape
from string import ascii_uppercase

from docs.generator.blocks import joined, listed, plain
from docs.generator.grading import answered
from docs.generator.rule_text import cited
from docs.generator.scenarios import UNDECIDED, DrillSet, OfSeverity, OfTechnique, Scenario
from docs.generator.severity_text import headed
from docs.generator.verdict_text import verdict
from docs.generator.words import template, word

from chalicelib.domain.permissions import OWNING
from chalicelib.domain.policy import Policy


def drill_page(drills: DrillSet, policy: Policy, language: str) -> str:
    """All drills of one page, each under its title."""
    return joined(
        f'<p class="drill-progress" hidden>{template("drill.progress", language)}</p>',
        *(block for one in drills.scenarios for block in _titled(one, policy, language)),
        f"[{word('drill.left', language)}](index.md)",
    )


def drill(scenario: Scenario, policy: Policy, language: str) -> str:
    """One drill without its title, as a page about a technique shows it."""
    questions, answer = _asked(scenario, policy, language)
    name = plain(word("drill.answer", language))
    return joined(
        f'<div class="drill" data-drill="{scenario.id}" {_said(language)} markdown>',
        *plain(scenario.story[language]).splitlines(),
        *questions,
        '<p class="drill-result" role="status"></p>',
        '<details class="drill-answer" markdown>',
        f"<summary>{name}</summary>",
        answer,
        _practises(scenario, language),
        "</details>",
        "</div>",
    )


def practised(names: tuple[str, ...], language: str) -> str:
    """What a drill practises, as a text cites it."""
    cites = (
        word("drill.manners", language) if one == "manners" else cited(one, language)
        for one in names
    )
    return listed(cites, language)


def _said(language: str) -> str:
    """What the script says, as attributes, so that it holds no words of its own."""
    names = ("check", "again", "choose", "right", "half", "wrong")
    return " ".join(f'data-{name}="{word(f"drill.{name}", language)}"' for name in names)


def _titled(scenario: Scenario, policy: Policy, language: str) -> tuple[str, str]:
    return f"## {plain(scenario.title[language])} {{ #{scenario.id} }}", drill(
        scenario, policy, language
    )


def _asked(scenario: Scenario, policy: Policy, language: str) -> tuple[list[str], str]:
    """What is asked, and the answer that opens. Raises TypeError for another kind."""
    match scenario:
        case OfSeverity():
            return _of_severity(scenario, policy, language)
        case OfTechnique():
            return _of_technique(scenario, language)
    raise TypeError(f"{scenario.id}: nobody shows a {type(scenario).__name__}")


def _of_severity(scenario: OfSeverity, policy: Policy, language: str) -> tuple[list[str], str]:
    answer = answered(scenario, policy)
    severities = {one.key: headed(one.name[language]) for one in policy.severities}
    severities[UNDECIDED] = headed(policy.undecided.name[language])
    owners = {role.key: headed(role.name[language]) for role in policy.roles if role.key in OWNING}
    return [
        plain(scenario.question[language]),
        _choices(scenario.id, "severity", severities, answer.severity, language),
        _choices(scenario.id, "owner", owners, answer.owner, language),
    ], verdict(scenario, answer, policy, language)


def _choices(name: str, asked: str, choices: dict[str, str], good: str, language: str) -> str:
    legend = word(f"drill.{asked}", language)
    options = (
        _option(f"{name}-{asked}", key, escape(said), good=key == good)
        for key, said in choices.items()
    )
    return _fieldset(legend, options)


def _option(name: str, value: str, said: str, *, good: bool) -> str:
    mark = " data-good" if good else ""
    box = f'<input type="radio" name="{name}" value="{value}"{mark}>'
    return f"<label>{box} <span>{said}</span></label>"


def _fieldset(legend: str, options: Iterable[str]) -> str:
    return "\n".join(["<fieldset>", f"<legend>{legend}</legend>", *options, "</fieldset>"])


def _of_technique(scenario: OfTechnique, language: str) -> tuple[list[str], str]:
    letters = list(zip(ascii_uppercase, scenario.choices, strict=False))
    options = (
        _option(scenario.id, letter, f"{letter}. {escape(one.say[language])}", good=one.good)
        for letter, one in letters
    )
    reasons = "\n".join(
        f"- **{letter}** {word('drill.good' if one.good else 'drill.poor', language)}"
        f"{word('drill.colon', language)}{plain(one.why[language])}"
        for letter, one in letters
    )
    return [_fieldset(escape(scenario.question[language]), options)], reasons


def _practises(scenario: Scenario, language: str) -> str:
    clauses = practised(scenario.practises, language)
    return f'<p class="drill-practises">{word("drill.practises", language, clauses=clauses)}</p>'

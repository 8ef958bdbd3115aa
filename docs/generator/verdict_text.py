"""The engine's verdict on a drill, in words: severity, owner, the clauses met, and why."""

from docs.generator.amounts import amount
from docs.generator.blocks import joined, plain
from docs.generator.grading import Answer
from docs.generator.rule_text import cited
from docs.generator.scenarios import UNDECIDED, Expected, OfSeverity, ScenarioError
from docs.generator.severity_text import anchor, headed, role_names, within
from docs.generator.words import word
from msgspec.structs import asdict

from chalicelib.domain.policy import Policy


def verdict(scenario: OfSeverity, answer: Answer, policy: Policy, language: str) -> str:
    """What the page answers, with the trainer's explanation as long as it holds."""
    severity = None if answer.severity == UNDECIDED else answer.severity
    named = headed(policy.severity_name(severity)[language])
    owner = policy.role(answer.owner).name[language]
    as_treated = policy.severity(severity)
    edition = {"name": policy.name[language], "version": policy.version}
    promised = {
        "acknowledge": within(as_treated.acknowledge, language),
        "reply": within(as_treated.reply, language),
    }
    return joined(
        f"**{word('drill.owned', language, severity=named, owner=owner)}**",
        *_because(answer, policy, edition, language),
        word(
            "drill.told",
            language,
            roles=role_names(as_treated.alerts, policy, language),
            **promised,
        ),
        _explained(scenario, answer, policy, language),
    )


def _because(
    answer: Answer, policy: Policy, edition: dict[str, str], language: str
) -> tuple[str, ...]:
    if not answer.findings:
        treated_as = policy.severity(None).name[language]
        return (word("drill.none", language, treated_as=treated_as),)
    rows = (
        f"- {_met(finding.clause, finding.facts, policy, language)}" for finding in answer.findings
    )
    return word("drill.by_policy", language, **edition), "\n".join(rows)


def _met(number: str, facts: tuple[str, ...], policy: Policy, language: str) -> str:
    entry = next(one for one in policy.clauses if (one.number, one.facts) == (number, facts))
    link = f"[{headed(cited(number, language))}](../policy/clauses.md#{anchor(entry)})"
    return word("drill.met", language, clause=link, words=entry.words[language])


def _explained(scenario: OfSeverity, answer: Answer, policy: Policy, language: str) -> str:
    """The trainer's explanation, or a word that it was written for another policy.

    Raises ScenarioError where it names a setting that there is not.
    """
    said = Expected(answer.severity, answer.owner, answer.clauses)
    if said != scenario.expect:
        return word("drill.stale", language)
    values = {name: amount(value, language) for name, value in asdict(policy.settings).items()}
    try:
        return plain(scenario.why[language].format(**values))
    except KeyError as error:
        raise ScenarioError(f"{scenario.id}: there is no setting called {error}") from error

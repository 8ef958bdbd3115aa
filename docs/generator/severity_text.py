"""The fragments about severity: what each clause says, and what each severity brings."""

from docs.generator.amounts import duration
from docs.generator.blocks import joined, listed, table
from docs.generator.rule_text import cited, ruled, tagged
from docs.generator.setting_text import stated_settings
from docs.generator.words import word

from chalicelib.domain.policy import Clause, Policy, Severity, Within

CLAUSES_PAGE = "policy/clauses/"
# Whom the source itself names as handling a severity. Any other owner is our setting.
_OWNERS_NAMED_BY = {
    ("important", "property_manager"): "3.1",
}


def clauses(policy: Policy, language: str) -> str:
    """Every clause under its severity, each with its anchor, and a list of all facts."""
    return joined(
        edition(policy, language),
        *(_clauses_of(severity, policy, language) for severity in policy.severities),
        f"## {word('policy.facts', language)} {{ #facts }}",
        _facts(policy, language),
    )


def clauses_in_short(policy: Policy, language: str) -> str:
    """A line for each clause: number, severity and words, gravest first."""
    return "\n".join(
        f"- [{headed(cited(one.number, language))}](../policy/clauses.md#{anchor(one)})"
        f" {policy.severity(one.severity).name[language]}: {one.words[language]}"
        for one in policy.clauses
    )


def severities(policy: Policy, language: str) -> str:
    """Each severity with its clauses, owner, promises and alerts; then the undecided."""
    return joined(
        edition(policy, language),
        *(_severity(severity, policy, language) for severity in policy.severities),
        _undecided(policy, language),
    )


def edition(policy: Policy, language: str) -> str:
    """Which version of the policy a page was made from."""
    name, day = policy.name[language], policy.dated_on
    return word("policy.edition", language, name=name, version=policy.version, day=day)


def named_severities(policy: Policy, language: str) -> list[tuple[str, Severity]]:
    """Each severity with its name, and the undecided treated as the policy says."""
    named = [(severity.name[language], severity) for severity in policy.severities]
    return [*named, (policy.undecided.name[language], policy.severity(None))]


def within(promise: Within, language: str) -> str:
    """A promise as a table states it; hours run at any time of day."""
    words = word("policy.within", language, duration=duration(promise, language))
    return words + word("policy.round_the_clock", language) if promise.hours else words


def role_names(keys: tuple[str, ...], policy: Policy, language: str) -> str:
    """The names of these roles. Raises KeyError for a role the policy lacks."""
    return listed((policy.role(key).name[language] for key in keys), language)


def headed(words: str) -> str:
    """Words with a capital, as a heading has."""
    return words[:1].upper() + words[1:]


def anchor(clause: Clause) -> str:
    """The id of a clause on its page. Raises ValueError when it names another page."""
    page, _, name = clause.page.partition("#")
    if page != CLAUSES_PAGE or not name:
        raise ValueError(f"clause {clause.number}: `{clause.page}` is not on {CLAUSES_PAGE}")
    return name


def _clauses_of(severity: Severity, policy: Policy, language: str) -> str:
    heading = f"## {headed(severity.name[language])} {{ #{severity.key} }}"
    numbers = _numbers(severity, policy)
    return joined(heading, *(_clause(number, policy, language) for number in numbers))


def _numbers(severity: Severity, policy: Policy) -> list[str]:
    mine = (clause.number for clause in policy.clauses if clause.severity == severity.key)
    return list(dict.fromkeys(mine))


def _clause(number: str, policy: Policy, language: str) -> str:
    """One clause: all entries of its number, then the settings that fill its gaps."""
    entries = [clause for clause in policy.clauses if clause.number == number]
    title = f"### {headed(cited(number, language))} {{ #{anchor(entries[0])} }}"
    alternatives = word("policy.any_of", language) if len(entries) > 1 else ""
    texts = (_entry(clause, policy, language) for clause in entries)
    settings = stated_settings(policy.settings, "clauses", language).get(number, [])
    return joined(title, alternatives, *texts, *settings)


def _entry(clause: Clause, policy: Policy, language: str) -> str:
    words = word("format.sentence", language, words=clause.words[language])
    lead = word(f"policy.{'when_all' if len(clause.facts) > 1 else 'when_one'}", language)
    facts = "\n".join(f"- {policy.fact_words(fact)[language]}" for fact in clause.facts)
    return joined(ruled("requirement", words, language), lead, facts)


def _facts(policy: Policy, language: str) -> str:
    heading = (word("policy.fact", language), word("policy.counts_for", language))
    rows = [
        (fact.words[language], _links(_used_by(fact.key, policy), policy, language))
        for fact in policy.facts
    ]
    return table(heading, *rows)


def _used_by(fact: str, policy: Policy) -> list[str]:
    return list(dict.fromkeys(one.number for one in policy.clauses if fact in one.facts))


def _links(numbers: list[str], policy: Policy, language: str) -> str:
    anchors = {clause.number: anchor(clause) for clause in policy.clauses}
    links = (f"[{number}](clauses.md#{anchors[number]})" for number in numbers)
    return listed(links, language) or "—"


def _severity(severity: Severity, policy: Policy, language: str) -> str:
    ours = tagged("setting", language)
    numbers = _links(_numbers(severity, policy), policy, language)
    rows = {
        "clauses": (numbers, tagged("requirement", language)),
        "owner": _owner(severity, policy, language),
        "acknowledge": (within(severity.acknowledge, language), ours),
        "reply": (within(severity.reply, language), ours),
        "told": (role_names(severity.alerts, policy, language), ours),
    }
    heading = f"## {headed(severity.name[language])} {{ #{severity.key} }}"
    return joined(heading, _rules(rows, language))


def _owner(severity: Severity, policy: Policy, language: str) -> tuple[str, str]:
    clause = _OWNERS_NAMED_BY.get((severity.key, severity.owner))
    mark = tagged("requirement", language, clause) if clause else tagged("setting", language)
    return policy.role(severity.owner).name[language], mark


def _undecided(policy: Policy, language: str) -> str:
    undecided, ours = policy.undecided, tagged("setting", language)
    rows = {
        "owner": (policy.role(undecided.owner).name[language], ours),
        "treated_as": (policy.severity(None).name[language], ours),
    }
    heading = f"## {headed(undecided.name[language])} {{ #undecided }}"
    return joined(heading, _rules(rows, language))


def _rules(rows: dict[str, tuple[str, str]], language: str) -> str:
    heading = [word(f"policy.{name}", language) for name in ("rule", "says", "source")]
    return table(
        heading, *((word(f"policy.{name}", language), *cells) for name, cells in rows.items())
    )

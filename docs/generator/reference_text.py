"""The reference pages: statuses, transitions, acts, facts, deadlines and settings.

The words stand in ``docs/words/reference.toml``; what the program has and nobody put into
words stops the build, and so do words for what it has no more.
"""

from collections.abc import Iterable
from typing import Any

from docs.generator.blocks import joined, table
from docs.generator.permissions_text import verb_words
from docs.generator.rule_text import cited
from docs.generator.setting_text import stated_setting
from docs.generator.severity_text import headed
from docs.generator.transitions import BEGINNING, Transition, transitions
from docs.generator.words import MissingWordsError, section, word
from msgspec.structs import fields

from chalicelib import locales
from chalicelib.domain import commands
from chalicelib.domain.deadlines import CLAUSES
from chalicelib.domain.model import IMPORT, OPEN
from chalicelib.domain.permissions import MAY
from chalicelib.domain.policy import Policy, Words
from chalicelib.domain.verbs import VERBS

ACTS_OF: dict[type, tuple[str, ...]] = {
    commands.Receive: ("receive",),
    commands.AssignOwner: ("receive",),
    commands.ReplaceAbsentOwner: ("stand-in",),
    commands.GiveBack: ("stand-in",),
    commands.Absorb: ("merge",),
    commands.Join: ("merge",),
    commands.PassDown: ("merge",),
    commands.PassUp: ("merge",),
    commands.LetGo: ("separate",),
    commands.Link: ("link",),
    commands.Repeat: ("link",),
    commands.EndElsewhere: (IMPORT,),
    commands.AddPhoto: ("add-photo",),
    commands.RefusePhoto: ("add-photo",),
    commands.AskCode: ("ask-code",),
    commands.RecordDelivery: ("hear-of-letter",),
    commands.CheckDeadlines: ("remind", "warn", "escalate", "miss", "ask-return-visit"),
}
"""The acts of each command that is no verb of the staff's: those of the clock and the resident."""
EXPIRE = "expire"
"""Personal data are expired by the table itself, without a command."""
FORMLESS = {EXPIRE, *(act for acts in ACTS_OF.values() for act in acts)} - MAY.keys()
"""What happens to a complaint without a verb of the staff."""


def status_name(status: str, language: str) -> str:
    """A status as every page of the product calls it."""
    return locales.say(language, f"status.{status}")


def act_name(act: str, language: str) -> str:
    """An act as the staff's pages name it, or as the reference does where they have no form."""
    if act in MAY:
        return verb_words(act, language)
    return str(_acts()[act]["name"][language])


def statuses(_: Policy, language: str) -> str:
    """What each status means, and what comes next; the open ones first."""
    keys = list(locales.catalogue(language)["status"])
    words = section("status", set(keys))
    blocks = []
    for name, chosen in (
        ("open_ones", [one for one in keys if one in OPEN]),
        ("ended_ones", [one for one in keys if one not in OPEN]),
    ):
        blocks.append(f"### {word(f'reference.{name}', language)} {{ #{name.replace('_', '-')} }}")
        blocks += [_status(one, words[one], language) for one in chosen]
    return joined(*blocks)


def transition_table(policy: Policy, language: str) -> str:
    """Every transition that the engine allows: from which status, by what, to which."""
    heading = [word(f"reference.{name}", language) for name in ("from", "by", "to")]
    return table(heading, *(_transition(one, language) for one in transitions(policy))) + "\n"


def acts(_: Policy, language: str) -> str:
    """What can be done to a complaint, by people and by the clock, each with its page."""
    words = _acts()
    by_clock = [key for key, one in words.items() if one.get("by_clock")]
    blocks = []
    for name, keys in (
        ("staff_acts", [key for key in words if key not in by_clock]),
        ("clock_acts", by_clock),
    ):
        blocks.append(f"## {word(f'reference.{name}', language)} {{ #{name.replace('_', '-')} }}")
        blocks.append(
            _table(("act", "does", "more"), (_act(key, language) for key in keys), language)
        )
    return joined(*blocks)


def facts(policy: Policy, language: str) -> str:
    """What makes each fact hold, and what does not."""
    words = section("fact", {fact.key for fact in policy.facts})
    return joined(
        *(
            block
            for fact in policy.facts
            for block in (
                f"### {headed(fact.words[language])} {{ #fact-{fact.key.replace('_', '-')} }}",
                _labelled("counts", words[fact.key]["counts"], language),
                _labelled("counts_not", words[fact.key]["not"], language),
            )
        )
    )


def clocks(_: Policy, language: str) -> str:
    """What each clock waits for, and what stops it; with the clause it serves."""
    words = section("clock", set(CLAUSES))
    rows = (
        (
            f"{locales.say_desk(language, f'deadline.{key}')}<br>{_clause(key, language)}",
            words[key]["means"][language],
        )
        for key in CLAUSES
    )
    return joined(
        f"## {word('reference.clocks', language)} {{ #clocks }}",
        _table(("clock", "means"), rows, language),
    )


def settings(policy: Policy, language: str) -> str:
    """Every setting of the policy file with its value, the clause it fills, and its name there."""
    names = (field.name for field in fields(policy.settings))
    return joined(
        *(f"{stated_setting(one, policy.settings, language)}<br>`{one}`" for one in names)
    )


def one_setting(name: str, policy: Policy, language: str) -> str:
    """One setting as a tagged sentence, for a page that argues it."""
    return stated_setting(name, policy.settings, language) + "\n"


def _acts() -> dict[str, dict[str, Any]]:
    """The words of every act. Raises MissingWordsError for a command without an act."""
    for verb in VERBS:
        if verb.command and not verb.who and verb.command not in ACTS_OF:
            name = verb.command.__name__
            raise MissingWordsError(f"the command {name} is no act of the handbook")
    return section("act", MAY.keys() | FORMLESS)


def _table(heading: Iterable[str], rows: Iterable[tuple[str, ...]], language: str) -> str:
    return table([word(f"reference.{name}", language) for name in heading], *rows)


def _status(key: str, words: dict[str, Words], language: str) -> str:
    return joined(
        f"#### {status_name(key, language)} {{ #status-{key.replace('_', '-')} }}",
        words["means"][language],
        _labelled("next", words["next"], language),
    )


def _labelled(label: str, words: Words, language: str) -> str:
    return f"{word(f'reference.{label}', language)}{word('drill.colon', language)}{words[language]}"


def _transition(one: Transition, language: str) -> tuple[str, str, str]:
    before = "—" if one.before == BEGINNING else status_name(one.before, language)
    return before, act_name(one.verb, language), status_name(one.after, language)


def _act(key: str, language: str) -> tuple[str, str, str]:
    words = _acts()[key]
    link = f"[{word('reference.read_more', language)}](../{words['page']})"
    return act_name(key, language), str(words["does"][language]), link


def _clause(clock: str, language: str) -> str:
    return cited(CLAUSES[clock].replace("_", "-"), language)

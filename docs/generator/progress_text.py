"""The page that shows what is left for a role, and the slip that a supervisor signs."""

from collections.abc import Iterable

from docs.generator.blocks import joined, plain, table
from docs.generator.drill_text import practised
from docs.generator.scenarios import DrillSet, OfSeverity, Scenario
from docs.generator.severity_text import headed
from docs.generator.words import template, word

from chalicelib.domain.policy import Policy, Role

Placed = tuple[str, Scenario]
"""A scenario, and the name of the page on which it stands."""
_BLANK = "&nbsp;"


def by_role(sets: tuple[DrillSet, ...], policy: Policy, language: str) -> str:
    """Every role with its drills; a script fills in what was done on this device."""
    return joined(
        _picker(policy, language),
        *(block for role in policy.roles for block in _of_role(role, sets, language)),
        f'<p class="drill-forget" hidden data-sure="{word("drill.forget_sure", language)}"'
        f' data-done="{word("drill.forgotten", language)}">'
        f"{word('drill.forget', language)}</p>",
    )


def slip(sets: tuple[DrillSet, ...], policy: Policy, language: str) -> str:
    """The slip: who, every drill of the role with its result and day, and two signatures."""
    return joined(
        _picker(policy, language),
        f'<p class="drill-print" hidden>{word("drill.print", language)}</p>',
        _heads(("trainee", "role", "community"), language),
        *(block for role in policy.roles for block in _of_role(role, sets, language)),
        _heads(("signed", "confirmed"), language),
    )


def for_role(role: str, sets: tuple[DrillSet, ...]) -> list[Placed]:
    """The drills that this role should practise, each with its page."""
    return [(each.name, one) for each in sets for one in each.scenarios if role in one.roles]


def _picker(policy: Policy, language: str) -> str:
    """What a role is called, for the script's own choice of one; hidden without a script."""
    names = {"": word("drill.every_role", language)}
    names |= {role.key: headed(role.name[language]) for role in policy.roles}
    options = "".join(f'<option value="{key}">{name}</option>' for key, name in names.items())
    label = word("drill.my_role", language)
    return f'<p class="drill-role" hidden><label>{label} <select>{options}</select></label></p>'


def _of_role(role: Role, sets: tuple[DrillSet, ...], language: str) -> Iterable[str]:
    mine = for_role(role.key, sets)
    if not mine:
        return
    yield f'<section class="drill-list" data-role="{role.key}" {_states(language)} markdown>'
    yield f"## {headed(role.name[language])} {{ #{role.key.replace('_', '-')} }}"
    yield f'<p class="drill-left" hidden>{template("drill.role_left", language)}</p>'
    heading = tuple(word(f"drill.{name}", language) for name in ("name", "state", "day"))
    yield table(heading, *(_row(page, one, language) for page, one in mine))
    yield "</section>"


def _states(language: str) -> str:
    names = ("done", "tried", "open")
    return " ".join(f'data-{name}="{word(f"drill.{name}", language)}"' for name in names)


def _row(page: str, one: Scenario, language: str) -> tuple[str, str, str]:
    """A drill with its result; a clause would give away how severe it is."""
    told = "" if isinstance(one, OfSeverity) else f" ({practised(one.practises, language)})"
    link = f"[{plain(one.title[language])}]({page}.md#{one.id})"
    state = f'<span class="drill-state" data-drill="{one.id}">{_BLANK}</span>'
    day = f'<span class="drill-day" data-drill="{one.id}">{_BLANK}</span>'
    return f"{link}{told}", state, day


def _heads(names: tuple[str, ...], language: str) -> str:
    """Lines to write on."""
    lines = (f"<dt>{word(f'drill.{name}', language)}</dt><dd>{_BLANK}</dd>" for name in names)
    return f'<dl class="to-sign">{"".join(lines)}</dl>'

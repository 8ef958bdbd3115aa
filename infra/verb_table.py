"""Writes the table of verbs into docs/running/commands.md, from the table that the program has.

A test compares, and names this command where the page has fallen behind::

    .venv/bin/python infra/verb_table.py
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from chalicelib import locales
from chalicelib.domain.verbs import Field, Verb
from chalicelib.fields import FIELDS
from chalicelib.policy import load_policy
from chalicelib.views.verb_form_view import field_label
from desk.verb_options import LANGUAGE, option_of, taking

PAGE = Path(__file__).parents[1] / "docs/running/commands.md"
BEGIN = "<!-- The table of verbs, written by infra/verb_table.py. -->"
END = "<!-- The end of the table of verbs. -->"
_HEADING = ("verb", "what it is for", "needs", "may have", "who may")
_REACHES = {
    "own": "for what they own",
    "department": "for what is about their department",
    "community": "in the communities they serve",
    "company": "everywhere",
}
"""How far a role's right reaches, the narrowest first."""


def page_with_table(page: str) -> str:
    """The page with the table as it is now. Raises ValueError when its marks are gone."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"docs/running/commands.md has lost “{BEGIN}” or “{END}”.")
    return f"{before}{BEGIN}\n\n{verb_table()}\n\n{END}{after}"


def verb_table() -> str:
    """A row for each verb of the staff, in the order of the complaint's page."""
    rows = [_row(_HEADING), _row("---" for _ in _HEADING)]
    return "\n".join([*rows, *(_row(_cells(verb)) for verb in FIELDS.staff_verbs.values())])


def _cells(verb: Verb) -> Iterator[str]:
    needed = [one for one in verb.fields if one.required and verb.needs(one)]
    others = [one for one in verb.fields if one not in needed]
    yield f"`{verb.name}`"
    yield locales.say_desk(LANGUAGE, f"verb_intro.{verb.name}")
    yield "<br>".join(_option(verb, one) for one in needed)
    yield "<br>".join(_option(verb, one) for one in others)
    yield "<br>".join(_holders(verb))


def _option(verb: Verb, field: Field) -> str:
    names = "/".join(f"`{one}`" for one in option_of(field).split("/"))
    return f"{names} {field_label(verb.name, field.name, LANGUAGE)}{taking(field)}"


def _holders(verb: Verb) -> Iterator[str]:
    """Who may do it, by how far that reaches."""
    policy = load_policy()
    for scope, reach in _REACHES.items():
        roles = [role for role, held in verb.scopes.items() if held == scope]
        if roles:
            named = ", ".join(policy.role(one).name[LANGUAGE] for one in roles)
            yield f"{named} ({reach})"
    if verb.owners_too:
        yield "whoever owns it"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(one.replace('|', chr(92) + '|') for one in cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page_with_table(PAGE.read_text("utf-8")), "utf-8")

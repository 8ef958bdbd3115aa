"""What the handbook must teach, and whether it does: the build names what has no place.

A page says in its front matter what it covers, and the word for it must stand on the page. What
the program has in lists (statuses, acts, letters, facts, deadlines, settings) is made into
fragments, which stop the build by themselves when something has no words; here they must be
on some page.
"""

import re
from collections.abc import Iterable, Iterator

from docs.generator.errors import HandbookError
from docs.generator.permissions_text import verb_words
from docs.generator.reviews import Page
from docs.generator.rule_text import cited
from docs.generator.words import word

from chalicelib.domain.permissions import MAY
from chalicelib.domain.policy import Policy
from chalicelib.locales import LANGUAGES

CLAUSES = (
    *("1", "2", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3", "4.4"),
    *("5.1.1", "5.1.2", "5.1.3", "5.2.1", "5.3.1", "6.1", "6.1.1", "6.1.2", "6.1.3"),
)
"""The numbers of the company's written rules, those of the policy file among them."""
PRINCIPLES = tuple(f"principle-{number}" for number in range(1, 5))
MANNERS = "manners"
_INCLUDED = re.compile(r'^--8<-- "([^"]+)\.md"$', re.MULTILINE)


class CoverageError(HandbookError):
    """Something has no place in the handbook; the message names each thing and its language."""


def require_complete(pages: Iterable[Page], fragments: Iterable[str], policy: Policy) -> None:
    """That all there is has its place, in both languages. Raises CoverageError otherwise."""
    lacking = list(lacks(tuple(pages), set(fragments), policy))
    if lacking:
        lines = "\n".join(f"  {line}" for line in lacking)
        raise CoverageError(f"The handbook lacks:\n{lines}")


def lacks(pages: tuple[Page, ...], fragments: set[str], policy: Policy) -> Iterator[str]:
    """A line for each thing without a place, and for each page that promises too much."""
    wanted = _wanted(policy)
    for language in LANGUAGES:
        mine = [page for page in pages if page.path.parts[0] == language]
        covered = {key for page in mine for key in page.matter.get("covers", ())}
        yield from (f"{language}: no page covers {key}" for key in sorted(wanted - covered))
        included = {name for page in mine for name in _INCLUDED.findall(page.text)}
        yield from (
            f"{language}: no page includes {name}.md" for name in sorted(fragments - included)
        )
        for page in mine:
            yield from _broken_promises(page, wanted, policy, language)


def _wanted(policy: Policy) -> set[str]:
    """Every clause, principle, verb and role, as front matter names them."""
    numbers = {*CLAUSES, *(clause.number for clause in policy.clauses)}
    return {
        MANNERS,
        *PRINCIPLES,
        *(f"clause.{number}" for number in numbers),
        *(f"verb.{verb}" for verb in MAY),
        *(f"role.{role.key}" for role in policy.roles),
    }


def _broken_promises(page: Page, wanted: set[str], policy: Policy, language: str) -> Iterator[str]:
    """What a page says that it covers, and does not name."""
    text = page.text.casefold()
    for key in page.matter.get("covers", ()):
        if key not in wanted:
            yield f"{page.name}: there is nothing called {key}"
        elif _named(key, policy, language).casefold() not in text:
            yield f"{page.name}: covers {key} without naming it"


def _named(key: str, policy: Policy, language: str) -> str:
    """The word that stands on a page which covers this."""
    kind, _, name = key.partition(".")
    match kind:
        case "clause":
            return cited(name, language)
        case "verb":
            return verb_words(name, language)
        case "role":
            return policy.role(name).name[language]
        case "manners":
            return word("drill.courteous", language)
        case _:
            return cited(kind, language)

"""Makes the handbook's fragments, so that staff read the rule that runs.

Pure functions, *(policy, language) → Markdown*; `main` writes what they make to
``docs/generated/``, from where the pages include it.
"""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from docs.generator import letters_text, progress_text, reference_text
from docs.generator.alert_text import who_is_told
from docs.generator.diagrams.alerts import alert_diagram
from docs.generator.diagrams.deadlines import deadline_diagram
from docs.generator.diagrams.statuses import status_diagram
from docs.generator.drill_text import drill, drill_page
from docs.generator.permissions_text import who_may_do_what
from docs.generator.promise_text import deadlines, promises_to_residents
from docs.generator.scenario_files import drill_sets
from docs.generator.severity_text import clauses, clauses_in_short, severities
from docs.generator.terms_text import terms
from msgspec.structs import fields

from chalicelib.domain.policy import Policy, Settings
from chalicelib.locales import LANGUAGES
from chalicelib.policy import load_policy

GENERATED = Path(__file__).parent.parent / "generated"
Fragment = Callable[[Policy, str], str]
FRAGMENTS: dict[str, Fragment] = {
    "clauses": clauses,
    "clauses-short": clauses_in_short,
    "severities": severities,
    "who-is-told": who_is_told,
    "deadlines": deadlines,
    "residents-promises": promises_to_residents,
    "terms": terms,
    "who-may-do-what": who_may_do_what,
    "facts": reference_text.facts,
    "clocks": reference_text.clocks,
    "statuses": reference_text.statuses,
    "transitions": reference_text.transition_table,
    "acts": reference_text.acts,
    "settings": reference_text.settings,
    "letters-to-residents": letters_text.to_residents,
    "letters-to-staff": letters_text.to_staff,
    "diagram-told": alert_diagram,
    "diagram-life": status_diagram,
    "diagram-clock": deadline_diagram,
}


def fragments() -> Iterator[tuple[str, Fragment]]:
    """Every fragment by its name: those above, one a setting, one a drill, one a page of drills.

    Raises ScenarioError for a drill that cannot be read.
    """
    yield from FRAGMENTS.items()
    for field in fields(Settings):
        yield f"setting/{field.name}", partial(reference_text.one_setting, field.name)
    sets = drill_sets()
    for each in sets:
        yield f"drills/{each.name}", partial(drill_page, each)
        for one in each.scenarios:
            yield f"drill/{one.id}", partial(drill, one)
    yield "drills/by-role", partial(progress_text.by_role, sets)
    yield "drills/slip", partial(progress_text.slip, sets)


def names() -> list[str]:
    """What some page must include: every fragment but those that pages choose from.

    A setting or a single drill is for any page that argues or practises it.
    """
    chosen = ("setting/", "drill/", "clauses-short")
    return [name for name, _ in fragments() if not name.startswith(chosen)]


def main(policy: Policy | None = None) -> None:
    """Write every fragment of a policy in both languages, and leave none of an earlier build.

    The policy of this checkout unless another is given.

    Raises MissingWordsError when the program has something that the handbook has no words
    for, and ScenarioError for a drill that cannot be read.
    """
    policy = policy or load_policy()
    for language in LANGUAGES:
        shutil.rmtree(GENERATED / language, ignore_errors=True)
    for name, fragment in fragments():
        for language in LANGUAGES:
            write(GENERATED / language / f"{name}.md", fragment(policy, language))


def write(path: Path, text: str) -> None:
    """Put the text in the file, with the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()

"""Makes the handbook's policy fragments, so that staff read the rule that runs.

Pure functions, *(policy, language) → Markdown*; `main` writes what they make to
``docs/generated/``, from where the pages include it.
"""

from collections.abc import Callable
from pathlib import Path

from docs.theme.permissions_text import who_may_do_what
from docs.theme.phrases import LANGUAGES
from docs.theme.promise_text import deadlines, who_is_told
from docs.theme.severity_text import clauses, severities
from docs.theme.terms_text import terms

from chalicelib.domain.rules import Policy
from chalicelib.policy import load_policy

GENERATED = Path(__file__).parent.parent / "generated"
FRAGMENTS: dict[str, Callable[[Policy, str], str]] = {
    "clauses": clauses,
    "severities": severities,
    "who-is-told": who_is_told,
    "deadlines": deadlines,
    "terms": terms,
    "who-may-do-what": who_may_do_what,
}


def main() -> None:
    """Write every fragment in both languages.

    Raises MissingWordsError when the policy holds a setting without words.
    """
    policy = load_policy()
    for language in LANGUAGES:
        for name, fragment in FRAGMENTS.items():
            write(GENERATED / language / f"{name}.md", fragment(policy, language))


def write(path: Path, text: str) -> None:
    """Put the text in the file, with the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()

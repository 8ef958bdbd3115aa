"""Every letter as it is really sent: the golden files of the tests, with when and to whom."""

from html import escape
from pathlib import Path
from typing import Any

from docs.generator.blocks import joined
from docs.generator.words import section, word

from chalicelib.domain.rules import Policy
from chalicelib.letters import LETTERS

GOLDEN = Path(__file__).parents[2] / "tests" / "golden"


def to_residents(policy: Policy, language: str) -> str:
    """The letters that residents get."""
    return _letters("resident", policy, language)


def to_staff(policy: Policy, language: str) -> str:
    """The letters that staff get."""
    return _letters("staff", policy, language)


def _letters(audience: str, _: Policy, language: str) -> str:
    words = section("letter", set(LETTERS))
    mine = {key: one for key, one in words.items() if one["audience"] == audience}
    return joined(*(_letter(key, one, language) for key, one in mine.items()))


def _letter(key: str, words: dict[str, Any], language: str) -> str:
    return joined(
        f"## {words['name'][language]} {{ #letter-{key.replace('_', '-')} }}",
        f"- {word('reference.letter_when', language, when=words['when'][language])}\n"
        f"- {word('reference.letter_to', language, to=words['to'][language])}",
        *(_shown(stem, words, language) for stem in words["golden"]),
    )


def _shown(stem: str, words: dict[str, Any], language: str) -> str:
    """One golden letter, opened by its subject."""
    subject, _, text = (GOLDEN / f"{stem}.{language}.txt").read_text("utf-8").partition("\n\n")
    label = words.get("label", {}).get(stem, {}).get(language)
    heading = f"{label}{word('drill.colon', language)}{subject}" if label else subject
    body = escape(text.rstrip(), quote=False)
    return (
        f'<details class="letter"><summary>{escape(heading, quote=False)}</summary>'
        f'<pre class="letter-text" tabindex="0">{body}</pre></details>'
    )

"""Every letter as it is really sent, with when and to whom."""

from html import escape
from typing import Any

from docs.generator.blocks import joined
from docs.generator.samples.letters import sample_letters
from docs.generator.samples.words import sample_words
from docs.generator.samples.written import Samples
from docs.generator.words import section, word

from chalicelib.domain.policy import Policy
from chalicelib.letters import LETTERS


def to_residents(policy: Policy, language: str) -> str:
    """The letters that residents get. Raises SampleError as `sample_letters` does."""
    return _letters("resident", policy, language)


def to_staff(policy: Policy, language: str) -> str:
    """The letters that staff get. Raises SampleError as `sample_letters` does."""
    return _letters("staff", policy, language)


def _letters(audience: str, policy: Policy, language: str) -> str:
    samples = sample_letters(policy, sample_words(language))
    words = section("letter", set(LETTERS))
    mine = {key: one for key, one in words.items() if one["audience"] == audience}
    return joined(*(_letter(key, one, samples, language) for key, one in mine.items()))


def _letter(key: str, words: dict[str, Any], samples: Samples, language: str) -> str:
    return joined(
        f"## {words['name'][language]} {{ #letter-{key.replace('_', '-')} }}",
        f"- {word('reference.letter_when', language, when=words['when'][language])}\n"
        f"- {word('reference.letter_to', language, to=words['to'][language])}",
        *(_shown(name, words, samples, language) for name in words["samples"]),
    )


def _shown(name: str, words: dict[str, Any], samples: Samples, language: str) -> str:
    """One letter, opened by its subject."""
    letter = samples[name]
    label = words.get("label", {}).get(name, {}).get(language)
    colon = word("drill.colon", language)
    heading = f"{label}{colon}{letter.subject}" if label else letter.subject
    body = escape(letter.text.rstrip(), quote=False)
    return (
        f'<details class="letter"><summary>{escape(heading, quote=False)}</summary>'
        f'<pre class="letter-text" tabindex="0">{body}</pre></details>'
    )

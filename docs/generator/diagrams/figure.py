"""A diagram on a page: the drawing, and the same in words for whoever does not see it."""

from collections.abc import Iterable

from docs.generator import svg
from docs.generator.blocks import joined
from docs.generator.words import word


def figure(
    name: str,
    height: float,
    parts: Iterable[str],
    lines: Iterable[str],
    language: str,
    **values: str,
) -> str:
    """The drawing with its name and sentence, and below it the same in words."""
    title = word(f"diagram.{name}_title", language)
    text = word(f"diagram.{name}_text", language, **values)
    return joined(
        svg.drawing(f"dg-{name}", height, title, text, parts),
        "<details markdown>",
        f"<summary>{word('diagram.in_words', language)}</summary>",
        "\n".join(f"- {line}" for line in lines),
        "</details>",
    )

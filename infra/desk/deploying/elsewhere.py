"""For whoever deploys to what is no AWS: what is altered on the way there, and how long to wait."""

from collections.abc import Callable
from dataclasses import dataclass

Adaptation = Callable[[str, str], str]
"""From a stack's name and its template's text to the text that is handed over."""


def unaltered(_: str, text: str) -> str:
    """The template as it is."""
    return text


@dataclass(frozen=True)
class Elsewhere:
    """Given to `desk deploy` and `desk destroy` as click's object; `pause` is in seconds."""

    adapt: Adaptation = unaltered
    pause: float = 5.0

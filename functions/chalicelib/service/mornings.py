"""Port of the mornings: that a working day began in a community, told of once.

Adapters and fakes keep it, as those of `chalicelib.service.ports`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chalicelib.service.ports import Post

MORNING = "MORNING#"
"""Begins the subject of every morning."""


@dataclass(frozen=True)
class Morning:
    """The opening of a working day in a community; `on` is a day of its calendar."""

    community: str
    on: date

    @property
    def subject(self) -> str:
        """What the postroom is told: where a day began, and which."""
        return f"{MORNING}{self.community}#{self.on:%Y-%m-%d}"

    @property
    def post(self) -> Post:
        """The one event of a morning."""
        return Post(self.subject, 1)


def morning_of(subject: str) -> Morning:
    """The morning that a subject names."""
    community, on = subject.removeprefix(MORNING).split("#")
    return Morning(community, date.fromisoformat(on))


class Mornings(Protocol):
    """Which mornings have begun."""

    def has_begun(self, morning: Morning) -> bool:
        """Whether somebody has begun it."""
        ...

    def begin(self, morning: Morning, now: datetime) -> bool:
        """Write down once that it began, as an event whose letters are still to go out.

        False when it had begun before.
        """
        ...

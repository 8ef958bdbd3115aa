"""Port of the mornings: that a working day began in a community, told of once.

Adapters and fakes keep it, as those of `chalicelib.application.ports.all`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chalicelib.application.ports.letters import OutboxEntry

WORKDAY_START = "MORNING#"
"""Begins the subject of every morning."""


@dataclass(frozen=True)
class WorkdayStart:
    """The opening of a working day in a community; `on` is a day of its calendar."""

    community: str
    on: date

    @property
    def subject(self) -> str:
        """What the notifier is told: where a day began, and which."""
        return f"{WORKDAY_START}{self.community}#{self.on:%Y-%m-%d}"

    @property
    def post(self) -> OutboxEntry:
        """The one event of a morning."""
        return OutboxEntry(self.subject, 1)


def workday_start_of(subject: str) -> WorkdayStart:
    """The morning that a subject names."""
    community, on = subject.removeprefix(WORKDAY_START).split("#")
    return WorkdayStart(community, date.fromisoformat(on))


class WorkdayStarts(Protocol):
    """Which mornings have begun."""

    def has_begun(self, morning: WorkdayStart) -> bool:
        """Whether somebody has begun it."""
        ...

    def begin(self, morning: WorkdayStart, now: datetime) -> bool:
        """Write down once that it began, as an event whose letters are still to go out.

        False when it had begun before.
        """
        ...

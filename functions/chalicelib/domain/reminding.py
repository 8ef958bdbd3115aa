"""Events of the clock: reminders and warnings. `events` gathers them with all others."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Step:
    """One step of the ladder: for which promise, due when (UTC), and who is reminded.

    Number 0 is the reminder before it falls due, 1 the one when it is missed, then rung by
    rung. `to` is a staff id, blank where everybody was told already that day; `top` when
    nobody stands above.
    """

    clock: str
    due_at: datetime
    number: int
    to: str
    top: bool


@dataclass(frozen=True)
class Reminded:
    """Somebody was reminded of what falls due or is overdue (principle 3)."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Warned:
    """So many days have passed without a solution, and the month comes nearer (5.1.3)."""

    days: tuple[int, ...]

"""Events of what was asked, found out and promised. `events` gathers them with all others."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class FactsRecorded:
    """A fact became known after the receipt (5.1.1, 5.1.2); what was not named is None.

    `loss` is in CNY.
    """

    hurt: bool | None
    loss: Decimal | None
    times_raised: int | None


@dataclass(frozen=True)
class AnswerAwaited:
    """The resident was asked something; some clocks stand still `until` then at most (UTC)."""

    told_by: str
    until: datetime


@dataclass(frozen=True)
class FollowedUp:
    """What was promised in a reply was done (principle 4)."""

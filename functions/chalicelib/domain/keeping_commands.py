"""Commands of what is asked, found out and promised; `commands` gathers them with all others."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class RecordFacts:
    """Record what became known after the receipt: an injury, a loss in CNY, times raised (5.1)."""

    by: str
    reason: str
    hurt: bool | None = None
    loss: Decimal | None = None
    times_raised: int | None = None


@dataclass(frozen=True)
class AwaitAnswer:
    """Ask the resident something that one cannot go on without."""

    by: str
    text: str
    told_by: str = "email"


@dataclass(frozen=True)
class FollowUp:
    """Say that what was promised in the reply is done (principle 4)."""

    by: str
    text: str

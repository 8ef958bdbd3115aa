"""The facts that are asked for at intake, on every channel (6.1.1)."""

from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

UNSURE = "unsure"
"""The department complained about, until somebody names it."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Keys, numbers and yes or no: what decides, and nothing that names a person.

    `happened_at` is the resident's own local date or time; `loss` is in CNY;
    `times_raised` counts the times before this one; `reachable_by` says which contacts
    there are, not what they are.
    """

    community: str
    zone: str
    about: str
    category: str
    happened_at: str
    cause: str
    hurt: bool
    loss: Decimal | None
    times_raised: int
    earlier_reference: str | None
    language: str
    contact_by: str
    reachable_by: tuple[str, ...]

    @property
    def tz(self) -> ZoneInfo:
        """The community's zone."""
        return ZoneInfo(self.zone)

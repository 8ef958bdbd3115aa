"""The outbox: what was recorded and calls for letters, each kind a value of its own.

Adapters translate these values to and from the keys under which they stand; nobody else
knows those keys. `name` is for people and logs: the same whenever the same thing comes.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True)
class ComplaintEvent:
    """An event on a complaint's record; numbers count from 1."""

    reference: str
    number: int

    @property
    def name(self) -> str:
        """Which event of which complaint."""
        return f"{self.reference}/{self.number}"


@dataclass(frozen=True)
class EntryWritten:
    """An entry of a community's duty log on a day of its calendar; numbers count from 1."""

    community: str
    on: date
    number: int

    @property
    def name(self) -> str:
        """Which entry of which log."""
        return f"log/{self.community}/{self.on:%Y-%m-%d}/{self.number}"


@dataclass(frozen=True)
class ImportFinished:
    """A spreadsheet was taken in."""

    run_id: str

    @property
    def name(self) -> str:
        """Which run."""
        return f"import/{self.run_id}"


@dataclass(frozen=True)
class AlertBatch:
    """Alerts about one community that wait for one letter to one person, sent at `ends_at`."""

    community: str
    to: str
    ends_at: datetime

    @property
    def name(self) -> str:
        """Whose batch it is, and when it ends (UTC)."""
        ends_at = self.ends_at.astimezone(UTC)
        return f"alerts/{self.community}/{self.to}/{ends_at:%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True)
class WorkdayStart:
    """The opening of a working day in a community; `on` is a day of its calendar."""

    community: str
    on: date

    @property
    def name(self) -> str:
        """Which day of which community."""
        return f"workday/{self.community}/{self.on:%Y-%m-%d}"


@dataclass(frozen=True)
class AddressChanged:
    """Letters to a member of staff go to another address, since the `number`th change of them."""

    staff_id: str
    number: int

    @property
    def name(self) -> str:
        """Whose address, and since which change."""
        return f"address/{self.staff_id}/{self.number}"


OutboxEntry = (
    ComplaintEvent | EntryWritten | ImportFinished | AlertBatch | WorkdayStart | AddressChanged
)
"""Something whose letters may still have to go out."""

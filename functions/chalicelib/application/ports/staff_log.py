"""What is on record of the staff's accounts."""

from datetime import datetime
from typing import Protocol

from chalicelib.application.outbox import AddressChanged
from chalicelib.domain.staff_log import StaffEvent, StaffRecord


class StaffLog(Protocol):
    """Records of the staff's accounts; those of a change are added by `StaffBook.put`."""

    def add(self, record: StaffRecord) -> None:
        """Add what happened. Nothing that stands there is ever changed."""
        ...

    def count(self, kind: StaffEvent, staff: str, now: datetime) -> None:
        """Count what anybody can bring about, in the record of this hour."""
        ...

    def since(self, start: datetime, now: datetime) -> tuple[StaffRecord, ...]:
        """What is on record from an instant up to `now` (UTC), the last first."""
        ...

    def address_change(self, entry: AddressChanged) -> StaffRecord:
        """The change that an entry of the outbox is about. Raises NotFoundError."""
        ...

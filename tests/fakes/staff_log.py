"""The record of the staff's accounts, in a list."""

from dataclasses import dataclass, field

from chalicelib.application.outbox import AddressChanged
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.staff_log import StaffRecord, old_address
from support.values import replace


@dataclass
class FakeStaffLog:
    """The `StaffLog` port."""

    records: list = field(default_factory=list)
    addresses: dict = field(default_factory=dict)

    def add(self, record):
        """From now on it stands there."""
        self.records.append(record)

    def add_change(self, record, number):
        """The same for the number-th change of somebody; another address is told of besides."""
        self.add(record)
        if old_address(record):
            self.addresses[AddressChanged(record.staff, number)] = record

    def count(self, kind, staff, now):
        """One more in this hour."""
        hour = f"{now:%Y-%m-%dT%H}"
        for place, one in enumerate(self.records):
            if (one.kind, one.staff, f"{one.at:%Y-%m-%dT%H}") == (kind, staff, hour):
                self.records[place] = replace(one, at=now, times=one.times + 1)
                return
        self.records.append(StaffRecord(now, kind, staff, ""))

    def since(self, start, now):
        """The last first."""
        found = [one for one in self.records if start <= one.at <= now]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))

    def address_change(self, entry):
        """The change of this entry."""
        if entry not in self.addresses:
            raise NotFoundError
        return self.addresses[entry]

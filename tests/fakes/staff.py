"""The staff directory in a dictionary."""

from dataclasses import dataclass, field

from chalicelib.domain.roles import Directory


@dataclass
class FakeStaff:
    """The `StaffBook` port."""

    staff: dict = field(default_factory=dict)

    def directory(self):
        """All staff, by their ids."""
        return Directory(tuple(self.staff[key] for key in sorted(self.staff)))

    def put(self, staff):
        """Add or replace one."""
        self.staff[staff.id] = staff

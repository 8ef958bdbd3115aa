"""Who looked at which complaint, in the dictionary that the complaints' dossiers read."""

from dataclasses import dataclass, field

from chalicelib.application.records import AccessRecord
from fakes.complaints import FakeComplaints
from support.values import replace


@dataclass
class FakeAccessLog:
    """The `AccessLog` port."""

    complaints: FakeComplaints = field(default_factory=FakeComplaints)

    def note(self, reference, staff, now):
        """Count the look."""
        of_the_day = self.complaints.access.setdefault(reference, {})
        key = f"{now:%Y-%m-%d}", staff
        stood = of_the_day.get(key, AccessRecord(staff, 0, now))
        of_the_day[key] = replace(stood, count=stood.count + 1, last_at=now)

"""Who looked at which complaint, in a dictionary."""

from dataclasses import dataclass, field

from chalicelib.application.records import AccessRecord
from support.values import replace


@dataclass
class FakeAccessLog:
    """The `AccessLog` port."""

    access_log: dict = field(default_factory=dict)

    def note(self, reference, staff, now):
        """Count the look."""
        of_the_day = self.access_log.setdefault(reference, {})
        key = f"{now:%Y-%m-%d}", staff
        stood = of_the_day.get(key, AccessRecord(staff, 0, now))
        of_the_day[key] = replace(stood, count=stood.count + 1, last_at=now)

    def of(self, reference):
        """The looks at it, newest first."""
        found = self.access_log.get(reference, {}).values()
        return tuple(sorted(found, key=lambda one: one.last_at, reverse=True))

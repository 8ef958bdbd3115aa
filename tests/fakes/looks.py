"""Who looked at which complaint, in a dictionary."""

from dataclasses import dataclass, field, replace

from chalicelib.service.kept import Look


@dataclass
class FakeLooks:
    """The `Looks` port."""

    looks: dict = field(default_factory=dict)

    def note(self, reference, staff, now):
        """Count the look."""
        of_the_day = self.looks.setdefault(reference, {})
        key = f"{now:%Y-%m-%d}", staff
        stood = of_the_day.get(key, Look(staff, 0, now))
        of_the_day[key] = replace(stood, count=stood.count + 1, last_at=now)

    def of(self, reference):
        """The looks at it, newest first."""
        found = self.looks.get(reference, {}).values()
        return tuple(sorted(found, key=lambda one: one.last_at, reverse=True))

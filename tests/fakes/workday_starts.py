"""Beginnings of working days in a dictionary."""

from dataclasses import dataclass, field


@dataclass
class FakeWorkdayStarts:
    """The `WorkdayStarts` port; a quiet one says of every day that it has begun."""

    quiet: bool = False
    begun: dict = field(default_factory=dict)

    def has_begun(self, start):
        """Whether it is written down."""
        return self.quiet or start in self.begun

    def begin(self, start, now):
        """Write it down once."""
        fresh = start not in self.begun
        self.begun.setdefault(start, now)
        return fresh

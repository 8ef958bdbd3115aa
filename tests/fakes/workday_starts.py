"""Mornings in a dictionary."""

from dataclasses import dataclass, field


@dataclass
class FakeMornings:
    """The `WorkdayStarts` port; a quiet one says of every morning that it has begun."""

    quiet: bool = False
    begun: dict = field(default_factory=dict)

    def has_begun(self, morning):
        """Whether it is written down."""
        return self.quiet or morning in self.begun

    def begin(self, morning, now):
        """Write it down once."""
        fresh = morning not in self.begun
        self.begun.setdefault(morning, now)
        return fresh

"""Months in dictionaries."""

from dataclasses import dataclass, field


@dataclass
class FakeMonths:
    """The `Months` port."""

    openings: dict = field(default_factory=dict)
    kept: dict = field(default_factory=dict)

    def opening(self, community, month):
        """What was kept first."""
        return self.openings.get((community, month))

    def keep_opening(self, community, month, states):
        """Keep it, unless something is kept."""
        self.openings.setdefault((community, month), _ordered(states))

    def rows(self, community, first, last):
        """Those of the months between."""
        return {
            month: rows
            for (where, month), rows in sorted(self.kept.items())
            if where == community and first <= month <= last
        }

    def keep_rows(self, community, month, rows):
        """Keep them, unless some are kept."""
        self.kept.setdefault((community, month), _ordered(rows))


def _ordered(values):
    return tuple(sorted(values, key=lambda one: one.reference))

"""The sweep's log in a variable."""

from dataclasses import dataclass, field

from chalicelib.application.ports.sweep_log import LastSweeps
from support.values import replace


@dataclass
class FakeSweepLog:
    """The `SweepLog` port."""

    stands: LastSweeps = field(default_factory=LastSweeps)

    def begin(self, now):
        """Write down when."""
        self.stands = replace(self.stands, began_at=now)
        return self.stands

    def finish(self, done):
        """Write it over the one before."""
        self.stands = replace(self.stands, finished=done)

    def last(self):
        """What was written."""
        return self.stands

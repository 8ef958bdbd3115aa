"""A clock that stands still until a test moves it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class FakeClock:
    """The `Clock` port: the instant that was set."""

    at: datetime

    def now(self):
        """The instant that was set."""
        return self.at

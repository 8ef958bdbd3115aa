"""The clock: the machine's, or offline one that can be moved."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    """The `Clock` port: real time, to the second."""

    def now(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the clock


@dataclass(frozen=True)
class MovableClock:
    """The `Clock` port offline: real time, and the seconds that a file says it was moved.

    A file, so that every process of the offline cloud has the same time.
    """

    path: Path

    def now(self) -> datetime:
        """Now, in UTC, as far as it was moved."""
        return SystemClock().now() + timedelta(seconds=self._moved())

    def move_to(self, at: datetime) -> None:
        """Make it this instant. Moves forward only; an instant that has passed is left."""
        ahead = int((at - self.now()).total_seconds())
        if ahead > 0:
            fresh = self.path.with_suffix(".new")
            fresh.write_text(str(self._moved() + ahead), "ascii")
            fresh.replace(self.path)  # at once, so that nobody reads it half written

    def _moved(self) -> int:
        return int(self.path.read_text("ascii")) if self.path.exists() else 0

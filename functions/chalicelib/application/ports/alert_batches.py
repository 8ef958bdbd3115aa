"""Ports of what keeps letters back: gatherings of alerts, and allowances of letters.

Adapters and fakes keep them, as those of `chalicelib.application.ports.all`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from chalicelib.application.ports.letters import LetterKey, OutboxEntry

ALERT_BATCH = "GATHER#"
"""Begins the subject of every gathering."""
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class AlertBatch:
    """Alerts about one community that wait for one letter to one person, sent at `ends_at`."""

    community: str
    to: str
    ends_at: datetime

    @property
    def subject(self) -> str:
        """What the notifier is told: whose gathering it is, and when it is due (UTC)."""
        ends_at = self.ends_at.astimezone(UTC).strftime(_INSTANT)
        return f"{ALERT_BATCH}{self.community}#{self.to}#{ends_at}"

    @property
    def post(self) -> OutboxEntry:
        """The one event of a gathering."""
        return OutboxEntry(self.subject, 1)


def batch_of(subject: str) -> AlertBatch:
    """The gathering that a subject names."""
    community, to, ends_at = subject.removeprefix(ALERT_BATCH).split("#")
    return AlertBatch(community, to, datetime.fromisoformat(ends_at))


class AlertBatches(Protocol):
    """Alerts that wait for one letter."""

    def hold(self, key: LetterKey, batch: AlertBatch, claimed_at: datetime) -> None:
        """Put a letter into a gathering; from now on its record says that it was gathered.

        All or nothing, so that no letter is lost or told twice. `claimed_at` is the
        instant of the claim. Raises LetterHeldError when the claim has gone to somebody
        else, and ChangedMeanwhileError when the gathering was closed.
        """
        ...

    def close(self, batch: AlertBatch, now: datetime) -> frozenset[str]:
        """The references of all complaints in a gathering, which takes no more from now on.

        Raises NotFoundError when nothing was ever gathered.
        """
        ...

    def ended(self, now: datetime) -> Iterable[OutboxEntry]:
        """The gatherings whose time has come and whose letter is not out, oldest first."""
        ...

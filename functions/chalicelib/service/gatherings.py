"""Ports of what keeps letters back: gatherings of alerts, and allowances of letters.

Adapters and fakes keep them, as those of `chalicelib.service.ports`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from chalicelib.service.ports import LetterKey, Post

GATHERING = "GATHER#"
"""Begins the subject of every gathering."""
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Gathering:
    """Alerts about one community that wait for one letter to one person, sent at `ends_at`."""

    community: str
    to: str
    ends_at: datetime

    @property
    def subject(self) -> str:
        """What the postroom is told: whose gathering it is, and when it is due (UTC)."""
        ends_at = self.ends_at.astimezone(UTC).strftime(_INSTANT)
        return f"{GATHERING}{self.community}#{self.to}#{ends_at}"

    @property
    def post(self) -> Post:
        """The one event of a gathering."""
        return Post(self.subject, 1)


def gathering_of(subject: str) -> Gathering:
    """The gathering that a subject names."""
    community, to, ends_at = subject.removeprefix(GATHERING).split("#")
    return Gathering(community, to, datetime.fromisoformat(ends_at))


class Gatherings(Protocol):
    """Alerts that wait for one letter."""

    def hold(self, key: LetterKey, gathering: Gathering, claimed_at: datetime) -> None:
        """Put a letter into a gathering; from now on its record says that it was gathered.

        All or nothing, so that no letter is lost or told twice. `claimed_at` is the
        instant of the claim. Raises LetterHeldError when the claim has gone to somebody
        else, and ChangedMeanwhileError when the gathering was closed.
        """
        ...

    def close(self, gathering: Gathering, now: datetime) -> frozenset[str]:
        """The references of all complaints in a gathering, which takes no more from now on.

        Raises NotFoundError when nothing was ever gathered.
        """
        ...

    def ended(self, now: datetime) -> Iterable[Post]:
        """The gatherings whose time has come and whose letter is not out, oldest first."""
        ...


class Allowances(Protocol):
    """How many letters may still go out under a name, as one address and day."""

    def take(self, name: str, letter: str, most: int, until: datetime) -> bool:
        """Whether this letter is among the first `most` under this name; asking twice is one.

        What was counted is forgotten some time after `until`.
        """
        ...

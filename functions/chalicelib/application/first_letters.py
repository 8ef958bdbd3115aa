"""First letters: receipts to addresses that no earlier complaint has (our setting).

Whoever fills in the form may give anybody's address, so a community's first letters of an hour
are limited. What is beyond waits, the oldest goes first, and what comes later does not overtake.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.application.households import tidy_email
from chalicelib.application.keys import Keys
from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.rate_limits import RateLimits
from chalicelib.application.ports.waiting_letters import WaitingLetters
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Community, Organisation, Policy

_A_DAY = timedelta(days=1)
MAILBOXES = "mailboxes"
"""The lane of receipts whose address has had its share of the day."""


class LetterWaitsError(Exception):
    """Raised for a letter that waits until there is room for it; nothing has failed."""


@dataclass(frozen=True)
class FirstLetters:
    """Which first letters go now, and which wait."""

    policy: Policy
    organisation: Organisation
    keys: Keys
    complaints: Complaints
    rate_limits: RateLimits
    waiting: WaitingLetters

    def must_wait(
        self, entry: ComplaintEvent, complaint: Complaint, email: str, now: datetime
    ) -> bool:
        """Whether the receipt of a new complaint waits in its community's lane, as it now does."""
        community = self.organisation.community(complaint.community)
        if self._is_known(complaint.reference, email):
            return False
        if not self._is_overtaking(entry, community, now) and self._has_room(entry, community, now):
            return False
        since = complaint.received_at
        self.waiting.wait(entry, _lane(community), since, since)
        return True

    def wait_for_tomorrow(self, entry: ComplaintEvent, complaint: Complaint, now: datetime) -> None:
        """Let the receipt wait for the next day of the community's calendar."""
        local = now.astimezone(complaint.tz)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        tomorrow = (midnight + _A_DAY).astimezone(now.tzinfo)
        self.waiting.wait(entry, MAILBOXES, tomorrow, complaint.received_at)

    def released(self, now: datetime, left: Callable[[str], object]) -> Iterator[ComplaintEvent]:
        """What waited and may go by now, each community's in its order, read as it is asked for.

        `left` is told each community of which something goes on waiting.
        """
        for community in self.organisation.communities:
            for entry in self.waiting.in_lane(_lane(community), now):
                if not self._has_room(entry, community, now):
                    left(community.key)
                    break
                yield entry
        yield from self.waiting.in_lane(MAILBOXES, now)

    def _is_known(self, reference: str, email: str) -> bool:
        """Whether an earlier complaint has this address; those under a household's key are."""
        for key in self.keys.households("email", tidy_email(email)):
            newest_first = [*self.complaints.of_household(key)]
            own = newest_first.index(reference) if reference in newest_first else -1
            if newest_first[own + 1 :]:
                return True
        return False

    def _is_overtaking(self, entry: ComplaintEvent, community: Community, now: datetime) -> bool:
        """Whether another one has waited longer."""
        first = next(iter(self.waiting.in_lane(_lane(community), now)), entry)
        return first != entry

    def _has_room(self, entry: ComplaintEvent, community: Community, now: datetime) -> bool:
        """Whether it is among the first letters of this hour of the community's clock."""
        name = f"first/{community.key}/{now.astimezone(community.tz):%Y-%m-%dT%H}"
        most = self.policy.settings.first_letters_an_hour
        return self.rate_limits.take(name, entry.name, most, now + _A_DAY)


def _lane(community: Community) -> str:
    return f"first/{community.key}"

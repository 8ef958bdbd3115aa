"""What a sweep does first on a working day, once in each community."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.outbox import WorkdayStart
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.workday_starts import WorkdayStarts
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.policy import Organisation, Policy


@dataclass(frozen=True)
class StartWorkday:
    """Begins working days. Safe to run twice: a day begins once, however often it is begun."""

    policy: Policy
    organisation: Organisation
    complaints: Complaints
    workday_starts: WorkdayStarts
    clock: Clock

    def come(self, now: datetime) -> Iterator[WorkdayStart]:
        """The present day of each community that is open at `now` (UTC), unless begun."""
        calendar = self.policy.working_time
        for one in self.organisation.communities:
            start = WorkdayStart(one.key, now.astimezone(one.tz).date())
            if calendar.is_open(now, one.tz) and not self.workday_starts.has_begun(start):
                yield start

    def begin(self, start: WorkdayStart) -> None:
        """Begin a day; before it, every due time is computed anew."""
        self._reschedule(start.community)
        self.workday_starts.begin(start, self.clock.now())

    def next_after(self, at: datetime) -> datetime:
        """The first opening of a working day in any community after this instant, in UTC."""
        calendar = self.policy.working_time
        zones = (one.tz for one in self.organisation.communities)
        return min(calendar.opening_after(at, zone) for zone in zones)

    def _reschedule(self, community: str) -> None:
        """Put right what is scheduled otherwise than the policy and its calendar now say."""
        for line in self.complaints.open():
            due_at = next_due_at(line.complaint, self.policy)
            if line.complaint.community == community and line.due_at != due_at:
                self.complaints.reschedule(line.complaint, due_at)

"""Daybreak: what the rounds do first on a working day, once in each community."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.desk import Desk
from chalicelib.application.ports.workday_starts import WorkdayStart, WorkdayStarts
from chalicelib.domain.escalation import next_due_at


@dataclass(frozen=True)
class StartWorkday:
    """Begins mornings. Safe to run twice: a morning begins once, however often it is begun."""

    desk: Desk
    mornings: WorkdayStarts

    def come(self, now: datetime) -> Iterator[WorkdayStart]:
        """The present day's morning of each community that is open at `now` (UTC), unless begun."""
        calendar = self.desk.policy.working_time
        for one in self.desk.organisation.communities:
            morning = WorkdayStart(one.key, now.astimezone(one.tz).date())
            if calendar.is_open(now, one.tz) and not self.mornings.has_begun(morning):
                yield morning

    def begin(self, morning: WorkdayStart) -> None:
        """Begin a morning; before it, every due time is reckoned anew."""
        self._reckon_anew(morning.community)
        self.mornings.begin(morning, self.desk.clock.now())

    def next_after(self, at: datetime) -> datetime:
        """The first opening of a working day in any community after this instant, in UTC."""
        calendar = self.desk.policy.working_time
        zones = (one.tz for one in self.desk.organisation.communities)
        return min(calendar.opening_after(at, zone) for zone in zones)

    def _reckon_anew(self, community: str) -> None:
        """Put right what is scheduled otherwise than the policy and its calendar now say."""
        for line in self.desk.complaints.open():
            due_at = next_due_at(line.complaint, self.desk.policy)
            if line.complaint.community == community and line.due_at != due_at:
                self.desk.complaints.reschedule(line.complaint, due_at)

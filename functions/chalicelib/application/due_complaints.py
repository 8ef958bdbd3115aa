"""The complaints whose next due time has come, checked one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.act_on_complaint import ActOnComplaint
from chalicelib.application.mail_feedback import MailFeedback
from chalicelib.application.ports.complaints import Complaints
from chalicelib.domain.commands import CheckDeadlines
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.model import BY_CLOCK
from chalicelib.domain.policy import Policy


class StillDueError(Exception):
    """Raised for a complaint that is due and for which nothing can be done.

    It would come first in every sweep; as a failure it comes last, and is reported.
    """


@dataclass(frozen=True)
class DueComplaints:
    """Finds them, and does what is due."""

    policy: Policy
    complaints: Complaints
    act: ActOnComplaint
    feedback: MailFeedback

    def by(self, now: datetime) -> Iterable[str]:
        """The references of those due by `now` (UTC), earliest first, read page by page."""
        return self.complaints.due(now)

    def check(self, reference: str, now: datetime) -> None:
        """Do what is due for one complaint. Raises StillDueError when nothing could be done."""
        history = self.feedback.chase(self.complaints.load(reference), now)
        after = self.act.act_on(history, CheckDeadlines(), by=BY_CLOCK)
        due_at = next_due_at(after.complaint, self.policy)
        is_due = due_at and due_at <= now and after.records[-1].at < now
        if is_due and not self.feedback.waits_for_letters(after, now):
            raise StillDueError

"""Takes a complaint in, with one request to the table (6.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from chalicelib.application.history import History, begun
from chalicelib.application.households import household_keys
from chalicelib.application.intake import Intake
from chalicelib.application.keys import Keys
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.records import Submitted
from chalicelib.domain.decisions.receiving import receive
from chalicelib.domain.errors import FormUsedError
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.events import NewEvent
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Policy

_ATTEMPTS = 3


@dataclass(frozen=True)
class SubmitComplaint:
    """Makes a new complaint of a form, a walk-in or a row, and saves it."""

    policy: Policy
    complaints: Complaints
    keys: Keys
    clock: Clock

    def receive(
        self, intake: Intake, channel: str, by: str = "", earlier: Iterable[NewEvent] = ()
    ) -> Complaint:
        """Take a complaint in.

        `by` is the member of staff who wrote it down, if any; `earlier` is what happened
        before there was a complaint and belongs to it, as a call for help.
        The same form sent again gives the complaint that was saved before; raises
        FormUsedError when it was sent before with other content.
        """
        for _ in range(_ATTEMPTS):
            now = self.clock.now()
            history = self.begun(intake, channel, self.keys.reference(intake.form_id), now, by)
            history = history.extended(earlier, now, by or channel)
            try:
                return self.submit(history, intake).complaint
            except FormUsedError:
                if intake.form_id:
                    raise
        raise FormUsedError

    def begun(
        self, intake: Intake, channel: str, reference: str, now: datetime, by: str = ""
    ) -> History:
        """A new complaint's history, received at `now` by a member of staff or a channel."""
        command = intake.received(reference, channel, now)
        return begun(receive(command, self.policy, now), now, by=by or channel)

    def submit(self, history: History, intake: Intake, origin: str = "") -> Submitted:
        """Save a new complaint with its digest, households and first due time."""
        complaint = history.complaint
        return self.complaints.submit(
            history,
            digest=self.keys.digest(msgspec.json.encode(intake, order="sorted")),
            households=household_keys(complaint.community, intake.words, self.keys),
            due_at=next_due_at(complaint, self.policy),
            origin=origin,
        )

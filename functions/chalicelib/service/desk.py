"""The desk: takes complaints in and carries out verbs on them. Load, decide, keep."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

import msgspec

from chalicelib.domain import commands
from chalicelib.domain.clocks import next_due_at
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.decisions import decide
from chalicelib.domain.errors import ChangedMeanwhileError, FormUsedError, NotFoundError
from chalicelib.domain.grounds import Grounds
from chalicelib.domain.receiving import receive
from chalicelib.domain.references import tidied_reference
from chalicelib.domain.roles import Post
from chalicelib.domain.rules import Organisation, Policy
from chalicelib.service.history import History, begun
from chalicelib.service.intake import Intake
from chalicelib.service.keys import Keys
from chalicelib.service.ports import Clock, Complaints, StaffBook, Submitted

_ATTEMPTS = 3


@dataclass(frozen=True)
class Desk:
    """The verbs, over the ports."""

    policy: Policy
    organisation: Organisation
    complaints: Complaints
    staff: StaffBook
    keys: Keys
    clock: Clock

    def receive(self, intake: Intake, channel: str) -> Complaint:
        """Take a complaint in, with one request to the table (6.1).

        The same form sent again gives the complaint kept before; raises
        FormUsedError when it was sent before with other content.
        """
        for _ in range(_ATTEMPTS):
            now = self.clock.now()
            history = self.begun(intake, channel, self.keys.reference(intake.form_id), now)
            try:
                return self.submit(history, intake).complaint
            except FormUsedError:
                if intake.form_id:
                    raise
        raise FormUsedError

    def begun(self, intake: Intake, channel: str, reference: str, now: datetime) -> History:
        """A new complaint's history, received at `now`."""
        command = intake.received(reference, channel, now)
        return begun(receive(command, self.policy, now), now, by=channel)

    def submit(self, history: History, intake: Intake, origin: str = "") -> Submitted:
        """Keep a new complaint with its digest, household and first due time."""
        complaint = history.complaint
        household = (
            complaint.community,
            _tidy(intake.words.get("building", "")),
            _tidy(intake.words.get("unit", "")),
        )
        return self.complaints.submit(
            history,
            digest=self.keys.digest(msgspec.json.encode(intake, order="sorted")),
            household=self.keys.household(*household),
            due_at=next_due_at(complaint, self.policy),
            origin=origin,
        )

    def act(self, reference: str, command: commands.Command, by: str) -> History:
        """Carry out one command and keep what follows from it.

        Raises NotFoundError, RefusedError, or ChangedMeanwhileError when somebody
        else keeps acting first.
        """
        for attempt in range(_ATTEMPTS):
            history = self.complaints.load(tidied_reference(reference))
            after = self.decided(history, command, by)
            if after.records == history.records:
                return history
            try:
                self.complaints.keep(history, after, next_due_at(after.complaint, self.policy))
            except ChangedMeanwhileError:
                if attempt + 1 == _ATTEMPTS:
                    raise
            else:
                return after
        raise ChangedMeanwhileError

    def decided(self, history: History, command: commands.Command, by: str) -> History:
        """The history after a command; nothing is kept. Raises RefusedError."""
        now = self.clock.now()
        happenings = decide(history.complaint, command, self.grounds(history), now)
        return history.extended(happenings, now, by)

    def grounds(self, history: History) -> Grounds:
        """The policy, the staff of this moment, and whom the resident complains about."""
        directory = self.staff.directory()
        complaint = history.complaint
        place = Post("", complaint.community, complaint.about)
        person = history.words.get("person", "")
        shunned = directory.complained_about(person, place, self.policy)
        return Grounds(self.policy, directory, shunned)

    def look(self, reference: str, code: str) -> History:
        """The complaint that a resident may see. Raises NotFoundError for a wrong code too."""
        tidied = tidied_reference(reference)
        if not self.keys.accepts(tidied, code):
            raise NotFoundError
        return self.complaints.load(tidied)


def _tidy(typed: str) -> str:
    """A building or unit as one household writes it today and another way tomorrow."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).casefold()

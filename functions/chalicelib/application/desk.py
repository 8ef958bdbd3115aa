"""The desk: takes complaints in and carries out verbs on them. Load, decide, keep."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from chalicelib.application.history import History, begun
from chalicelib.application.households import household_keys
from chalicelib.application.intake import Intake
from chalicelib.application.keys import Keys
from chalicelib.application.merging import target_of
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.staff import StaffReader
from chalicelib.application.records import Dossier, Line, Submitted
from chalicelib.domain import commands, permissions
from chalicelib.domain.decide import decide
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.decisions.receiving import receive
from chalicelib.domain.errors import ChangedMeanwhileError, FormUsedError, NotFoundError
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.events import ContactCorrected, NewEvent
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.domain.references import tidied_reference
from chalicelib.domain.staff import Directory, Post, Staff

_ATTEMPTS = 3


@dataclass(frozen=True)
class Desk:
    """The verbs, over the ports."""

    policy: Policy
    organisation: Organisation
    complaints: Complaints
    staff: StaffReader
    keys: Keys
    clock: Clock

    def with_staff(self, staff: StaffReader) -> "Desk":
        """The same desk, which asks this directory who there is."""
        return replace(self, staff=staff)

    def receive(
        self, intake: Intake, channel: str, by: str = "", tied: Iterable[NewEvent] = ()
    ) -> Complaint:
        """Take a complaint in, with one request to the table (6.1).

        `by` is the member of staff who wrote it down, if any; `tied` is what happened
        before there was a complaint and belongs to it, as a call for help.
        The same form sent again gives the complaint kept before; raises
        FormUsedError when it was sent before with other content.
        """
        for _ in range(_ATTEMPTS):
            now = self.clock.now()
            history = self.begun(intake, channel, self.keys.reference(intake.form_id), now, by)
            history = history.extended(tied, now, by or channel)
            try:
                return self.submit(history, intake).complaint
            except FormUsedError:
                if intake.form_id:
                    raise
        raise FormUsedError

    def begun(
        self, intake: Intake, channel: str, reference: str, now: datetime, by: str = ""
    ) -> History:
        """A new complaint's history, received at `now` by somebody of the staff or a channel."""
        command = intake.received(reference, channel, now)
        return begun(receive(command, self.policy, now), now, by=by or channel)

    def submit(self, history: History, intake: Intake, origin: str = "") -> Submitted:
        """Keep a new complaint with its digest, households and first due time."""
        complaint = history.complaint
        return self.complaints.submit(
            history,
            digest=self.keys.digest(msgspec.json.encode(intake, order="sorted")),
            households=household_keys(complaint.community, intake.words, self.keys),
            due_at=next_due_at(complaint, self.policy),
            origin=origin,
        )

    def act(
        self, reference: str, command: commands.Command, by: str, version: int | None = None
    ) -> History:
        """Carry out one command and keep what follows from it.

        `version` is the one that the person acting had before her. Raises NotFoundError,
        RefusedError, or ChangedMeanwhileError when the complaint has gone on since, or
        when somebody else keeps acting first.
        """
        for attempt in range(_ATTEMPTS):
            history = self.complaints.load(tidied_reference(reference))
            if version not in (None, history.complaint.version):
                raise ChangedMeanwhileError
            after = self.decided(history, command, by)
            if after.records == history.records:
                return history
            if isinstance(command, commands.Merge):
                self._absorb(command, history)
            try:
                self._save(history, after)
            except ChangedMeanwhileError:
                if attempt + 1 == _ATTEMPTS:
                    raise
            else:
                return after
        raise ChangedMeanwhileError

    def decided(self, history: History, command: commands.Command, by: str) -> History:
        """The history after a command; nothing is kept. Raises RefusedError."""
        now = self.clock.now()
        new_events = decide(history.complaint, command, self.context(history), now)
        return history.extended(new_events, now, by)

    def context(
        self, history: History | Line, directory: Directory | None = None
    ) -> DecisionContext:
        """The policy, the staff of this moment, and whom the resident complains about.

        `directory` is the one that was read for this very request, if it was.
        """
        directory = directory or self.staff.directory()
        complaint = history.complaint
        place = Post("", complaint.community, complaint.about)
        person = history.words.get("person", "")
        conflicted_staff = directory.complained_about(person, place, self.policy)
        return DecisionContext(self.policy, directory, conflicted_staff, history.words)

    def dossier(self, reference: str, staff: Staff) -> Dossier:
        """Everything about a complaint, for one who may see it. Raises NotFoundError."""
        found = self.complaints.dossier(tidied_reference(reference))
        if not permissions.may(staff, "see", found.history.complaint):
            raise NotFoundError
        return found

    def look(self, reference: str, code: str) -> History:
        """The complaint that a resident may see. Raises NotFoundError for a wrong code too."""
        tidied = tidied_reference(reference)
        if not self.keys.may_open(tidied, code):
            raise NotFoundError
        history = self.complaints.load(tidied)
        if not self.keys.accepts(tidied, code, history.complaint.code_version):
            raise NotFoundError
        return history

    def _save(self, before: History, after: History) -> None:
        """Keep what is new; one whose contact was corrected is found by it from now on."""
        complaint, new = after.complaint, after.since(before)
        corrected = any(isinstance(one.event, ContactCorrected) for one in new)
        households = household_keys(complaint.community, after.words, self.keys)
        due_at = next_due_at(complaint, self.policy)
        self.complaints.save(before, after, due_at, households if corrected else None)

    def _absorb(self, command: commands.Merge, source: History) -> None:
        """The other complaint takes it in first, so that no failure leaves it half merged."""
        target = target_of(command, source, self.complaints, self.keys)
        absorb = commands.Absorb(source.complaint.reference)
        self.act(target.complaint.reference, absorb, command.by)

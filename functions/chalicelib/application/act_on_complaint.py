"""Carries out a verb on a complaint: load, decide, save, whoever else acts at the same time."""

from contextlib import suppress
from dataclasses import dataclass

from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.decided import decided
from chalicelib.application.history import History
from chalicelib.application.households import household_keys
from chalicelib.application.keys import Keys
from chalicelib.application.merging import target_of
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.complaints import Complaints
from chalicelib.domain.commands import Absorb, Command, Merge
from chalicelib.domain.errors import ChangedMeanwhileError
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.events import ContactCorrected
from chalicelib.domain.policy import Policy
from chalicelib.domain.references import tidied_reference
from chalicelib.domain.staff import Directory

_ATTEMPTS = 3


@dataclass(frozen=True)
class ActOnComplaint:
    """Every verb but the first, which is to submit."""

    complaints: Complaints
    contexts: DecisionContexts
    keys: Keys
    clock: Clock

    def act(self, reference: str, command: Command, by: str) -> History:
        """Carry out a command on the complaint of this reference, as people type it.

        Raises NotFoundError, and whatever `act_on` raises.
        """
        return self.act_on(self.complaints.load(tidied_reference(reference)), command, by)

    def act_on(
        self,
        history: History,
        command: Command,
        by: str,
        version: int | None = None,
        directory: Directory | None = None,
    ) -> History:
        """Carry out a command on a history that is loaded already; save what follows.

        It is loaded again only where somebody else came between. `version` is the one that
        the person acting had before them: then nothing is decided again behind their back.
        `directory` is the one that was read for this very request, if it was.
        Raises RefusedError, or ChangedMeanwhileError when the complaint has gone on since
        that version, or when somebody else keeps acting first.
        """
        for attempt in range(_ATTEMPTS):
            if attempt:
                history = self.complaints.load(history.complaint.reference)
            if version not in (None, history.complaint.version):
                break
            with suppress(ChangedMeanwhileError):
                return self._carry_out(history, command, by, directory)
        raise ChangedMeanwhileError

    def _carry_out(
        self, history: History, command: Command, by: str, directory: Directory | None
    ) -> History:
        context = self.contexts.of(history, directory)
        after = decided(history, command, context, self.clock.now(), by)
        if not after.since(history):
            return history
        if isinstance(command, Merge):
            self._absorb(command, history, context.directory)
        self._save(history, after, context.policy)
        return after

    def _save(self, before: History, after: History, policy: Policy) -> None:
        """Save what is new; one whose contact was corrected is found by it from now on."""
        complaint, new = after.complaint, after.since(before)
        corrected = any(isinstance(one.event, ContactCorrected) for one in new)
        households = household_keys(complaint.community, after.words, self.keys)
        due_at = next_due_at(complaint, policy)
        self.complaints.save(before, after, due_at, households if corrected else None)

    def _absorb(self, command: Merge, source: History, directory: Directory) -> None:
        """The other complaint takes it in first, so that no failure leaves it half merged."""
        target = target_of(command, source, self.complaints, self.keys)
        absorb = Absorb(source.complaint.reference, source.complaint.may_be_meant)
        self.act_on(target, absorb, command.by, directory=directory)

"""Carries out a verb on a complaint: load, decide, save, whoever else acts at the same time."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from msgspec.structs import replace

from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.decided import decided
from chalicelib.application.history import History
from chalicelib.application.households import household_keys
from chalicelib.application.keys import Keys
from chalicelib.application.mentions import Mentions, entry_name, lessons_that_name
from chalicelib.application.merging import Changed, Merging
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.complaints import Complaints
from chalicelib.domain.commands import Command, Erase, Merge, PassDown, Separate
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.errors import ChangedMeanwhileError, RefusedError
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.events import ContactCorrected, EventRecord
from chalicelib.domain.model import OTHER_RESIDENT, RESIDENT
from chalicelib.domain.policy import Policy
from chalicelib.domain.references import tidied_reference
from chalicelib.domain.staff import Directory

_ATTEMPTS = 3


@dataclass(frozen=True)
class ActOnComplaint:
    """Every verb but the first, which is to submit."""

    complaints: Complaints
    contexts: DecisionContexts
    merging: Merging
    keys: Keys
    clock: Clock
    mentions: Callable[[], Mentions]

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
        if isinstance(command, Merge):
            return self._merge(history, command, context)
        if isinstance(command, Erase):
            command = self._with_mentions(command, history)
        after = decided(history, command, context, self.clock.now(), by)
        if not after.since(history):
            return history
        self._save(history, after, context.policy)
        if isinstance(command, Separate):
            with suppress(ChangedMeanwhileError):  # The stream brings it too.
                self.pass_on(after.since(history), after)
        return after

    def _with_mentions(self, command: Erase, history: History) -> Erase:
        """The same, with what else there is about the resident."""
        entries = tuple(entry_name(one) for one in self.mentions().entries(history))
        return replace(command, entries=entries, lessons=bool(lessons_that_name(history)))

    def pass_on(self, records: Iterable[EventRecord], history: History) -> None:
        """Let those that go on as one with it know of these records; each is recorded once.

        What is refused there is for good: it has ended or was separated meanwhile.
        """
        for record in records:
            for reference, command in self.merging.after(record, history):
                with suppress(RefusedError):
                    after = self.act(reference, command, _by_there(record))
                    self._answer(command, after)

    def _answer(self, command: Command, after: History) -> None:
        """What came of being told goes back up at once: that its resident has an answer."""
        if isinstance(command, PassDown):
            came = (one for one in after.records if one.origin == command.origin)
            self.pass_on(came, after)

    def _merge(self, source: History, command: Merge, context: DecisionContext) -> History:
        """The survivor takes it in first; whatever comes between then, the stream lets it join."""
        now, directory = self.clock.now(), context.directory
        survivor, younger = self.merging.merged(source, command, now, directory)
        self._save_new(survivor, context.policy)
        with suppress(ChangedMeanwhileError):
            self._save_new(younger, context.policy)
        return self.complaints.load(source.complaint.reference)

    def _save_new(self, changed: Changed, policy: Policy) -> None:
        before, after = changed
        if after.since(before):
            self._save(before, after, policy)

    def _save(self, before: History, after: History, policy: Policy) -> None:
        """Save what is new; one whose contact was corrected is found by it from now on."""
        complaint, new = after.complaint, after.since(before)
        corrected = any(isinstance(one.event, ContactCorrected) for one in new)
        households = household_keys(complaint.community, after.words, self.keys)
        due_at = next_due_at(complaint, policy)
        self.complaints.save(before, after, due_at, households if corrected else None)


def _by_there(record: EventRecord) -> str:
    """Who did it, on the record of one that goes on with it: its own resident did nothing."""
    return OTHER_RESIDENT if record.by == RESIDENT else record.by

"""What a verb would do: the letters that would go out, word for word.

Nothing is saved and nothing is sent; the decision is the same one that acting makes.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from chalicelib.application.confidence import seen_history, seen_record
from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.decided import decided
from chalicelib.application.history import History
from chalicelib.application.keys import Keys
from chalicelib.application.merging import Changed, Merging
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.letter_writer import LetterText, LetterWriter
from chalicelib.domain.commands import Merge, PersonCommand
from chalicelib.domain.confidence import confided
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import Escalated, OwnerAssigned, StoodIn
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.notices import notices
from chalicelib.domain.staff import Directory, Staff

_ANYWAY = (OwnerAssigned, StoodIn, Escalated)
"""What stands on the record before a verb does, and is told with it or without it."""


class HiddenCodes(Keys):
    """Keys that tell nobody a resident's code: the staff are shown the resident's letter."""

    def __init__(self) -> None:
        super().__init__((), bytes)

    def code(self, reference: str, version: int = 1) -> str:  # noqa: ARG002 - the code's own
        """Dots, as many as a code has symbols."""
        return "····-····-····-····"


@dataclass(frozen=True)
class PreviewedLetter:
    """A letter that would go out: `to` is a staff id or ``resident``."""

    to: str
    letter: str
    written: LetterText

    @property
    def is_for_resident(self) -> bool:
        """Whether the resident would read it."""
        return self.to == RESIDENT


@dataclass(frozen=True)
class Preview:
    """Looks ahead at a verb. `writer` is one that writes hidden codes."""

    complaints: Complaints
    contexts: DecisionContexts
    merging: Merging
    clock: Clock
    writer: LetterWriter

    def letters(
        self, history: History, command: PersonCommand, directory: Directory | None = None
    ) -> tuple[PreviewedLetter, ...]:
        """The letters that would follow, the residents' first. Raises RefusedError.

        `directory` is the one that was read for this very request, if it was.
        """
        context = self.contexts.of(history, directory)
        actor = context.directory.person(command.by)
        found = [
            letter
            for before, after in self._changed(history, command, context)
            for letter in self._written(
                before, after, self.contexts.of(after, context.directory), actor
            )
        ]
        return tuple(sorted(found, key=lambda one: not one.is_for_resident))

    def kept_from(
        self, history: History, command: PersonCommand, directory: Directory
    ) -> tuple[str, ...]:
        """The departments that may not know who complains in what two merge into; none else."""
        if not isinstance(command, Merge):
            return ()
        (_, survivor), _ = self.merging.merged(history, command, self.clock.now(), directory)
        return confided(survivor.complaint)

    def _changed(
        self, history: History, command: PersonCommand, context: DecisionContext
    ) -> Iterator[Changed]:
        """Each complaint on whose record something would come; those that go on with it too."""
        now, directory = self.clock.now(), context.directory
        if isinstance(command, Merge):
            yield from self.merging.merged(history, command, now, directory)
            return
        after = decided(history, command, context, now, command.by)
        yield history, after
        for record in after.since(history):
            for reference, passed in self.merging.after(record, after):
                other = self.complaints.load(reference)
                others = self.contexts.of(other, directory)
                with suppress(RefusedError):
                    yield other, decided(other, passed, others, now, command.by)

    def _written(
        self, before: History, after: History, context: DecisionContext, actor: Staff | None
    ) -> Iterator[PreviewedLetter]:
        """Each letter with what the one who acts may see themselves, and no more."""
        directory = context.directory
        seen = seen_history(after, actor, directory)
        told = (one for one in after.since(before) if not isinstance(one.event, _ANYWAY))
        for record in told:
            for notice in notices(record, after.complaint, context):
                own = seen_record(record, after, actor, directory)
                written = self.writer.of_event(notice, own, seen, context)
                yield PreviewedLetter(notice.to, notice.letter, written)

"""Handing over several complaints at once, or taking them: one note, and one letter."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from msgspec.structs import replace

from chalicelib.application.act_on_complaint import ActOnComplaint
from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.decided import decided
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.records import Line
from chalicelib.domain.commands import HandOver
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError, RefusedError
from chalicelib.domain.permissions import may
from chalicelib.domain.staff import Directory, Staff


@dataclass(frozen=True)
class HandedOver:
    """What became of each, by reference: `refused` with why, None where it went on meanwhile."""

    done: tuple[str, ...]
    refused: dict[str, RefusedError | None]


@dataclass(frozen=True)
class HandingOver:
    """Does to each what the verb does to one; what is refused stops no other."""

    complaints: Complaints
    contexts: DecisionContexts
    act: ActOnComplaint
    clock: Clock

    def owned(self, staff: Staff, directory: Directory) -> dict[str, list[Line]]:
        """The open complaints that this person may hand over, by the id of who owns them."""
        found: dict[str, list[Line]] = {}
        for line in self.complaints.open():
            owner = directory.person(line.complaint.owner.staff or "")
            if owner and may(staff, "hand-over", line.complaint):
                found.setdefault(owner.id, []).append(line)
        return found

    def several(self, references: Iterable[str], owner: str, command: HandOver) -> HandedOver:
        """Hand over each that can be, and is still `owner`'s; the letter of the last tells of all.

        Asked of each first, so that the letter goes with one that will not be refused.
        """
        refused: dict[str, RefusedError | None] = {}
        fit = [one for one in references if self._fits(one, owner, command, refused)]
        done: list[str] = []
        for number, one in enumerate(fit, start=1):
            together = (*done, one) if number == len(fit) else ()
            told = replace(command, together=together if len(together) != 1 else None)
            if self._tried(one, told, refused):
                done.append(one)
        return HandedOver(tuple(done), refused)

    def _fits(
        self,
        reference: str,
        owner: str,
        command: HandOver,
        refused: dict[str, RefusedError | None],
    ) -> bool:
        with _kept(reference, refused):
            history = self.complaints.load(reference)
            if history.complaint.owner.staff != owner:
                raise ChangedMeanwhileError
            context = self.contexts.of(history)
            decided(history, command, context, self.clock.now(), command.by)
        return reference not in refused

    def _tried(
        self, reference: str, command: HandOver, refused: dict[str, RefusedError | None]
    ) -> bool:
        with _kept(reference, refused):
            self.act.act(reference, command, command.by)
        return reference not in refused


@contextmanager
def _kept(reference: str, refused: dict[str, RefusedError | None]) -> Iterator[None]:
    """Why it was refused is kept with the others."""
    try:
        yield
    except RefusedError as error:
        refused[reference] = error
    except (ChangedMeanwhileError, NotFoundError):
        refused[reference] = None

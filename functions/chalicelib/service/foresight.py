"""What a verb would bring about: the letters that would go out, as they would read.

Nothing is kept and nothing is sent; the decision is the very one that acting takes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.domain.commands import StaffCommand
from chalicelib.domain.events import Escalated, OwnerNamed, StoodIn
from chalicelib.domain.notices import notices
from chalicelib.domain.permissions import RESIDENT
from chalicelib.service.desk import Desk
from chalicelib.service.history import History
from chalicelib.service.keys import Keys
from chalicelib.service.letter_contents import LetterContents
from chalicelib.service.ports import Writer, Written

_ANYWAY = (OwnerNamed, StoodIn, Escalated)
"""What stands on the record before a verb does, and is told with it or without it."""


class HiddenCodes(Keys):
    """Keys that tell nobody a resident's code: a letter of hers is shown to the staff."""

    def __init__(self) -> None:
        super().__init__((), bytes)

    def code(self, reference: str, version: int = 1) -> str:  # noqa: ARG002 - the code's own
        """Dots, as many as a code has symbols."""
        return "····-····-····-····"


@dataclass(frozen=True)
class Foreseen:
    """A letter that would go out: `to` is a staff id or ``resident``."""

    to: str
    letter: str
    written: Written

    @property
    def is_hers(self) -> bool:
        """Whether the resident would read it."""
        return self.to == RESIDENT


@dataclass(frozen=True)
class Foresight:
    """Looks ahead at a verb."""

    desk: Desk
    contents: LetterContents
    writer: Writer

    def letters(self, history: History, command: StaffCommand) -> tuple[Foreseen, ...]:
        """The letters that would follow, the resident's first. Raises RefusedError."""
        after = self.desk.decided(history, command, command.by)
        found = self._written(history, after)
        return tuple(sorted(found, key=lambda one: not one.is_hers))

    def _written(self, before: History, after: History) -> Iterator[Foreseen]:
        grounds = self.desk.grounds(after)
        own = (one for one in after.since(before) if not isinstance(one.event, _ANYWAY))
        for record in own:
            for notice in notices(record, after.complaint, grounds):
                content = self.contents.of(notice, record, after, grounds)
                written = self.writer.write(notice.letter, str(content["language"]), content)
                yield Foreseen(notice.to, notice.letter, written)

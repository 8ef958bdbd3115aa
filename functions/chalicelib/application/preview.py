"""What a verb would bring about: the letters that would go out, as they would read.

Nothing is kept and nothing is sent; the decision is the very one that acting takes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.application.desk import Desk
from chalicelib.application.history import History
from chalicelib.application.keys import Keys
from chalicelib.application.ports.letter_writer import LetterText, LetterWriter
from chalicelib.domain.commands import PersonCommand
from chalicelib.domain.events import Escalated, OwnerAssigned, StoodIn
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.notices import notices
from chalicelib.views.letter_contents import LetterContents

_ANYWAY = (OwnerAssigned, StoodIn, Escalated)
"""What stands on the record before a verb does, and is told with it or without it."""


class HiddenCodes(Keys):
    """Keys that tell nobody a resident's code: a letter of hers is shown to the staff."""

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
    """Looks ahead at a verb."""

    desk: Desk
    contents: LetterContents
    writer: LetterWriter

    def letters(self, history: History, command: PersonCommand) -> tuple[PreviewedLetter, ...]:
        """The letters that would follow, the resident's first. Raises RefusedError."""
        after = self.desk.decided(history, command, command.by)
        found = self._written(history, after)
        return tuple(sorted(found, key=lambda one: not one.is_for_resident))

    def _written(self, before: History, after: History) -> Iterator[PreviewedLetter]:
        context = self.desk.context(after)
        own = (one for one in after.since(before) if not isinstance(one.event, _ANYWAY))
        for record in own:
            for notice in notices(record, after.complaint, context):
                content = self.contents.of(notice, record, after, context)
                written = self.writer.write(notice.letter, str(content["language"]), content)
                yield PreviewedLetter(notice.to, notice.letter, written)

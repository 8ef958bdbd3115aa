"""A sample letter, and what the handbook calls it."""

from dataclasses import dataclass

from docs.generator.samples.people import HEAD, MANAGER, SUPERVISOR

from chalicelib.application.ports.letter_writer import LetterText

_PARTS = {MANAGER.id: "owner", HEAD.id: "head", SUPERVISOR.id: "told"}
_IN_PARTS = ("alert", "escalated", "disputed", "reopened", "gathered")
"""Letters that ask something else of the owner, of the department's head, and of others."""

Samples = dict[str, LetterText]
"""Letters by name: ``reply``, or ``alert.owner`` where there is one for each part."""


@dataclass(frozen=True)
class SampleLetter:
    """A letter, to whom it goes, and the complaint it is about, if it is about one."""

    letter: str
    to: str
    reference: str
    written: LetterText

    @property
    def name(self) -> str:
        """What the handbook calls it; blank for a reader whose part it does not show."""
        if self.letter not in _IN_PARTS:
            return self.letter
        return f"{self.letter}.{_PARTS[self.to]}" if self.to in _PARTS else ""

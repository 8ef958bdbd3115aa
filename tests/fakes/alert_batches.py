"""Batches of alerts in dictionaries."""

from dataclasses import dataclass, field

from chalicelib.application.ports.letters import LetterHeldError
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError
from fakes.letters import FakeLetters


@dataclass
class FakeAlertBatches:
    """The `AlertBatches` port."""

    letters: FakeLetters
    held: dict = field(default_factory=dict)
    closed: set = field(default_factory=set)

    def hold(self, key, batch, claimed_at):
        """Both the letter's record and the batch, or neither."""
        if self.letters.claims.get(key) != claimed_at or key not in self.letters.held:
            raise LetterHeldError
        if batch in self.closed:
            raise ChangedMeanwhileError
        self.letters.keep_back(key, "gathered")
        self.held.setdefault(batch, set()).add(key.about.reference)

    def close(self, batch, now):  # noqa: ARG002 - the port's own
        """What it holds; nothing more goes in."""
        if batch not in self.held:
            raise NotFoundError
        self.closed.add(batch)
        return frozenset(self.held[batch])

    def ended(self, now):
        """What is over and not settled, oldest first."""
        over = [one for one in self.held if one.ends_at <= now]
        over.sort(key=lambda one: (one.ends_at, one.community, one.to))
        return [one for one in over if one not in self.letters.settled]

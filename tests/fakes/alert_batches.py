"""Gatherings and allowances in dictionaries."""

from dataclasses import dataclass, field

from chalicelib.application.ports.letters import LetterHeldError
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError
from fakes.letters import FakeLetters


@dataclass
class FakeGatherings:
    """The `AlertBatches` port."""

    letters: FakeLetters
    held: dict = field(default_factory=dict)
    closed: set = field(default_factory=set)

    def hold(self, key, batch, claimed_at):
        """Both the letter's record and the gathering, or neither."""
        if self.letters.claims.get(key) != claimed_at or key not in self.letters.held:
            raise LetterHeldError
        if batch in self.closed:
            raise ChangedMeanwhileError
        self.letters.keep_back(key, "gathered")
        self.held.setdefault(batch, set()).add(key.subject.removeprefix("C#"))

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
        return [one.post for one in over if one.post not in self.letters.settled]


@dataclass
class FakeAllowances:
    """The `RateLimits` port."""

    taken: dict = field(default_factory=dict)

    def take(self, name, letter, most, until):  # noqa: ARG002 - the port's own
        """Whether there is room, or it was let through before."""
        let_through = self.taken.setdefault(name, set())
        if len(let_through) < most:
            let_through.add(letter)
        return letter in let_through and most > 0

"""How many letters were let through, in a dictionary."""

from dataclasses import dataclass, field


@dataclass
class FakeRateLimits:
    """The `RateLimits` port."""

    taken: dict = field(default_factory=dict)

    def take(self, name, letter, most, until):  # noqa: ARG002 - the port's own
        """Whether there is room, or it was let through before."""
        let_through = self.taken.setdefault(name, set())
        if len(let_through) < most:
            let_through.add(letter)
        return letter in let_through and most > 0

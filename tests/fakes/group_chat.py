"""A group chat that keeps what is said, and fails as it is told to."""

from dataclasses import dataclass, field


@dataclass
class FakeGroupChat:
    """The `GroupChat` port. `fails` is raised in the place of an answer."""

    said: list = field(default_factory=list)
    tried: int = 0
    fails: Exception | None = None
    most_bytes: int = 2048

    def say(self, text):
        """Keep it."""
        self.tried += 1
        if self.fails:
            raise self.fails
        self.said.append(text)

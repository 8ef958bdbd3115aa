"""Receipts that wait, in a dictionary."""

from dataclasses import dataclass, field

from fakes.letters import FakeLetters


@dataclass
class FakeWaitingLetters:
    """The `WaitingLetters` port."""

    letters: FakeLetters
    places: dict = field(default_factory=dict)

    def __post_init__(self):
        self.letters.waiting = self.places

    def wait(self, entry, lane, until, received_at):
        """From now on it waits there."""
        self.places[entry] = (lane, until.replace(microsecond=0), received_at, entry.name)

    def in_lane(self, lane, until):
        """What waits there and is not settled, oldest first."""
        found = [
            one
            for one, place in self.places.items()
            if place[0] == lane and place[1] <= until and one not in self.letters.settled
        ]
        return sorted(found, key=self.places.get)

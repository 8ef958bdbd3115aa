"""The round book in a variable."""

from dataclasses import dataclass, field, replace

from chalicelib.service.round_book import LastRounds


@dataclass
class FakeRoundBook:
    """The `RoundBook` port."""

    stands: LastRounds = field(default_factory=LastRounds)

    def begin(self, now):
        """Write down when."""
        self.stands = replace(self.stands, began_at=now)
        return self.stands

    def finish(self, done):
        """Write it over the one before."""
        self.stands = replace(self.stands, finished=done)

    def last(self):
        """What was written."""
        return self.stands

"""The record of letters in dictionaries; what is unsettled follows from what was saved."""

from dataclasses import dataclass, field
from datetime import timedelta

from chalicelib.application.ports.letters import LetterHeldError, OutboxEntry
from chalicelib.application.records import SentLetter
from fakes.complaints import FakeComplaints
from fakes.imports import FakeImports
from fakes.workday_starts import FakeMornings

LEASE = timedelta(minutes=2)


@dataclass
class FakeLetters:
    """The `Letters` port."""

    complaints: FakeComplaints
    imports: FakeImports
    mornings: FakeMornings = field(default_factory=FakeMornings)
    held: dict = field(default_factory=dict)
    sent: dict = field(default_factory=dict)
    settled: set = field(default_factory=set)
    claims: dict = field(default_factory=dict)
    kept_back: dict = field(default_factory=dict)

    def claim(self, key, letter, now):
        """Hold the letter, unless it is dealt with."""
        if key in self.sent or key in self.kept_back:
            return False
        if key in self.held and self.held[key][1] >= now:
            raise LetterHeldError
        self.held[key] = (letter, now + LEASE)
        self.claims[key] = now
        self._tell(key, letter, "claimed", now)
        return True

    def mark_sent(self, key, now, message_id):
        """From now on it was sent."""
        letter, _ = self.held.pop(key)
        self.sent[key] = (letter, now, message_id)
        self._tell(key, letter, "sent", now)

    def release(self, key):
        """Hold it no more."""
        self.held.pop(key, None)

    def withhold(self, key):
        """It is never sent."""
        self.keep_back(key, "withheld")

    def keep_back(self, key, state):
        """From now on it is dealt with, and was not sent."""
        letter, _ = self.held.pop(key)
        self.kept_back[key] = state
        self._tell(key, letter, state, self.claims[key])

    def settle(self, post):
        """From now on nothing of the event is to go out."""
        self.settled.add(post)

    def unsettled(self, before):
        """What was saved before this instant and is not settled, oldest first."""
        found = [(at, post) for at, post in self._posts() if at < before]
        found.sort(key=lambda one: (one[0], one[1].subject, one[1].number))
        return [post for _, post in found if post not in self.settled]

    def _tell(self, key, letter, state, now):
        """The complaint's dossier has each letter as it stands."""
        self.complaints.letters[key] = SentLetter(key.number, key.to, letter, state, now)

    def _posts(self):
        for reference, kept in self.complaints.saved.items():
            for record in kept.history.records:
                yield record.at, OutboxEntry(f"C#{reference}", record.number)
        for run_id, (_, at) in self.imports.runs.items():
            yield at, OutboxEntry(f"IMPORT#{run_id}", 1)
        yield from ((at, one.post) for one, at in self.mornings.begun.items())
        for subject, page in self.complaints.duty_log.pages.items():
            yield from (
                (one.at, OutboxEntry(subject, one.number)) for one in page if one.kind == "call"
            )

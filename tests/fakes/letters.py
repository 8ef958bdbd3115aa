"""The record of letters in dictionaries; what is unsettled follows from what was saved."""

from dataclasses import astuple, dataclass, field
from datetime import timedelta

from chalicelib.application.outbox import ComplaintEvent, EntryWritten, ImportFinished
from chalicelib.application.ports.letters import LetterHeldError
from chalicelib.application.records import SentLetter
from chalicelib.domain.delivery import TO_SEE_TO, before
from chalicelib.domain.errors import NotFoundError
from fakes.complaints import FakeComplaints
from fakes.imports import FakeImports
from fakes.staff_log import FakeStaffLog
from fakes.workday_starts import FakeWorkdayStarts

LEASE = timedelta(minutes=2)


@dataclass
class FakeLetters:
    """The `Letters` port."""

    complaints: FakeComplaints
    imports: FakeImports
    workday_starts: FakeWorkdayStarts = field(default_factory=FakeWorkdayStarts)
    held: dict = field(default_factory=dict)
    sent: dict = field(default_factory=dict)
    settled: set = field(default_factory=set)
    claims: dict = field(default_factory=dict)
    kept_back: dict = field(default_factory=dict)
    waiting: dict = field(default_factory=dict)
    first_tries: dict = field(default_factory=dict)
    staff_log: FakeStaffLog = field(default_factory=FakeStaffLog)

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

    def claim_all(self, letters, now):
        """Hold them all, if each is free."""
        held = any(key in self.held and self.held[key][1] >= now for key in letters)
        if held or any(key in self.sent or key in self.kept_back for key in letters):
            return False
        return all(self.claim(key, letter, now) for key, letter in letters.items())

    def mark_sent(self, key, now, message_id):
        """From now on it was sent, unless more is known already."""
        if key not in self.held:
            return
        letter, _ = self.held.pop(key)
        self.sent[key] = (letter, now, message_id)
        self._tell(key, letter, "sent", now, now)

    def tell(self, report):
        """From now on it is in this state, if that is further."""
        known = self.find(report.key)
        if known is None:
            raise NotFoundError
        if known.state not in before(report.state):
            return known
        self.held.pop(report.key, None)
        self.sent.setdefault(report.key, (known.letter, report.at, ""))
        sent_at = known.sent_at or report.sent_at
        self._tell(report.key, known.letter, report.state, report.at, sent_at)
        return self.find(report.key)

    def find(self, key):
        """As it stands."""
        return self.complaints.letters.get(key)

    def undelivered(self, since):
        """Those that somebody has to see to, the newest first."""
        found = [
            (key, one)
            for key, one in self.complaints.letters.items()
            if one.state in TO_SEE_TO and one.at >= since
        ]
        return sorted(found, key=lambda one: one[1].at, reverse=True)

    def release(self, key):
        """Hold it no more."""
        self.held.pop(key, None)

    def tried(self, key, now):
        """Hold it no more, and keep since when it is tried."""
        self.release(key)
        return self.first_tries.setdefault(key, now)

    def withhold(self, key):
        """It is never sent."""
        self.keep_back(key, "withheld")

    def keep_back(self, key, state):
        """From now on it is dealt with, and was not sent."""
        letter, _ = self.held.pop(key)
        self.kept_back[key] = state
        self._tell(key, letter, state, self.claims[key])

    def settle(self, entry):
        """From now on nothing of the entry is to go out."""
        self.settled.add(entry)

    def unsettled(self, before):
        """What was saved before this instant and is not settled, oldest first."""
        found = [(at, entry) for at, entry in self._entries() if at < before]
        found.sort(key=lambda one: (one[0], type(one[1]).__name__, astuple(one[1])))
        gone = self.settled | self.waiting.keys()
        return [entry for _, entry in found if entry not in gone]

    def _tell(self, key, letter, state, now, sent_at=None):
        """The complaint's dossier has each letter as it stands."""
        number = getattr(key.about, "number", 1)
        self.complaints.letters[key] = SentLetter(number, key.to, letter, state, now, sent_at)

    def _entries(self):
        for reference, saved in self.complaints.saved.items():
            for record in saved.history.records:
                yield record.at, ComplaintEvent(reference, record.number)
        for run_id, (_, at) in self.imports.runs.items():
            yield at, ImportFinished(run_id)
        yield from ((one.at, entry) for entry, one in self.staff_log.addresses.items())
        yield from ((at, one) for one, at in self.workday_starts.begun.items())
        for page in self.complaints.duty_log.pages.values():
            calls = (one for one in page if one.kind == "call")
            yield from ((one.at, EntryWritten(one.community, one.on, one.number)) for one in calls)

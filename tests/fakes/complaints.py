"""Complaints in a dictionary."""

from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.application.history import History, occurred_at
from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.ports.letters import LetterKey
from chalicelib.application.records import Dossier, Lesson, Line, SentLetter, Submitted
from chalicelib.domain.errors import ChangedMeanwhileError, FormUsedError, NotFoundError
from chalicelib.domain.events import Closed, Erased, HelpCalled
from fakes.duty_log import FakeDutyLog
from support.values import replace


@dataclass(frozen=True)
class Saved:
    """What stands under one reference."""

    history: History
    digest: str
    origin: str
    due_at: datetime | None
    households: frozenset[str]


@dataclass
class FakeComplaints:
    """The `Complaints` port. Letters and lessons are theirs who have ports of their own."""

    saved: dict[str, Saved] = field(default_factory=dict)
    duty_log: FakeDutyLog = field(default_factory=FakeDutyLog)
    letters: dict[LetterKey, SentLetter] = field(default_factory=dict)
    lessons: list[Lesson] = field(default_factory=list)
    access: dict = field(default_factory=dict)

    def submit(self, history, digest, households, due_at, origin=""):
        """Save it, or answer with what stands."""
        fresh = Saved(history, digest, origin, due_at, frozenset(households.values()))
        stood = self.saved.setdefault(history.complaint.reference, fresh)
        if stood.digest != digest:
            raise FormUsedError
        return Submitted(stood.history.complaint, stood is fresh, stood.origin)

    def load(self, reference):
        """What stands, whole; read from its records each time, as from a table."""
        if reference not in self.saved:
            raise NotFoundError
        return History(self.saved[reference].history.records)

    def dossier(self, reference):
        """What stands, the letters about it, and who looked at it."""
        letters = [
            one
            for key, one in self.letters.items()
            if isinstance(key.about, ComplaintEvent) and key.about.reference == reference
        ]
        letters.sort(key=lambda one: (one.number, one.to))
        looks = self.access.get(reference, {}).values()
        latest_first = sorted(looks, key=lambda one: one.last_at, reverse=True)
        return Dossier(self.load(reference), tuple(letters), tuple(latest_first))

    def forget_texts(self, reference):
        """They went at once with the erasing."""

    def save(self, before, after, due_at, households=None):
        """Replace what stands, if it is what was loaded."""
        stood = self.saved[after.complaint.reference]
        if len(stood.history.records) != len(before.records):
            raise ChangedMeanwhileError
        found_by = stood.households if households is None else frozenset(households.values())
        fresh = replace(stood, history=after, due_at=due_at, households=found_by)
        for record in after.since(before):
            if isinstance(record.event, Erased):
                fresh = self._erased(fresh, record.event)
            if isinstance(record.event, Closed) and "lesson" in record.words:
                self._learn(record, after.complaint)
        self.saved[after.complaint.reference] = fresh

    def reschedule(self, complaint, due_at):
        """Another due time, if it is as it was read."""
        stood = self.saved[complaint.reference]
        if stood.history.complaint.version == complaint.version:
            self.saved[complaint.reference] = replace(stood, due_at=due_at)

    def due(self, now):
        """What is scheduled by now, earliest first, what is open before what has ended."""
        scheduled = {ref: one.due_at for ref, one in self.saved.items() if one.due_at}
        ended = {ref: not self.saved[ref].history.complaint.is_open for ref in scheduled}
        found = (ref for ref in scheduled if scheduled[ref] <= now)
        return sorted(found, key=lambda ref: (ended[ref], scheduled[ref]))

    def open(self):
        """What has not ended."""
        return tuple(line for line in self.lines(self.saved) if line.complaint.is_open)

    def visits(self):
        """What has ended, and is still scheduled."""
        ended = (line for line in self.lines(self.saved) if not line.complaint.is_open)
        return tuple(line for line in ended if line.due_at)

    def lines(self, references):
        """State and words of those that stand."""
        found = [self.saved[one] for one in dict.fromkeys(references) if one in self.saved]
        return tuple(Line(one.history.complaint, one.history.words, one.due_at) for one in found)

    def of_household(self, key):
        """Those saved under the key, newest first."""
        found = [ref for ref, one in self.saved.items() if key in one.households]
        received = {ref: self.saved[ref].history.complaint.received_at for ref in found}
        return tuple(sorted(found, key=lambda ref: (received[ref], ref), reverse=True))

    def happened(self, community, start, end):
        """The records of a community between two instants, without their words."""
        found = [
            (occurred_at(one), reference, one)
            for reference, saved in self.saved.items()
            if saved.history.complaint.community == community
            for one in saved.history.records
            if start <= occurred_at(one) < end
        ]
        found.sort(key=lambda one: (one[0], one[1], one[2].number))
        return tuple((reference, replace(one, words={})) for _, reference, one in found)

    def _erased(self, saved, event):
        """Its shape without a word, what the log says of it, and lessons that name somebody."""
        for entry in event.entries:
            self.duty_log.forget(saved.history.complaint.community, entry)
        if event.lessons:
            reference = saved.history.complaint.reference
            self.lessons[:] = [one for one in self.lessons if one.reference != reference]
        for record in saved.history.records:
            if isinstance(record.event, HelpCalled) and record.event.entry:
                self.duty_log.forget(saved.history.complaint.community, record.event.entry)
        bare = tuple(replace(one, words={}) for one in saved.history.records)
        return replace(saved, history=History(bare), households=frozenset())

    def _learn(self, record, complaint):
        where = complaint.category, complaint.community, complaint.reference
        self.lessons.append(Lesson(*where, record.at, record.words["lesson"]))

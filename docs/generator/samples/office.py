"""An office that decides and writes as the real one does, and remembers one story alone.

The engine decides, the policy says who is told, and the product's own writer writes; nothing
is sent, and nothing is kept beyond the story.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from docs.generator.engine_runs import EngineRun, received
from docs.generator.moments import at
from docs.generator.samples.people import STAFF
from docs.generator.samples.words import SampleWords
from docs.generator.samples.written import SampleLetter, Samples
from msgspec import structs

from chalicelib.application.batch_letters import BatchLetters
from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.delivery import Outgoing
from chalicelib.application.intake import FormReader
from chalicelib.application.keys import Keys
from chalicelib.application.morning_letters import MorningLetters
from chalicelib.application.outbox import AlertBatch, OutboxEntry, WorkdayStart
from chalicelib.application.ports.letter_writer import LetterText
from chalicelib.application.records import Line
from chalicelib.domain import commands
from chalicelib.domain.deadlines import return_visit
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.delivery import DELIVERED
from chalicelib.domain.joined import part_of
from chalicelib.domain.model import BY_MAIL
from chalicelib.domain.notices import Notice, notices
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import Directory, Staff
from chalicelib.letters.templates import LetterTemplates
from chalicelib.letters.writer import TemplateLetterWriter
from chalicelib.policy import load_organisation
from chalicelib.views.letter_contents import LetterContents

ORGANISATION = load_organisation()
KEYS = Keys((b"a made-up key",), bytes)
_SITE = "https://desk.example"
_TEMPLATES = LetterTemplates()
_FACTS = {
    "community": "jade-lake",
    "happened_at": "2026-11-20",
    "about": "engineering",
    "category": "water_leak",
    "cause": "service",
    "hurt": "no",
    "phone": "138 0000 0000",
    "email": "li@example.com",
}
"""What a form says where the story says nothing else: service at fault, so important."""


@dataclass
class SampleOffice:
    """The office on a Monday morning, its staff all readers of the story's language."""

    policy: Policy
    said: SampleWords
    moment: datetime = field(default_factory=lambda: at("Monday 2026-11-23 10:00"))
    runs: dict[str, EngineRun] = field(default_factory=dict)
    letters: list[SampleLetter] = field(default_factory=list)

    def __post_init__(self) -> None:
        staff = (structs.replace(one, language=self.said.language) for one in STAFF)
        self.staff = {one.id: one for one in sorted(staff, key=lambda one: one.id)}
        contents = LetterContents(self.policy, ORGANISATION, KEYS, _SITE)
        self.writer = TemplateLetterWriter(contents, _TEMPLATES)

    def now(self) -> datetime:
        """The present instant of the story, in UTC."""
        return self.moment

    def directory(self) -> Directory:
        """The staff of this moment."""
        return Directory(tuple(self.staff.values()))

    @property
    def context(self) -> DecisionContext:
        """What decisions rest on at this moment."""
        return DecisionContext(self.policy, self.directory())

    def send_batch(self, batch: AlertBatch, references: Iterable[str]) -> None:
        """One letter of what waited about these complaints, by the product's own rules."""
        kept: Any = _KeptInStory(self, frozenset(references))
        contexts = DecisionContexts(self.policy, self, ORGANISATION.department_names)
        BatchLetters(self.policy, ORGANISATION, kept, kept, contexts, self.writer, kept, self).send(
            batch
        )

    def send_workday(self, start: WorkdayStart) -> None:
        """The letters with which a working day begins, of all complaints of the story."""
        kept: Any = _KeptInStory(self, frozenset(self.runs))
        contexts = DecisionContexts(self.policy, self, ORGANISATION.department_names)
        MorningLetters(self.policy, ORGANISATION, kept, contexts, self.writer, kept, self).send(
            start
        )

    def until(self, moment: str) -> Self:
        """The same office at another moment, as on the wall: "Monday 2026-11-23 10:00"."""
        self.moment = at(moment)
        return self

    def change(self, person: Staff, **changes: object) -> None:
        """A member of staff is as at first, but for these changes."""
        language = self.said.language
        self.staff[person.id] = structs.replace(person, language=language, **changes)

    def receive(
        self,
        form: Mapping[str, object],
        channel: str = "web",
        by: str = "",
        repeats: commands.Link | None = None,
        meant: frozenset[str] = frozenset(),
    ) -> str:
        """A form comes in, what it repeats is linked, its owner is named; its reference.

        `meant` are those whom it may be about.
        """
        intake = FormReader(self.policy, ORGANISATION).read({**_FACTS, **form}, self.moment)
        reference = KEYS.reference(intake.form_id)
        receipt = intake.received(reference, channel, self.moment)
        run = received(receipt, self.context.passing_over(meant), by)
        for command in (repeats, commands.AssignOwner()):
            run = run.after(command, self.moment) if command else run
        self._keep(reference, run, already_written=0)
        return reference

    def act(self, reference: str, command: commands.Command, by: str = "clock") -> None:
        """Somebody does something, or the clock does, and letters follow from it."""
        before = replace(self.runs[reference], context=self.context)
        after = before.after(command, self.moment, by)
        self._keep(reference, after, already_written=len(before.records))
        self._deliver(reference)

    def _deliver(self, reference: str) -> None:
        """What was sent has arrived."""
        for word in self.runs[reference].complaint.unconfirmed:
            told = commands.RecordDelivery(word.number, "", DELIVERED, self.moment)
            self.act(reference, told, BY_MAIL)

    def merge(self, reference: str, into: str, by: str, reason: str) -> None:
        """A neighbour's complaint goes on under another, which takes it in first."""
        part = part_of(self.runs[reference].complaint, reference)
        self.act(into, commands.Absorb((part,), reason=reason), by)
        self.act(reference, commands.Join(self.runs[into].complaint, reason=reason), by)

    def dispute(self, reference: str, by: str, text: str) -> None:
        """A neighbour says that it is not solved, which opens what theirs goes on under."""
        self.act(reference, commands.Dispute(by, text, "telephone"))
        run = self.runs[reference]
        part, into = part_of(run.complaint, reference), run.complaint.merged_into or ""
        number = run.complaint.version
        self.act(into, commands.PassUp("disputed", number, (part,)), by)

    def separate(self, reference: str, by: str, reason: str) -> None:
        """Both go on by themselves again."""
        into = self.runs[reference].complaint.merged_into or ""
        self.act(into, commands.LetGo((reference,)), by)
        self.act(reference, commands.Separate(by, reason))

    def check_deadlines(self) -> None:
        """What time has brought of each complaint, as the sweep finds it."""
        for reference in self.runs:
            self.act(reference, commands.CheckDeadlines())

    def keep(self, notice: Notice, written: LetterText, reference: str = "") -> None:
        """A letter was written."""
        self.letters.append(SampleLetter(notice.letter, notice.to, reference, written))

    def take(self) -> Samples:
        """The letters written since the last time, by name; of two alike, the later."""
        taken = {one.name: one.written for one in self.letters if one.name}
        self.letters.clear()
        return taken

    def take_by_reader(self) -> Samples:
        """The same by who reads them, the last to each."""
        taken = {one.to: one.written for one in self.letters}
        self.letters.clear()
        return taken

    def _keep(self, reference: str, run: EngineRun, already_written: int) -> None:
        self.runs[reference] = run
        history, context = run.history, run.context
        for record in run.records[already_written:]:
            for notice in notices(record, history.complaint, context):
                written = self.writer.of_event(notice, record, history, context)
                self.keep(notice, written, reference)


@dataclass(frozen=True)
class _KeptInStory:
    """What the product's rules ask of the table and of the post, answered from one story."""

    office: SampleOffice
    references: frozenset[str]

    def close(self, _: AlertBatch, __: datetime) -> frozenset[str]:
        """The references of what waited."""
        return self.references

    def lines(self, references: Iterable[str]) -> tuple[Line, ...]:
        """These complaints, as a list has them."""
        histories = (self.office.runs[one].history for one in references)
        return tuple(Line(one.complaint, one.words) for one in histories)

    def open(self) -> tuple[Line, ...]:
        """Those that are open, in the order in which they came in."""
        return tuple(one for one in self.lines(self.office.runs) if one.complaint.is_open)

    def visits(self) -> tuple[Line, ...]:
        """Those that ended and are still to be asked after."""
        policy = self.office.policy
        return tuple(
            one
            for one in self.lines(self.office.runs)
            if not one.complaint.is_open and return_visit(one.complaint, policy)
        )

    def send_each(self, _: OutboxEntry, letters: Iterable[Outgoing]) -> None:
        """Write each letter, and keep it with the story."""
        for one in letters:
            self.office.keep(one.notice, one.write().written)

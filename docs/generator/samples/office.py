"""An office that decides and writes as the real one does, and remembers one story alone.

The engine decides, the policy says who is told, and the product's own writer writes; nothing
is sent, and nothing is kept beyond the story.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self, cast

from docs.generator.engine_runs import EngineRun, received
from docs.generator.moments import at
from docs.generator.samples.people import STAFF
from docs.generator.samples.words import SampleWords
from docs.generator.samples.written import SampleLetter, Samples
from msgspec import structs

from chalicelib.application.desk import Desk
from chalicelib.application.intake import FormReader
from chalicelib.application.keys import Keys
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.records import Line
from chalicelib.domain import commands
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.notices import Notice, notices
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import Directory, Staff
from chalicelib.letters import LetterWriter
from chalicelib.policy import load_organisation
from chalicelib.views.letter_contents import LetterContents
from chalicelib.views.presentation import Content

ORGANISATION = load_organisation()
KEYS = Keys((b"a made-up key",), bytes)
_SITE = "https://desk.example"
_WRITER = LetterWriter()
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
        self.contents = LetterContents(self.policy, ORGANISATION, KEYS, _SITE)

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

    @property
    def desk(self) -> Desk:
        """Whom letters about many complaints ask for staff and time; it keeps no complaint."""
        none_kept = cast("Complaints", None)
        return Desk(self.policy, ORGANISATION, none_kept, self, KEYS, self)

    def line(self, reference: str) -> Line:
        """A complaint as a list has it."""
        history = self.runs[reference].history
        return Line(history.complaint, history.words)

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
    ) -> str:
        """A form comes in, what it repeats is linked, its owner is named; its reference."""
        intake = FormReader(self.policy, ORGANISATION).read({**_FACTS, **form}, self.moment)
        reference = KEYS.reference(intake.form_id)
        receipt = intake.received(reference, channel, self.moment)
        run = received(receipt, self.context, by)
        for command in (repeats, commands.AssignOwner()):
            run = run.after(command, self.moment) if command else run
        self._keep(reference, run, already_written=0)
        return reference

    def act(self, reference: str, command: commands.Command) -> None:
        """Somebody does something, or the clock does, and letters follow from it."""
        before = replace(self.runs[reference], context=self.context)
        after = before.after(command, self.moment)
        self._keep(reference, after, already_written=len(before.records))

    def take_stock(self) -> None:
        """What time has brought of each complaint, as the rounds find it."""
        for reference in self.runs:
            self.act(reference, commands.CheckDeadlines())

    def write(self, notice: Notice, content: Content, reference: str = "") -> None:
        """A letter is written, in its reader's language."""
        written = _WRITER.write(notice.letter, content["language"], content)
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
                content = self.contents.of(notice, record, history, context)
                self.write(notice, content, reference)

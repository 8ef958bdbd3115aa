"""The `LetterWriter` port: what the views say of a matter, put into the letters' templates."""

from dataclasses import dataclass

from chalicelib.application.history import History
from chalicelib.application.ports.letter_writer import BatchedAlerts, LetterText, MorningLetter
from chalicelib.application.records import ImportRun
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.events import EventRecord
from chalicelib.domain.notices import Notice
from chalicelib.domain.staff import Directory
from chalicelib.domain.staff_log import StaffRecord
from chalicelib.letters.templates import LetterTemplates
from chalicelib.views.batch_letter import BatchLetter
from chalicelib.views.letter_contents import LetterContents
from chalicelib.views.morning_letter import MorningLetterView
from chalicelib.views.presentation import Content


@dataclass(frozen=True)
class TemplateLetterWriter:
    """Writes letters from the folders here."""

    contents: LetterContents
    templates: LetterTemplates

    def of_event(
        self, notice: Notice, record: EventRecord, history: History, context: DecisionContext
    ) -> LetterText:
        """What somebody is told of an event of a complaint."""
        return self._written(notice, self.contents.of(notice, record, history, context))

    def of_entry(self, notice: Notice, entry: DutyLogEntry, context: DecisionContext) -> LetterText:
        """What the one who is called reads of an entry of the duty log (6.1.2)."""
        return self._written(notice, self.contents.of_entry(notice, entry, context))

    def of_import(self, notice: Notice, run: ImportRun, context: DecisionContext) -> LetterText:
        """What an owner reads of a spreadsheet that was taken in."""
        return self._written(notice, self.contents.of_import(notice, run, context))

    def of_address_change(
        self, notice: Notice, record: StaffRecord, context: DecisionContext
    ) -> LetterText:
        """What the old address of a member of staff reads, once letters go elsewhere."""
        return self._written(notice, self.contents.of_address_change(record, context))

    def of_batch(self, notice: Notice, alerts: BatchedAlerts, directory: Directory) -> LetterText:
        """The one letter of all alerts that waited."""
        presenter = self.contents.presenter(alerts.reader.language)
        return self._written(notice, BatchLetter(presenter, directory).content(alerts))

    def of_morning(self, notice: Notice, letter: MorningLetter, directory: Directory) -> LetterText:
        """The letter of a working day's morning (principle 3)."""
        presenter = self.contents.presenter(letter.reader.language)
        return self._written(notice, MorningLetterView(presenter, directory).content(letter))

    def _written(self, notice: Notice, content: Content) -> LetterText:
        answers_read = bool(self.contents.organisation.reply_to)
        content = content | {"answers_read": answers_read}
        return self.templates.write(notice.letter, content["language"], content)

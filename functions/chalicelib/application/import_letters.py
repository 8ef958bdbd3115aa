"""The summaries of a spreadsheet that was taken in, one to each owner."""

from dataclasses import dataclass
from functools import partial

from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.delivery import Delivery, Outgoing, staff_address
from chalicelib.application.outbox import ImportFinished
from chalicelib.application.ports.imports import Imports
from chalicelib.application.ports.letter_writer import LetterWriter
from chalicelib.application.ports.mailer import Mail
from chalicelib.application.records import ImportRun
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.notices import Notice


@dataclass(frozen=True)
class ImportLetters:
    """Tells each owner what came in."""

    imports: Imports
    contexts: DecisionContexts
    writer: LetterWriter
    delivery: Delivery

    def send(self, finished: ImportFinished) -> None:
        """Send the summaries of a run. Raises NotFoundError for an unknown one."""
        run = self.imports.run(finished.run_id)
        context = self.contexts.without_complaint()
        told = (Notice("import_summary", owner) for owner in run.owners)
        letters = (Outgoing(one, partial(self._mail, one, run, context)) for one in told)
        self.delivery.send_each(finished, letters)

    def _mail(self, notice: Notice, run: ImportRun, context: DecisionContext) -> Mail:
        to = staff_address(notice, context.directory)
        written = self.writer.of_import(notice, run, context)
        return Mail(to, written, thread=f"import-{run.id}")

"""The letter of a call for help that stands in the duty log (6.1.2)."""

from dataclasses import dataclass
from functools import partial

from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.delivery import Delivery, Outgoing, staff_address
from chalicelib.application.outbox import EntryWritten
from chalicelib.application.ports.duty_log import DutyLog
from chalicelib.application.ports.letter_writer import LetterWriter
from chalicelib.application.ports.mailer import Mail
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.duty_log import DutyLogEntry, notices_of_entry
from chalicelib.domain.notices import Notice


@dataclass(frozen=True)
class EntryLetters:
    """Tells the one who is called."""

    duty_log: DutyLog
    contexts: DecisionContexts
    writer: LetterWriter
    delivery: Delivery

    def send(self, written: EntryWritten) -> None:
        """Send the letter of an entry. Raises NotFoundError for one that was never written."""
        entry = self.duty_log.entry(written.community, written.on, written.number)
        context = self.contexts.without_complaint()
        letters = (
            Outgoing(notice, partial(self._mail, notice, entry, context))
            for notice in notices_of_entry(entry, context)
        )
        self.delivery.send_each(written, letters)

    def _mail(self, notice: Notice, entry: DutyLogEntry, context: DecisionContext) -> Mail:
        to = staff_address(notice, context.directory)
        written = self.writer.of_entry(notice, entry, context)
        return Mail(to, written, thread=f"log-{entry.community}-{entry.on:%Y-%m-%d}")

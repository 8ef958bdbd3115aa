"""The one letter of alerts that waited in a batch, as things stand when it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from chalicelib.application.confidence import seen_line
from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.delivery import Delivery, Outgoing
from chalicelib.application.outbox import AlertBatch
from chalicelib.application.ports.alert_batches import AlertBatches
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.letter_writer import BatchedAlerts, LetterWriter
from chalicelib.application.ports.mailer import Mail
from chalicelib.application.records import Line
from chalicelib.domain.alert_batching import BatchItem, batch_item, in_batch_order
from chalicelib.domain.notices import Notice
from chalicelib.domain.permissions import may
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.domain.staff import Directory, Staff


@dataclass(frozen=True)
class BatchLetters:
    """Tells one person of all that waited for them."""

    policy: Policy
    organisation: Organisation
    complaints: Complaints
    alert_batches: AlertBatches
    contexts: DecisionContexts
    writer: LetterWriter
    delivery: Delivery
    clock: Clock

    def send(self, batch: AlertBatch) -> None:
        """Close the batch and send its letter.

        There is none to a person who has left, or when all was erased meanwhile; what the reader
        may not open any more is left out. Raises NotFoundError for a batch into which nothing
        was ever put.
        """
        references = self.alert_batches.close(batch, self.clock.now())
        directory = self.contexts.without_complaint().directory
        self.delivery.send_each(batch, self._letters(batch, references, directory))

    def _letters(
        self, batch: AlertBatch, references: frozenset[str], directory: Directory
    ) -> Iterator[Outgoing]:
        lines = self.complaints.lines(sorted(references))
        reader = directory.person(batch.to)
        kept = [
            line
            for line in lines
            if not line.complaint.erased and may(reader, "see", line.complaint)
        ]
        if reader and kept:
            alerts = self._alerts(batch, kept, reader, directory)
            notice = Notice("gathered", reader.id)
            yield Outgoing(notice, partial(self._mail, notice, alerts, directory))

    def _alerts(
        self, batch: AlertBatch, lines: list[Line], reader: Staff, directory: Directory
    ) -> BatchedAlerts:
        items = [self._item(one, reader, directory) for one in lines]
        items.sort(key=lambda one: in_batch_order(one, self.policy))
        words = {one.complaint.reference: seen_line(one, reader).words for one in lines}
        return BatchedAlerts(batch, reader, tuple(items), words)

    def _item(self, line: Line, reader: Staff, directory: Directory) -> BatchItem:
        context = self.contexts.of(line, directory)
        return batch_item(line.complaint, reader, context, self.clock.now())

    def _mail(self, notice: Notice, alerts: BatchedAlerts, directory: Directory) -> Mail:
        written = self.writer.of_batch(notice, alerts, directory)
        return Mail(alerts.reader.email, written, thread=self._thread(alerts.batch))

    def _thread(self, batch: AlertBatch) -> str:
        """The letters of one day are one thread, that of the day on which they began to wait."""
        zone = self.organisation.community(batch.community).tz
        minutes = timedelta(minutes=self.policy.settings.gather_minutes)
        began_on = (batch.ends_at.astimezone(zone) - minutes).date()
        return f"alerts-{batch.community}-{began_on}"

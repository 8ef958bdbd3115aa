"""The letter to the address that a member of staff had, once letters go elsewhere."""

from dataclasses import dataclass
from functools import partial

from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.delivery import Delivery, Outgoing
from chalicelib.application.outbox import AddressChanged
from chalicelib.application.ports.letter_writer import LetterWriter
from chalicelib.application.ports.mailer import Mail
from chalicelib.application.ports.staff_log import StaffLog
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.notices import Notice
from chalicelib.domain.staff_log import StaffRecord, old_address


@dataclass(frozen=True)
class AddressLetters:
    """Tells the old address, so that nobody's account is taken over unnoticed."""

    log: StaffLog
    contexts: DecisionContexts
    writer: LetterWriter
    delivery: Delivery

    def send(self, changed: AddressChanged) -> None:
        """Send it. Raises NotFoundError for an unknown change."""
        record = self.log.address_change(changed)
        context = self.contexts.without_complaint()
        notice = Notice("address_changed", changed.staff_id)
        self.delivery.send_each(
            changed, [Outgoing(notice, partial(self._mail, notice, record, context))]
        )

    def _mail(self, notice: Notice, record: StaffRecord, context: DecisionContext) -> Mail:
        written = self.writer.of_address_change(notice, record, context)
        return Mail(old_address(record), written, thread=f"address-{record.staff}")

"""The notifier: sends the letters of whatever the outbox brings, each kind in its own way.

The stream brings each entry here; the sweep brings what the stream left behind, and
batches of alerts once they have ended.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from chalicelib.application.address_letters import AddressLetters
from chalicelib.application.batch_letters import BatchLetters
from chalicelib.application.entry_letters import EntryLetters
from chalicelib.application.event_letters import EventLetters
from chalicelib.application.first_letters import LetterWaitsError
from chalicelib.application.group_messages import GroupMessages
from chalicelib.application.import_letters import ImportLetters
from chalicelib.application.morning_letters import MorningLetters
from chalicelib.application.outbox import (
    AddressChanged,
    AlertBatch,
    ComplaintEvent,
    EntryWritten,
    ImportFinished,
    OutboxEntry,
    WorkdayStart,
)
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.letters import Letters


@dataclass(frozen=True)
class Notifier:
    """Sends what an entry of the outbox calls for."""

    of_event: EventLetters
    of_entry: EntryLetters
    of_import: ImportLetters
    of_batch: BatchLetters
    of_workday: MorningLetters
    of_address: AddressLetters
    letters: Letters
    clock: Clock
    group: GroupMessages | None = None

    def post(self, entry: OutboxEntry) -> None:
        """Send every letter of an entry, then settle it.

        Raises NotFoundError for what is not there, and whatever sending raises; the entry
        then stays unsettled and is tried again.
        """
        if not self._comes_too_early(entry):
            self._settle_once(partial(self._senders[type(entry)], entry), entry)

    def post_waiting(self, entry: ComplaintEvent) -> None:
        """The same for what waited until there was room."""
        self._settle_once(partial(self.of_event.send, entry, waited=True), entry)

    def _settle_once(self, send: Callable[[], None], entry: OutboxEntry) -> None:
        """Settle an entry once its letters were sent; what has to wait is not settled."""
        with suppress(LetterWaitsError):
            try:
                send()
            finally:
                # The group is a second channel: it is told whatever became of the letters.
                is_told = self.group is None or self.group.tell(entry)
            if is_told:
                self.letters.settle(entry)

    def _comes_too_early(self, entry: OutboxEntry) -> bool:
        """Whether it is a batch that the stream brings at once, before its end."""
        return isinstance(entry, AlertBatch) and self.clock.now() < entry.ends_at

    @cached_property
    def _senders(self) -> Mapping[type[OutboxEntry], Callable[[Any], None]]:
        """What sends the letters of each kind."""
        return {
            ComplaintEvent: self.of_event.send,
            EntryWritten: self.of_entry.send,
            ImportFinished: self.of_import.send,
            AlertBatch: self.of_batch.send,
            WorkdayStart: self.of_workday.send,
            AddressChanged: self.of_address.send,
        }

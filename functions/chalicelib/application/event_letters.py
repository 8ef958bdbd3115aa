"""The letters of one event of a complaint, and what is added to a new complaint first.

The complaint is loaded once; whatever is added to its record carries that history on.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace

from chalicelib.application.act_on_complaint import ActOnComplaint
from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.delivery import Delivery, Outgoing, staff_address
from chalicelib.application.history import History
from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.letter_writer import LetterWriter
from chalicelib.application.ports.mailer import Mail
from chalicelib.application.repeats import Repeats
from chalicelib.application.throttling import Matter
from chalicelib.domain.commands import AssignOwner
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.decisions.ending import closing_once_sent
from chalicelib.domain.errors import NotFoundError, RefusedError
from chalicelib.domain.events import (
    Erased,
    EventRecord,
    LetterDelivered,
    PartChanged,
    Received,
    Replied,
)
from chalicelib.domain.model import BY_CLOCK, OPERATOR, RESIDENT
from chalicelib.domain.notices import Notice, notices


@dataclass(frozen=True)
class EventLetters:
    """Tells everybody what happened to a complaint."""

    complaints: Complaints
    act: ActOnComplaint
    repeats: Repeats
    contexts: DecisionContexts
    writer: LetterWriter
    delivery: Delivery
    forget: Callable[[str], None]
    operator_email: str = ""

    def send(self, event: ComplaintEvent, *, waited: bool = False) -> None:
        """Send every letter of the event; it may have `waited` for its turn, which has come.

        Raises NotFoundError for an unknown complaint, RefusedError ``nobody_answers`` while
        no rung has anybody to own it, and whatever `Delivery.send_each` raises.
        """
        history = self.complaints.load(event.reference)
        record = history.record(event.number)
        history = self._prepared(history, record)
        history = self._passed_on(record, history)
        record = self._with_words(record)
        context = self.contexts.of(history)
        matter = Matter(history.complaint, record.by, history.words.get("email", ""), waited)
        self.delivery.send_each(event, self._letters(record, history, context), matter)
        self._close_if_asked(history, record)
        if history.complaint.owner.staff is None and history.complaint.is_open:
            raise RefusedError("nobody_answers", role=history.complaint.owner.role)

    def _prepared(self, history: History, record: EventRecord) -> History:
        """What follows before anybody is told: ties and an owner, or that texts and photos go."""
        if isinstance(record.event, Erased):
            self.forget(history.complaint.reference)
        if isinstance(record.event, Received) and history.complaint.is_open:
            return self._with_owner(self.repeats.recognise(history))
        return history

    def _passed_on(self, record: EventRecord, history: History) -> History:
        """The history, once those that go on as one with it know of the record, too."""
        self.act.pass_on((record,), history)
        complaint = history.complaint
        return self.complaints.load(complaint.reference) if complaint.parts else history

    def _with_words(self, record: EventRecord) -> EventRecord:
        """The words of what one of the others said, which stand on its own record alone."""
        if not isinstance(record.event, PartChanged):
            return record
        part = self.complaints.load(record.event.reference)
        said = {"text": ""} if part.complaint.erased else part.record(record.event.number).words
        return replace(record, words=said)

    def _with_owner(self, history: History) -> History:
        """The history with its owner named; unchanged where no rung has anybody (principle 1)."""
        try:
            return self.act.act_on(history, AssignOwner(), by=BY_CLOCK)
        except RefusedError:
            return history

    def _close_if_asked(self, history: History, record: EventRecord) -> None:
        """Close what was to be closed once its reply had arrived, in the name of who asked for it.

        It stays open where that can no longer be done, as when the resident disputed it. Raises
        ChangedMeanwhileError where somebody acted in between; the entry is then tried again.
        """
        reply = _arrived(record, history)
        if reply is None:
            return
        closing = closing_once_sent(reply, history.records[reply.number :])
        if closing is None:
            return
        with suppress(RefusedError, NotFoundError):
            seen = history.complaint.version
            self.act.act_on(history, closing, by=closing.by, version=seen)

    def _letters(
        self, record: EventRecord, history: History, context: DecisionContext
    ) -> Iterator[Outgoing]:
        for notice in notices(record, history.complaint, context):
            if notice.to == OPERATOR and not self.operator_email:
                continue
            yield Outgoing(notice, partial(self._mail, notice, record, history, context))

    def _mail(
        self, notice: Notice, record: EventRecord, history: History, context: DecisionContext
    ) -> Mail:
        outside = {RESIDENT: history.words.get("email", ""), OPERATOR: self.operator_email}
        to = outside.get(notice.to) or staff_address(notice, context.directory)
        written = self.writer.of_event(notice, record, history, context)
        return Mail(to, written, thread=history.complaint.reference)


def _arrived(record: EventRecord, history: History) -> EventRecord | None:
    """The reply of which the record says that its letter has reached its reader, if it does.

    Of one of those that go on as one, the last that all of them were to have.
    """
    match record.event:
        case LetterDelivered(number=number):
            return history.record(number)
        case PartChanged(kind="letter_delivered"):
            replies = (one for one in reversed(history.records) if isinstance(one.event, Replied))
            return next(replies, None)
        case _:
            return None

"""What is heard of a letter: it moves on in its life, and what it told counts or does not.

It may be heard twice, late or in another order: the record of letters keeps the furthest state, and
that is what the complaint is told, each time anew.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.act_on_complaint import ActOnComplaint
from chalicelib.application.history import History
from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.ports.letters import DeliveryReport, LetterKey, Letters
from chalicelib.domain.commands import RecordDelivery
from chalicelib.domain.delivery import (
    COUNTED,
    DELAYED,
    DELIVERED,
    FAILED,
    PRESUMED,
    SENT,
    STATES,
)
from chalicelib.domain.errors import NotFoundError, RefusedError
from chalicelib.domain.escalation import presumed_at
from chalicelib.domain.model import BY_CLOCK, BY_MAIL, RESIDENT, SentWord
from chalicelib.domain.policy import Policy


@dataclass(frozen=True)
class MailFeedback:
    """Takes in what the mail service tells, and what it does not tell in time."""

    policy: Policy
    letters: Letters
    act: ActOnComplaint

    def take(self, report: DeliveryReport) -> None:
        """Record it, and what follows. Raises NotFoundError for a letter that nobody sent."""
        known = self.letters.tell(report)
        self._tell(report.key, known.letter, known.state, known.sent_at)

    def unsent(self, key: LetterKey, letter: str, state: str, now: datetime) -> None:
        """A claimed letter is not sent, now or later; the complaint is told first.

        So that what breaks off between the two is done again with the letter.
        """
        self._tell(key, letter, state, None)
        self.letters.tell(DeliveryReport(key, state, now))

    def chase(self, history: History, now: datetime) -> History:
        """Settle what has been on its way for so long that it is taken to have arrived.

        What nobody took in for so long has failed. What was not sent yet waits.
        """
        complaint = history.complaint
        for word in complaint.unconfirmed:
            if presumed_at(word, complaint, self.policy) <= now:
                history = self._settled(history, word, now)
        return history

    def waits_for_letters(self, history: History, now: datetime) -> bool:
        """Whether something was sent so late that its time is not over yet."""
        return any(self._is_too_early(history, word, now) for word in history.complaint.unconfirmed)

    def _settled(self, history: History, word: SentWord, now: datetime) -> History:
        key = _key(history, word)
        known = self.letters.find(key)
        if known is None or self._is_too_early(history, word, now):
            return history
        state = _IN_THE_END.get(known.state, known.state)
        if state == FAILED:
            self.letters.tell(DeliveryReport(key, FAILED, now))
        command = RecordDelivery(word.number, known.letter, state, known.sent_at)
        by = BY_CLOCK if state == PRESUMED else BY_MAIL
        return self.act.act_on(history, command, by)

    def _is_too_early(self, history: History, word: SentWord, now: datetime) -> bool:
        known = self.letters.find(_key(history, word))
        if known is None or known.state not in _IN_THE_END:
            return False
        late = SentWord(number=word.number, at=known.sent_at or word.at, kind=word.kind)
        return presumed_at(late, history.complaint, self.policy) > now

    def _tell(self, key: LetterKey, letter: str, state: str, sent_at: datetime | None) -> None:
        """Tell the complaint, where it is about one and its resident's; no other's state counts."""
        if key.to != RESIDENT or not isinstance(key.about, ComplaintEvent):
            return
        if state not in _TELLING or (state == DELIVERED and letter not in COUNTED):
            return
        with suppress(RefusedError, NotFoundError):
            command = RecordDelivery(key.about.number, letter, state, sent_at)
            self.act.act(key.about.reference, command, by=BY_MAIL)


_IN_THE_END = {SENT: PRESUMED, DELAYED: FAILED}
"""What a letter of which no more is heard is taken to have come to."""
_TELLING = frozenset(STATES[STATES.index(DELIVERED) :])
"""The states that a complaint is told of."""


def _key(history: History, word: SentWord) -> LetterKey:
    return LetterKey(ComplaintEvent(history.complaint.reference, word.number), RESIDENT)

"""Sends letters: each is claimed, sent and marked, so that none is sent twice.

Those of one entry are claimed together, in one request; one by one where some of them are
held or dealt with.

Only losing the mail service's answer, or dying before the mark, could repeat one. A letter
whose answer was lost is held until its lease ends. What the service refuses for good is not sent
again, and what it has not taken for a day neither.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.application.mail_feedback import MailFeedback
from chalicelib.application.outbox import OutboxEntry
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.letters import LetterKey, Letters
from chalicelib.application.ports.mailer import Mail, Mailer, MailRefusedError
from chalicelib.application.throttling import Matter, Throttling
from chalicelib.domain.delivery import FAILED, REFUSED
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.notices import Notice
from chalicelib.domain.staff import Directory

GIVEN_UP_AFTER = timedelta(days=1)
"""How long a letter that cannot be handed over is tried again."""


@dataclass(frozen=True)
class Outgoing:
    """A letter that is called for; `write` makes it once it is claimed."""

    notice: Notice
    write: Callable[[], Mail]


@dataclass(frozen=True)
class Delivery:
    """Sends the letters of one entry of the outbox."""

    letters: Letters
    throttling: Throttling
    mailer: Mailer
    feedback: MailFeedback
    clock: Clock

    def send_each(
        self, about: OutboxEntry, letters: Iterable[Outgoing], matter: Matter | None = None
    ) -> None:
        """Send each letter; one that fails holds up no other. Raises the first failure.

        Letters about a `matter` may be kept back. Raises MailRefusedError when the mail
        service did not take a letter that it may take yet, and LetterHeldError when somebody else
        is sending it.
        """
        failures: list[Exception] = []
        called_for: dict[LetterKey, Outgoing] = {}
        for letter in letters:
            called_for.setdefault(LetterKey(about, letter.notice.to), letter)
        claimed_at = self._claimed_together(called_for)
        for key, letter in called_for.items():
            try:
                self._send(key, letter, matter, claimed_at)
            except Exception as error:  # noqa: BLE001 - raised below, once the others went out
                failures.append(error)
        if failures:
            raise failures[0]

    def _claimed_together(self, letters: Mapping[LetterKey, Outgoing]) -> datetime | None:
        """When all were claimed in one request; None when each is to be claimed by itself."""
        now = self.clock.now()
        kinds = {key: one.notice.letter for key, one in letters.items()}
        return now if len(kinds) > 1 and self.letters.claim_all(kinds, now) else None

    def _send(
        self,
        key: LetterKey,
        letter: Outgoing,
        matter: Matter | None,
        claimed_at: datetime | None,
    ) -> None:
        """Claim, if that is still to do, send, mark. What was dealt with is left alone."""
        if claimed_at is None:
            claimed_at = self.clock.now()
            if not self.letters.claim(key, letter.notice.letter, claimed_at):
                return
        if matter and self.throttling.keeps_back(key, letter.notice, matter, claimed_at):
            return
        try:
            message_id = self.mailer.send(replace(letter.write(), key=key))
        except MailRefusedError as refused:
            if not refused.for_good:
                self._tried_in_vain(key, letter.notice.letter)
                raise
            self.feedback.unsent(key, letter.notice.letter, REFUSED, self.clock.now())
        else:
            self.letters.mark_sent(key, self.clock.now(), message_id)

    def _tried_in_vain(self, key: LetterKey, letter: str) -> None:
        """It is tried again, but not for ever: the last failure is the last that is heard of it."""
        now = self.clock.now()
        if now - self.letters.tried(key, now) >= GIVEN_UP_AFTER:
            self.feedback.unsent(key, letter, FAILED, now)


def staff_address(notice: Notice, directory: Directory) -> str:
    """Where a letter to a member of staff goes. Raises NotFoundError for nobody."""
    person = directory.person(notice.to)
    if person is None:
        raise NotFoundError
    return person.email

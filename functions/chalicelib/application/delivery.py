"""Sends letters: each is claimed, sent and marked, so that none is sent twice.

Those of one entry are claimed together, in one request; one by one where some of them are
held or dealt with.

Only losing the mail service's answer, or dying before the mark, could repeat one. A letter
whose answer was lost is held until its lease ends.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.outbox import OutboxEntry
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.letters import LetterKey, Letters
from chalicelib.application.ports.mailer import Mail, Mailer, MailRefusedError
from chalicelib.application.throttling import Matter, Throttling
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.notices import Notice
from chalicelib.domain.staff import Directory


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
    clock: Clock

    def send_each(
        self, about: OutboxEntry, letters: Iterable[Outgoing], matter: Matter | None = None
    ) -> None:
        """Send each letter; one that fails holds up no other. Raises the first failure.

        Letters about a `matter` may be kept back. Raises MailRefusedError when the mail
        service refuses a letter, and LetterHeldError when somebody else is sending it.
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
            message_id = self.mailer.send(letter.write())
        except MailRefusedError:
            self.letters.release(key)
            raise
        self.letters.mark_sent(key, self.clock.now(), message_id)


def staff_address(notice: Notice, directory: Directory) -> str:
    """Where a letter to a member of staff goes. Raises NotFoundError for nobody."""
    person = directory.person(notice.to)
    if person is None:
        raise NotFoundError
    return person.email

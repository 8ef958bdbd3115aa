"""The notifier: works out who must be told what, and sends it once.

The stream brings each event here; the rounds bring what the stream left behind. A
letter is claimed, sent and marked, so that two notifiers never send the same one;
only losing the mail service's answer, or dying before the mark, could repeat it. A
letter whose answer was lost is held until its lease ends. In a storm an alert waits in
a gathering, which is posted at its end as an event is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.application.desk import Desk
from chalicelib.application.history import History
from chalicelib.application.ports.alert_batches import ALERT_BATCH, batch_of
from chalicelib.application.ports.duty_log import DutyLog
from chalicelib.application.ports.imports import Imports
from chalicelib.application.ports.letter_writer import LetterWriter
from chalicelib.application.ports.letters import LetterKey, Letters, OutboxEntry
from chalicelib.application.ports.mailer import Mail, Mailer, MailRefusedError
from chalicelib.application.ports.staff import StaffReader
from chalicelib.application.ports.workday_starts import WORKDAY_START, workday_start_of
from chalicelib.application.repeats import Repeats
from chalicelib.application.throttling import Matter, Throttling
from chalicelib.domain import events
from chalicelib.domain.commands import AssignOwner
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.duty_log import notices_of_entry
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.notices import Notice, notices
from chalicelib.views.batch_letter import BatchLetter
from chalicelib.views.digest_letter import DigestLetter
from chalicelib.views.letter_contents import LetterContents

IMPORT = "IMPORT#"
LOG = "LOG#"
COMPLAINT = "C#"


@dataclass(frozen=True)
class Notifier:
    """Sends what an event calls for."""

    desk: Desk
    letters: Letters
    imports: Imports
    writer: LetterWriter
    mailer: Mailer
    contents: LetterContents
    duty_log: DutyLog
    repeats: Repeats
    throttling: Throttling
    discard_photos: Callable[[str], None]

    def with_staff(self, staff: StaffReader) -> "Notifier":
        """The same notifier, which asks this directory who there is."""
        desk = self.desk.with_staff(staff)
        return replace(self, desk=desk, repeats=replace(self.repeats, desk=desk))

    def post(self, post: OutboxEntry) -> None:
        """Send every letter that an event calls for, then settle it.

        Raises NotFoundError for an unknown subject, MailRefusedError when the mail
        service refuses a letter and LetterHeldError when another notifier is sending it;
        the event then stays unsettled and is tried again.
        """
        if self._comes_too_early(post):
            return
        if post.subject.startswith(ALERT_BATCH):
            self._post_gathering(post)
        elif post.subject.startswith(IMPORT):
            self._post_import(post)
        elif post.subject.startswith(LOG):
            self._post_entry(post)
        elif post.subject.startswith(WORKDAY_START):
            self._post_morning(post)
        else:
            self._post_event(post)
        self.letters.settle(post)

    def _post_event(self, post: OutboxEntry) -> None:
        reference = post.subject.removeprefix(COMPLAINT)
        history = self.desk.complaints.load(reference)
        record = history.record(post.number)
        if isinstance(record.event, events.Erased):
            self.discard_photos(reference)
        if isinstance(record.event, events.Received) and history.complaint.is_open:
            history = self._with_owner(self.repeats.recognise(history))
        context = self.desk.context(history)
        letters = (
            (notice, self.contents.of(notice, record, history, context))
            for notice in notices(record, history.complaint, context)
        )
        matter = Matter(history.complaint, record.by, history.words.get("email", ""))
        self._send_each(post, letters, context, matter)
        if history.complaint.owner.staff is None and history.complaint.is_open:
            raise RefusedError("nobody_answers", role=history.complaint.owner.role)

    def _with_owner(self, history: History) -> History:
        """The history with its owner named; unchanged where no rung has anybody (principle 1)."""
        try:
            return self.desk.act(history.complaint.reference, AssignOwner(), by="clock")
        except RefusedError:
            return history

    def _post_import(self, post: OutboxEntry) -> None:
        run = self.imports.run(post.subject.removeprefix(IMPORT))
        context = DecisionContext(self.desk.policy, self.desk.staff.directory())
        letters = (
            (Notice("import_summary", owner), self.contents.of_summary(run, owner, context))
            for owner in run.owners
        )
        self._send_each(post, letters, context)

    def _post_entry(self, post: OutboxEntry) -> None:
        entry = self.duty_log.entry(post.subject, post.number)
        context = DecisionContext(self.desk.policy, self.desk.staff.directory())
        letters = (
            (notice, self.contents.of_entry(notice, entry, context))
            for notice in notices_of_entry(entry, context)
        )
        self._send_each(post, letters, context)

    def _comes_too_early(self, post: OutboxEntry) -> bool:
        """Whether it is a gathering that the stream brings at once, before its end."""
        if not post.subject.startswith(ALERT_BATCH):
            return False
        return self.desk.clock.now() < batch_of(post.subject).ends_at

    def _post_gathering(self, post: OutboxEntry) -> None:
        """One letter of all that waited; none to who has left, or of what was erased."""
        batch = batch_of(post.subject)
        references = self.throttling.alert_batches.close(batch, self.desk.clock.now())
        lines = self.desk.complaints.lines(sorted(references))
        context = DecisionContext(self.desk.policy, self.desk.staff.directory())
        letter = BatchLetter(self.desk, self.contents)
        self._send_each(post, letter.told(batch, lines, context), context)

    def _post_morning(self, post: OutboxEntry) -> None:
        """What each has before her today, as it stands when it is sent."""
        context = DecisionContext(self.desk.policy, self.desk.staff.directory())
        letter, lines = DigestLetter(self.desk, self.contents), self.desk.complaints.open()
        self._send_each(post, letter.told(workday_start_of(post.subject), lines, context), context)

    def _send_each(
        self,
        post: OutboxEntry,
        letters: Iterable[tuple[Notice, Mapping[str, Any]]],
        context: DecisionContext,
        matter: Matter | None = None,
    ) -> None:
        """Send each letter; one that fails holds up no other. Raises the first failure."""
        failures: list[Exception] = []
        for notice, content in letters:
            try:
                self._send(post, notice, content, context, matter)
            except Exception as error:  # noqa: BLE001 - raised below, once the others went out
                failures.append(error)
        if failures:
            raise failures[0]

    def _send(
        self,
        post: OutboxEntry,
        notice: Notice,
        content: Mapping[str, Any],
        context: DecisionContext,
        matter: Matter | None,
    ) -> None:
        """Claim, send, mark. What was dealt with is left alone, and some letters are kept back."""
        key = LetterKey(post.subject, post.number, notice.to)
        clock = self.desk.clock
        now = clock.now()
        if not self.letters.claim(key, notice.letter, now):
            return
        if matter and self.throttling.keeps_back(key, notice, matter, now):
            return
        try:
            message_id = self.mailer.send(self._mail(post, notice, content, context))
        except MailRefusedError:
            self.letters.release(key)
            raise
        self.letters.mark_sent(key, clock.now(), message_id)

    def _mail(
        self,
        post: OutboxEntry,
        notice: Notice,
        content: Mapping[str, Any],
        context: DecisionContext,
    ) -> Mail:
        staff = context.directory.person(notice.to)
        written = self.writer.write(notice.letter, content["language"], content)
        to = staff.email if staff else content["said"]["email"]
        thread = content.get("thread", post.subject)
        return Mail(to, written, thread=thread, language=content["language"])

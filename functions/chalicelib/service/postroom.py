"""The postroom: works out who must be told what, and sends it once.

The stream brings each event here; the rounds bring what the stream left behind. A
letter is claimed, sent and marked, so that two postrooms never send the same one;
only losing the mail service's answer, or dying before the mark, could repeat it. A
letter whose answer was lost is held until its lease ends. In a storm an alert waits in
a gathering, which is posted at its end as an event is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.domain import events
from chalicelib.domain.commands import NameOwner
from chalicelib.domain.duty_log import notices_of_entry
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.grounds import Grounds
from chalicelib.domain.notices import Notice, notices
from chalicelib.service.desk import Desk
from chalicelib.service.digest_letter import DigestLetter
from chalicelib.service.gathered_letter import GatheredLetter
from chalicelib.service.gatherings import GATHERING, gathering_of
from chalicelib.service.history import History
from chalicelib.service.letter_contents import LetterContents
from chalicelib.service.mornings import MORNING, morning_of
from chalicelib.service.ports import (
    DutyLog,
    Imports,
    LetterKey,
    Letters,
    Mail,
    Mailer,
    MailRefusedError,
    Post,
    StaffReader,
    Writer,
)
from chalicelib.service.repeats import Repeats
from chalicelib.service.restraint import Matter, Restraint

IMPORT = "IMPORT#"
LOG = "LOG#"
COMPLAINT = "C#"


@dataclass(frozen=True)
class Postroom:
    """Sends what an event calls for."""

    desk: Desk
    letters: Letters
    imports: Imports
    writer: Writer
    mailer: Mailer
    contents: LetterContents
    duty_log: DutyLog
    repeats: Repeats
    restraint: Restraint
    discard_photos: Callable[[str], None]

    def with_staff(self, staff: StaffReader) -> "Postroom":
        """The same postroom, which asks this directory who there is."""
        desk = self.desk.with_staff(staff)
        return replace(self, desk=desk, repeats=replace(self.repeats, desk=desk))

    def post(self, post: Post) -> None:
        """Send every letter that an event calls for, then settle it.

        Raises NotFoundError for an unknown subject, MailRefusedError when the mail
        service refuses a letter and LetterHeldError when another postroom is sending it;
        the event then stays unsettled and is tried again.
        """
        if self._comes_too_early(post):
            return
        if post.subject.startswith(GATHERING):
            self._post_gathering(post)
        elif post.subject.startswith(IMPORT):
            self._post_import(post)
        elif post.subject.startswith(LOG):
            self._post_entry(post)
        elif post.subject.startswith(MORNING):
            self._post_morning(post)
        else:
            self._post_event(post)
        self.letters.settle(post)

    def _post_event(self, post: Post) -> None:
        reference = post.subject.removeprefix(COMPLAINT)
        history = self.desk.complaints.load(reference)
        record = history.record(post.number)
        if isinstance(record.event, events.Erased):
            self.discard_photos(reference)
        if isinstance(record.event, events.Received) and history.complaint.is_open:
            history = self._with_owner(self.repeats.recognise(history))
        grounds = self.desk.grounds(history)
        letters = (
            (notice, self.contents.of(notice, record, history, grounds))
            for notice in notices(record, history.complaint, grounds)
        )
        matter = Matter(history.complaint, record.by, history.words.get("email", ""))
        self._send_each(post, letters, grounds, matter)
        if history.complaint.owner.staff is None and history.complaint.is_open:
            raise RefusedError("nobody_answers", role=history.complaint.owner.role)

    def _with_owner(self, history: History) -> History:
        """The history with its owner named; unchanged where no rung has anybody (principle 1)."""
        try:
            return self.desk.act(history.complaint.reference, NameOwner(), by="clock")
        except RefusedError:
            return history

    def _post_import(self, post: Post) -> None:
        run = self.imports.run(post.subject.removeprefix(IMPORT))
        grounds = Grounds(self.desk.policy, self.desk.staff.directory())
        letters = (
            (Notice("import_summary", owner), self.contents.of_summary(run, owner, grounds))
            for owner in run.owners
        )
        self._send_each(post, letters, grounds)

    def _post_entry(self, post: Post) -> None:
        entry = self.duty_log.entry(post.subject, post.number)
        grounds = Grounds(self.desk.policy, self.desk.staff.directory())
        letters = (
            (notice, self.contents.of_entry(notice, entry, grounds))
            for notice in notices_of_entry(entry, grounds)
        )
        self._send_each(post, letters, grounds)

    def _comes_too_early(self, post: Post) -> bool:
        """Whether it is a gathering that the stream brings at once, before its end."""
        if not post.subject.startswith(GATHERING):
            return False
        return self.desk.clock.now() < gathering_of(post.subject).ends_at

    def _post_gathering(self, post: Post) -> None:
        """One letter of all that waited; none to who has left, or of what was erased."""
        gathering = gathering_of(post.subject)
        references = self.restraint.gatherings.close(gathering, self.desk.clock.now())
        lines = self.desk.complaints.lines(sorted(references))
        grounds = Grounds(self.desk.policy, self.desk.staff.directory())
        letter = GatheredLetter(self.desk, self.contents)
        self._send_each(post, letter.told(gathering, lines, grounds), grounds)

    def _post_morning(self, post: Post) -> None:
        """What each has before her today, as it stands when it is sent."""
        grounds = Grounds(self.desk.policy, self.desk.staff.directory())
        letter, lines = DigestLetter(self.desk, self.contents), self.desk.complaints.open()
        self._send_each(post, letter.told(morning_of(post.subject), lines, grounds), grounds)

    def _send_each(
        self,
        post: Post,
        letters: Iterable[tuple[Notice, Mapping[str, Any]]],
        grounds: Grounds,
        matter: Matter | None = None,
    ) -> None:
        """Send each letter; one that fails holds up no other. Raises the first failure."""
        failures: list[Exception] = []
        for notice, content in letters:
            try:
                self._send(post, notice, content, grounds, matter)
            except Exception as error:  # noqa: BLE001 - raised below, once the others went out
                failures.append(error)
        if failures:
            raise failures[0]

    def _send(
        self,
        post: Post,
        notice: Notice,
        content: Mapping[str, Any],
        grounds: Grounds,
        matter: Matter | None,
    ) -> None:
        """Claim, send, mark. What was dealt with is left alone, and some letters are kept back."""
        key = LetterKey(post.subject, post.number, notice.to)
        clock = self.desk.clock
        now = clock.now()
        if not self.letters.claim(key, notice.letter, now):
            return
        if matter and self.restraint.keeps_back(key, notice, matter, now):
            return
        try:
            message_id = self.mailer.send(self._mail(post, notice, content, grounds))
        except MailRefusedError:
            self.letters.release(key)
            raise
        self.letters.mark_sent(key, clock.now(), message_id)

    def _mail(
        self, post: Post, notice: Notice, content: Mapping[str, Any], grounds: Grounds
    ) -> Mail:
        staff = grounds.directory.person(notice.to)
        written = self.writer.write(notice.letter, content["language"], content)
        to = staff.email if staff else content["said"]["email"]
        thread = content.get("thread", post.subject)
        return Mail(to, written, thread=thread, language=content["language"])

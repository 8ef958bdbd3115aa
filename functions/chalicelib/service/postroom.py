"""The postroom: works out who must be told what, and sends it once.

The stream brings each event here; the rounds bring what the stream left behind. A
letter is claimed, sent and marked, so that two postrooms never send the same one;
only dying between the mail service's answer and the mark could repeat it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.domain import events
from chalicelib.domain.clocks import falls_due
from chalicelib.domain.commands import NameOwner
from chalicelib.domain.events import Recorded
from chalicelib.domain.grounds import Grounds
from chalicelib.domain.notices import RESIDENT, Notice, notices
from chalicelib.domain.roles import Staff
from chalicelib.service.desk import Desk
from chalicelib.service.history import History
from chalicelib.service.ports import (
    ImportRun,
    Imports,
    LetterKey,
    Letters,
    Mail,
    Mailer,
    Post,
    Writer,
)
from chalicelib.service.presentation import Presenter

IMPORT = "IMPORT#"
COMPLAINT = "C#"


@dataclass(frozen=True)
class Postroom:
    """Sends what an event calls for. `site_url` is where links lead, without a slash at its end."""

    desk: Desk
    letters: Letters
    imports: Imports
    writer: Writer
    mailer: Mailer
    site_url: str

    def post(self, post: Post) -> None:
        """Send every letter that an event calls for, then settle it.

        Raises NotFoundError for an unknown subject, MailRefusedError when the mail
        service refuses a letter and LetterHeldError when another postroom is sending it;
        the event then stays unsettled and is tried again.
        """
        if post.subject.startswith(IMPORT):
            self._post_import(post)
        else:
            self._post_event(post)
        self.letters.settle(post)

    def _post_event(self, post: Post) -> None:
        reference = post.subject.removeprefix(COMPLAINT)
        history = self.desk.complaints.load(reference)
        record = history.record(post.number)
        if isinstance(record.event, events.Received) and history.complaint.is_open:
            history = self.desk.act(reference, NameOwner(), by="clock")
        grounds = self.desk.grounds(history)
        letters = (
            (notice, self._content(notice, record, history, grounds))
            for notice in notices(record, history.complaint, grounds)
        )
        self._send_each(post, letters, grounds)

    def _post_import(self, post: Post) -> None:
        run = self.imports.run(post.subject.removeprefix(IMPORT))
        grounds = Grounds(self.desk.policy, self.desk.staff.directory())
        letters = (
            (Notice("import_summary", owner), self._summary(run, owner, grounds))
            for owner in run.owners
        )
        self._send_each(post, letters, grounds)

    def _send_each(
        self, post: Post, letters: Iterable[tuple[Notice, Mapping[str, Any]]], grounds: Grounds
    ) -> None:
        """Send each letter; one that fails holds up no other. Raises the first failure."""
        failures: list[Exception] = []
        for notice, content in letters:
            try:
                self._send(post, notice, content, grounds)
            except Exception as error:  # noqa: BLE001 - raised below, once the others went out
                failures.append(error)
        if failures:
            raise failures[0]

    def _send(
        self, post: Post, notice: Notice, content: Mapping[str, Any], grounds: Grounds
    ) -> None:
        """Claim, send, mark. A letter that was sent is left alone."""
        key = LetterKey(post.subject, post.number, notice.to)
        clock = self.desk.clock
        if not self.letters.claim(key, notice.letter, clock.now()):
            return
        try:
            message_id = self.mailer.send(self._mail(post, notice, content, grounds))
        except Exception:
            self.letters.release(key)
            raise
        self.letters.mark_sent(key, clock.now(), message_id)

    def _mail(
        self, post: Post, notice: Notice, content: Mapping[str, Any], grounds: Grounds
    ) -> Mail:
        staff = grounds.directory.person(notice.to)
        written = self.writer.write(notice.letter, content["language"], content)
        to = staff.email if staff else content["said"]["email"]
        return Mail(to, written, thread=post.subject, language=content["language"])

    def _content(
        self, notice: Notice, record: Recorded, history: History, grounds: Grounds
    ) -> dict[str, Any]:
        """What one recipient's letter says; only the resident's holds her code."""
        staff = grounds.directory.person(notice.to)
        language = staff.language if staff else history.complaint.language
        presenter = self._presenter(language)
        content = presenter.complaint(history, grounds.directory)
        content |= {"words": record.words, "times": _times(record, history)}
        if notice.to == RESIDENT:
            return content | self._for_resident(history)
        return content | self._for_staff(staff, record, history, presenter)

    def _for_resident(self, history: History) -> dict[str, Any]:
        reference = history.complaint.reference
        code = self.desk.keys.code(reference)
        return {"code": code, "url": f"{self.site_url}/complaints/{reference}?code={code}"}

    def _for_staff(
        self, staff: Staff | None, record: Recorded, history: History, presenter: Presenter
    ) -> dict[str, Any]:
        complaint = history.complaint
        policy = self.desk.policy
        feedback_by = falls_due(policy.settings.feedback, record.at, policy, complaint.tz)
        before = getattr(record.event, "severity_before", None)
        return {
            "recipient": staff.name[presenter.language] if staff else "",
            "part": _part(staff, history),
            "feedback_by": presenter.moment(feedback_by, complaint),
            "severity_before": policy.severity_name(before)[presenter.language],
        }

    def _summary(self, run: ImportRun, owner: str, grounds: Grounds) -> dict[str, Any]:
        staff = grounds.directory.person(owner)
        language = staff.language if staff else "zh"
        policy, counts = self.desk.policy, run.owners[owner]
        return {
            "language": language,
            "company": self.desk.organisation.name[language],
            "recipient": staff.name[language] if staff else "",
            "source": run.source,
            "total": sum(counts.values()),
            "ended": run.ended,
            "counts": [
                (policy.severity_name(key or None)[language], count)
                for key, count in counts.items()
            ],
            "desk_url": f"{self.site_url}/desk",
        }

    def _presenter(self, language: str) -> Presenter:
        return Presenter(self.desk.policy, self.desk.organisation, self.site_url, language)


def _times(record: Recorded, history: History) -> int:
    """Which one of its kind it is: a second reply has another subject than the first."""
    kind = _kind(record)
    return sum(_kind(one) == kind for one in history.records[: record.number])


def _kind(record: Recorded) -> tuple[str, bool]:
    return record.kind, getattr(record.event, "explains", False)


def _part(staff: Staff | None, history: History) -> str:
    """What a letter asks of its reader: to handle it, to give feedback, or to know."""
    complaint = history.complaint
    if staff and staff.id == complaint.owner.staff:
        return "owner"
    heads = staff and staff.department == complaint.about and "department_head" in staff.roles
    return "head" if heads else "told"

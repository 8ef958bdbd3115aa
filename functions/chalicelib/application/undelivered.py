"""The letters that did not arrive: who has to see to them, and telling the same once more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib.application.act_on_complaint import ActOnComplaint
from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.letters import LetterKey, Letters
from chalicelib.application.records import Line, SentLetter
from chalicelib.domain import commands, events, permissions
from chalicelib.domain.commands import PersonCommand
from chalicelib.domain.confidence import sees_resident
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.events import EventRecord
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.staff import Directory, Staff

LISTED_FOR = timedelta(days=30)
"""So long after it was heard of, at the most, a letter is listed."""


@dataclass(frozen=True)
class Undelivered:
    """A letter that did not arrive, with its complaint's line; `person` is who should have got it.

    None of the two where it is about no complaint, or was the resident's.
    """

    key: LetterKey
    letter: SentLetter
    line: Line | None = None
    person: Staff | None = None


@dataclass(frozen=True)
class UndeliveredLetters:
    """Finds them for one member of staff."""

    complaints: Complaints
    letters: Letters
    act: ActOnComplaint

    def of(self, staff: Staff, directory: Directory, now: datetime) -> tuple[Undelivered, ...]:
        """What this person has to know of, the newest first.

        A resident's until they were told another way and have an address that works; once for each
        complaint. A colleague's, once for each, is for whoever keeps the staff list.
        """
        found = [*self.letters.undelivered(now - LISTED_FOR)]
        about = {one.about.reference for one, _ in found if isinstance(one.about, ComplaintEvent)}
        lines = {one.complaint.reference: one for one in self.complaints.lines(sorted(about))}
        rows: dict[str, Undelivered] = {}
        for key, letter in found:
            row = self._row(key, letter, lines, directory)
            if _is_for(staff, row):
                rows.setdefault(_matter(row), row)
        return tuple(rows.values())

    def again(self, reference: str, number: int, staff: Staff) -> None:
        """Tell the resident by e-mail once more what this record told them.

        Raises NotFoundError where it told nothing, and whatever the verb raises.
        """
        history = self.complaints.load(reference)
        if not 0 < number <= len(history.records):
            raise NotFoundError
        command = once_more(history.record(number), staff.id)
        self.act.act_on(history, command, by=staff.id)

    def _row(
        self,
        key: LetterKey,
        letter: SentLetter,
        lines: Mapping[str, Line],
        directory: Directory,
    ) -> Undelivered:
        about = key.about
        line = lines.get(about.reference) if isinstance(about, ComplaintEvent) else None
        return Undelivered(key, letter, line, directory.person(key.to))


def once_more(record: EventRecord, by: str) -> PersonCommand:
    """The command that tells the same by e-mail again. Raises NotFoundError for another record."""
    told = _AGAIN.get(type(record.event))
    if told is None:
        raise NotFoundError
    return told(record.event, record.words, by)


def _reply(event: events.Replied, words: Mapping[str, str], by: str) -> PersonCommand:
    text, done, root_cause, lesson = (
        words.get(name, "") for name in ("text", "done", "root_cause", "lesson")
    )
    return commands.Reply(by, text, "email", None, done, root_cause, lesson, event.follow_up_by)


def _agree_time(event: events.TimeAgreed, words: Mapping[str, str], by: str) -> PersonCommand:
    return commands.AgreeTime(by, event.at, words.get("note", ""), "email")


_AGAIN: Mapping[type[Any], Callable[[Any, Mapping[str, str], str], PersonCommand]] = {
    events.Acknowledged: lambda _, __, by: commands.Acknowledge(by, "email"),
    events.TimeAgreed: _agree_time,
    events.Updated: lambda _, words, by: commands.Update(by, words.get("text", ""), "email"),
    events.AnswerAwaited: lambda _, words, by: commands.AwaitAnswer(by, words.get("text", "")),
    events.Replied: _reply,
}


def _matter(row: Undelivered) -> str:
    """What is listed once: a complaint, or a colleague."""
    return row.line.complaint.reference if row.line and row.person is None else row.key.to


def _is_for(staff: Staff, row: Undelivered) -> bool:
    if row.key.to != RESIDENT:
        return _is_of_colleague(staff, row.person)
    if row.line is None:
        return False
    complaint = row.line.complaint
    is_open = bool(complaint.email_failed or (complaint.untold_at and complaint.is_open))
    may_see = permissions.may(staff, "see", complaint) and sees_resident(staff, complaint)
    return is_open and may_see and permissions.may(staff, "see-letters", complaint)


def _is_of_colleague(staff: Staff, person: Staff | None) -> bool:
    """Of somebody on the list of whom this person may keep it."""
    if person is None or person.disabled:
        return False
    if not permissions.may_somewhere(staff, "edit-staff"):
        return False
    everywhere = not (staff.communities and person.communities)
    return everywhere or any(staff.serves(one) for one in person.communities)

"""A complaint as one member of staff may see it, where its resident complains in confidence.

Who may know the resident is decided in `domain.confidence`; here what they may not know is left
out of a history or a line, so that whatever shows it - page, list or letter - has it not.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from msgspec.structs import replace as with_fields

from chalicelib.application.history import History
from chalicelib.application.records import Line
from chalicelib.domain import events
from chalicelib.domain.confidence import is_of_one, is_safe, sees_resident
from chalicelib.domain.events import NO_WORDS, EventRecord
from chalicelib.domain.model import ELSEWHERE, Complaint
from chalicelib.domain.staff import Directory, Staff

_TIES = (
    events.Linked,
    events.Repeated,
    events.Merged,
    events.Absorbed,
    events.PartChanged,
    events.PartLeft,
    events.Separated,
)
"""What names another complaint, by which a resident may be known."""
_SHORT = ("place", "person")
"""Words that are shown before the owner has read them, unless they tell the home or the person."""
_PASSED_ON = ("place", "description", "request")


def seen_history(history: History, staff: Staff | None, directory: Directory) -> History:
    """What this person may see of a complaint: all, or what was passed on to the department.

    They keep what they wrote themselves.
    """
    complaint = history.complaint
    if sees_resident(staff, complaint):
        return without_ties(history, _confided_to_others(history, staff))
    reader = _Reader(history, staff, directory)
    shown = (one for one in history.records if not isinstance(one.event, _TIES))
    records = tuple(reader.seen(one) for one in shown if reader.may_see_photo(one))
    return History(records, _untied(complaint), withheld=True)


def seen_record(
    record: EventRecord, history: History, staff: Staff | None, directory: Directory
) -> EventRecord:
    """The same for one record."""
    if sees_resident(staff, history.complaint):
        return record
    return _Reader(history, staff, directory).seen(record)


def seen_line(line: Line, staff: Staff) -> Line:
    """What a list may say of a complaint to this person."""
    if sees_resident(staff, line.complaint):
        return line
    words = seen_words(line.words)
    return with_fields(line, complaint=_untied(line.complaint), words=words, withheld=True)


def seen_words(words: Mapping[str, str]) -> Mapping[str, str]:
    """What a list may say to who may not know the resident: what tells neither home nor person."""
    short = {name: words[name] for name in _SHORT if words.get(name)}
    return {name: text for name, text in short.items() if is_safe(text, words)}


def seen_lines(lines: Iterable[Line], survivors: Iterable[Line], staff: Staff) -> Iterator[Line]:
    """The same of several; where one goes on only if this person may know who complains there.

    `survivors` are those under which they go on.
    """
    known = {one.complaint.reference for one in known_lines(survivors, staff)}
    for one in lines:
        yield _unled(seen_line(one, staff), known)


def _unled(line: Line, known: Collection[str]) -> Line:
    if line.complaint.merged_into in (None, *known):
        return line
    return with_fields(line, complaint=with_fields(line.complaint, merged_into=ELSEWHERE))


def known_lines(lines: Iterable[Line], staff: Staff) -> tuple[Line, ...]:
    """Those of which this person may know the resident: a look-up by one finds no others."""
    return tuple(one for one in lines if sees_resident(staff, one.complaint))


def without_ties(history: History, hidden: frozenset[str]) -> History:
    """The history without what names one of these complaints."""
    if not hidden:
        return history
    complaint, records = history.complaint, history.records
    kept = tuple(one for one in records if _tied_to(one.event) not in hidden)
    left: dict[str, object] = {
        name: tuple(one for one in getattr(complaint, name) if one not in hidden)
        for name in ("links", "repeats")
    }
    left["parts"] = tuple(one for one in complaint.parts if one.reference not in hidden)
    if complaint.merged_into in hidden:
        left["merged_into"] = ELSEWHERE
    if complaint.earlier_reference in hidden:
        left["earlier_reference"] = None
    left["times_raised"] = _times_raised(history, hidden)
    return replace(history, records=kept, evolved=with_fields(complaint, **left))


def _times_raised(history: History, hidden: frozenset[str]) -> int:
    """How often it was raised before, without the times in these complaints.

    What the resident said themselves stands.
    """
    complaint = history.complaint
    links = [one.event for one in history.records if isinstance(one.event, events.Linked)]
    if not any(one.reference in hidden for one in links):
        return complaint.times_raised
    known = (one.times_raised for one in links if one.reference not in hidden)
    return min(complaint.times_raised, max(complaint.times_said, *known, 0))


def _confided_to_others(history: History, staff: Staff | None) -> frozenset[str]:
    """The earlier complaints that this person may not know of, as was so when they were tied."""
    if staff is None:
        return frozenset()
    links = (one.event for one in history.records if isinstance(one.event, events.Linked))
    return frozenset(one.reference for one in links if is_of_one(staff, one.confided))


def ties(history: History) -> frozenset[str]:
    """The references of the complaints that its record names."""
    named = (_tied_to(one.event) for one in history.records)
    complaint = history.complaint
    states = (complaint.earlier_reference, complaint.merged_into, *complaint.absorbed)
    return frozenset(filter(None, (*named, *states)))


class _Reader:
    """One who may not know the resident, and what they read of a history."""

    def __init__(self, history: History, staff: Staff | None, directory: Directory) -> None:
        self.staff, self.directory = staff, directory
        self.complaint, self.receipt = history.complaint, history.records[0]
        self.words = history.words
        self.passed_on = _passed_on(history.records)
        self.since = _in_confidence_since(history.records)

    def seen(self, record: EventRecord) -> EventRecord:
        """The record with the words that they may read."""
        if self.staff is not None and record.by == self.staff.id:
            return record
        return with_fields(record, words=self._words(record))

    def may_see_photo(self, record: EventRecord) -> bool:
        """Whether it is no photo, or one that was passed on."""
        match record.event:
            case events.PhotoAdded(photo=photo):
                return photo in self.complaint.passed_photos
            case events.PhotoRefused():
                return False
            case _:
                return True

    def _words(self, record: EventRecord) -> Mapping[str, str]:
        match record.event:
            case events.Received():
                return {**seen_words(self.words), **self.passed_on}
            case events.PassedOn():
                return record.words
            case events.PhotoAdded() if record.words.get("name"):
                # A file's name may be that of the resident.
                return {"name": f"{record.number}.jpg"}
            case _:
                return record.words if self._by_department(record) else NO_WORDS

    def _by_department(self, record: EventRecord) -> bool:
        """Whether somebody wrote it who did not know who the resident is."""
        author = self.directory.person(record.by)
        if author is None or author.id == self.complaint.taken_by or record.number < self.since:
            return False
        return not sees_resident(author, self.complaint)


def _passed_on(records: Iterable[EventRecord]) -> Mapping[str, str]:
    found = [one.words for one in records if isinstance(one.event, events.PassedOn)]
    return {name: found[-1][name] for name in _PASSED_ON if name in found[-1]} if found else {}


def _in_confidence_since(records: tuple[EventRecord, ...]) -> int:
    """The number of the record from which on it is in confidence."""
    asked = (one.number for one in reversed(records) if _puts_in_confidence(one.event))
    return next(asked, len(records))


def _puts_in_confidence(event: events.Event) -> bool:
    return bool(getattr(event, "in_confidence", False) or getattr(event, "confided", ()))


def _untied(complaint: Complaint) -> Complaint:
    return with_fields(
        complaint,
        links=(),
        repeats=(),
        parts=(),
        merged_into=None,
        earlier_reference=None,
        photos=complaint.passed_photos,
        refused_photos=(),
    )


def _tied_to(event: events.Event) -> str:
    match event:
        case events.Merged(into=reference):
            return reference
        case _ if isinstance(event, _TIES):
            return event.reference
        case _:
            return ""

"""What the resident was told and said, in order: the story on the resident's page.

What the staff say among themselves is no part of it: what they judged, whom they called,
what they noted and learned. Nor is any other complaint: a neighbour who typed somebody's
unit or address into the form reads this page too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.history import History, occurred_at
from chalicelib.domain import events
from chalicelib.domain.decision_context import as_owner
from chalicelib.domain.events import EventRecord
from chalicelib.domain.model import NOT_STAFF, RECEPTION_CHANNELS, RESIDENT
from chalicelib.domain.staff import Directory
from chalicelib.views.presentation import Presenter

SHOWN: Mapping[str, tuple[str, ...]] = {
    "received": (),
    "acknowledged": (),
    "contact_tried": (),
    "time_agreed": ("note",),
    "updated": ("text",),
    "answer_awaited": ("text",),
    "replied": ("text", "done"),
    "followed_up": ("text",),
    "messaged": ("text",),
    "confirmed": ("text",),
    "disputed": ("text",),
    "return_visit_asked": (),
    "return_visit_tried": (),
    "return_visited": ("text",),
    "return_visit_missed": (),
    "new_date_set": (),
    "closed": (),
    "withdrawn": (),
    "merged": (),
    "absorbed": (),
    "separated": (),
    "part_left": (),
    "reopened": (),
    "ended_elsewhere": (),
    "code_asked": (),
    "code_renewed": (),
    "contact_corrected": (),
    "confidence_recorded": ("text",),
    "erased": (),
    "photo_added": ("name",),
    "photo_refused": ("name",),
}
"""The kinds of event that residents read of, each with those of its words meant for them."""
RESIDENT_WORDS = (
    "received",
    "messaged",
    "confirmed",
    "disputed",
    "withdrawn",
    "confidence_recorded",
)
"""What the resident said, though somebody of the staff may have written it down."""
_RESIDENT_PHOTOS = ("photo_added", "photo_refused")
_HELD = {True: "held", False: "not_held"}


@dataclass(frozen=True)
class TimelineEntry:
    """One thing told or said: when (UTC), by whom, what, and in which words."""

    kind: str
    at: datetime
    is_from_resident: bool
    by: str
    title: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class TimelineView:
    """Tells a complaint's story to its resident."""

    presenter: Presenter
    directory: Directory

    def story(self, history: History) -> list[TimelineEntry]:
        """Every entry, the oldest first; where it goes on for others, up to their withdrawal."""
        records = _own(history.records)
        return [self._entry(one, history) for one in records if _is_shown(one)]

    def _entry(self, record: EventRecord, history: History) -> TimelineEntry:
        title = self._told(record, history)
        from_resident = record.kind in (*RESIDENT_WORDS, *_RESIDENT_PHOTOS)
        by = self._by(record, from_resident=from_resident)
        return TimelineEntry(record.kind, _told_at(record), from_resident, by, title, said(record))

    def _told(self, record: EventRecord, history: History) -> str:
        """What happened, and how satisfied the resident is, where they said so."""
        title = self.presenter.say(f"story.{_title(record)}", **self._filling(record, history))
        satisfaction = getattr(record.event, "satisfaction", None)
        if not satisfaction:
            return title
        rated = self.presenter.say(f"satisfaction.{satisfaction}")
        return self.presenter.say("story.rated", title=title, satisfaction=rated)

    def _filling(self, record: EventRecord, history: History) -> dict[str, object]:
        """What fills the sentence of an event; each sentence takes what it needs."""
        at = record.event.at if isinstance(record.event, events.TimeAgreed) else None
        return {
            "moment": self.presenter.moment(at, history.complaint) if at else "",
            "owner": self._owner_of(record.event),
        }

    def _owner_of(self, event: events.Event) -> str:
        """Who had it, where an event tells the resident so."""
        if not isinstance(event, events.NewDateSet):
            return ""
        return self.presenter.owner(event.owner, self.directory)

    def _by(self, record: EventRecord, *, from_resident: bool) -> str:
        """Name and role of who did it; of the resident's word, of who wrote it down for them."""
        if record.by in NOT_STAFF:
            return ""
        who = self._who(record.by)
        return self.presenter.say("story.written_down", who=who) if from_resident else who

    def _who(self, staff_id: str) -> str:
        person = self.directory.person(staff_id)
        if person is None:
            return self.presenter.say("story.staff")
        return self.presenter.owner(as_owner(person), self.directory)


def said(record: EventRecord) -> tuple[str, ...]:
    """A record's words meant for the resident; why they withdrew, where they said so themselves."""
    names = SHOWN[record.kind]
    if isinstance(record.event, events.Withdrawn) and record.by == RESIDENT:
        names = ("reason",)
    return tuple(record.words[name] for name in names if record.words.get(name))


def _is_shown(record: EventRecord) -> bool:
    """Whether its resident reads of it; who else comes to or leaves the matter is not theirs."""
    event = record.event
    of_others = getattr(event, "had_parts", False) or getattr(event, "others_stay", False)
    return record.kind in SHOWN and not of_others


def _own(records: tuple[EventRecord, ...]) -> tuple[EventRecord, ...]:
    """What concerns its own resident: nothing that came after they withdrew alone."""
    for place, one in enumerate(records, 1):
        if isinstance(one.event, events.Withdrawn) and one.event.others_go_on:
            return records[:place]
    return records


def _told_at(record: EventRecord) -> datetime:
    """When it happened; for what was told by word of mouth, when it was told."""
    if isinstance(record.event, events.Replied | events.Acknowledged | events.ContactTried):
        return record.event.told_at
    return occurred_at(record)


def _title(record: EventRecord) -> str:  # noqa: C901, PLR0911 - one line an event
    """The kind, told apart where one kind says two things."""
    match record.event:
        case events.Received(channel=channel) if channel in RECEPTION_CHANNELS:
            return "taken_in"
        case events.NewDateSet(because=("risen",)):
            return "has_it_now"
        case events.Replied(explains=True):
            return "explained"
        case events.Closed(ended_as="invalid"):
            return "closed_as_invalid"
        case events.ReturnVisitAsked(by_letter=False):
            return "return_visit_due"
        case events.ReturnVisitTried(ends=ends):
            return "unreached" if ends else "not_reached_yet"
        case events.ConfidenceRecorded(in_confidence=False):
            return "confidence_lifted"
        case events.ReturnVisited(held=held):
            return _HELD[held]
        case events.Reopened(by_another=True):
            return "reopened_for_another"
        case events.Separated(as_before=True) | events.PartLeft(as_before=True):
            return "separated_as_before"
        case _:
            return record.kind

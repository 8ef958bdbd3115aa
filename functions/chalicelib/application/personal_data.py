"""A resident's data, gathered when the resident asks what is stored about them.

Our reading of the right to see them: theirs is what they said and sent, how they are reached,
what was promised and told to them, what they answered, and what was judged and noted about them.
The department's feedback, hand-over notes, root causes and lessons are the company's, and stay
with it; so do the names of the staff.
"""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.history import History
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.letter_writer import LetterWriter
from chalicelib.application.ports.photo_store import PhotoStore
from chalicelib.application.records import Dossier, SentLetter
from chalicelib.domain.delivery import SENT_OUT
from chalicelib.domain.events import EventRecord, Judged, PhotoAdded, TimeAgreed
from chalicelib.domain.model import RESIDENT, Complaint, Facts
from chalicelib.domain.notices import Notice

Plain = dict[str, object]

RESIDENT_KINDS = frozenset(
    {
        "received",
        "judged",
        "noted",
        "replied",
        "time_agreed",
        "updated",
        "messaged",
        "photo_added",
        "photo_refused",
        "disputed",
        "confirmed",
        "contact_corrected",
        "confidence_recorded",
        "return_visit_asked",
        "return_visit_tried",
        "return_visited",
        "return_visit_missed",
        "new_date_set",
        "withdrawn",
    }
)
"""The records that come from the resident or tell what the resident was told."""
_THE_COMPANY_S = frozenset({"root_cause", "lesson"})
_FACTS = Facts.__struct_fields__


@dataclass(frozen=True)
class PersonalData:
    """Collects what is stored by or about a resident.

    `writer` writes their letters once more, as the record has them, without the code.
    """

    complaints: Complaints
    photos: PhotoStore
    contexts: DecisionContexts
    writer: LetterWriter

    def export(self, references: Iterable[str]) -> Plain:
        """All of it for these complaints, as plain JSON; instants in the community's time.

        Raises NotFoundError for an unknown reference.
        """
        dossiers = (self.complaints.dossier(one) for one in references)
        return {"complaints": [self._complaint(one) for one in dossiers]}

    def _complaint(self, dossier: Dossier) -> Plain:
        complaint = dossier.history.complaint
        own = (one for one in dossier.history.records if one.kind in RESIDENT_KINDS)
        return {
            "reference": complaint.reference,
            "language": complaint.language,
            "channel": complaint.channel,
            "status": complaint.status,
            "severity": complaint.severity,
            "received_at": _local(complaint.received_at, complaint),
            "ended_at": _local(complaint.ended_at, complaint),
            "promised": {
                "acknowledge_by": _local(complaint.promises.acknowledge_by, complaint),
                "reply_by": _local(complaint.promises.reply_by, complaint),
            },
            "facts": {name: _plain(getattr(complaint, name)) for name in _FACTS},
            "words": dict(dossier.history.words),
            "records": [_record(one, complaint) for one in own],
            "letters": self._letters(dossier),
            "photos": self._photos(dossier.history),
        }

    def _letters(self, dossier: Dossier) -> list[Plain]:
        """The letters that were sent to the resident, in the words that they had."""
        complaint = dossier.history.complaint
        return [
            {
                "letter": one.letter,
                "sent_at": _local(one.sent_at or one.at, complaint),
                **self._written(one, dossier.history),
            }
            for one in dossier.letters
            if one.to == RESIDENT and one.state in SENT_OUT
        ]

    def _written(self, letter: SentLetter, history: History) -> Plain:
        """Subject and text, written once more from the record as it was when it was sent."""
        if history.complaint.erased:
            return {}
        past = History(tuple(one for one in history.records if one.at <= letter.at))
        notice = Notice(letter.letter, RESIDENT)
        record, context = past.record(letter.number), self.contexts.of(past)
        written = self.writer.of_event(notice, record, past, context)
        return {"subject": written.subject, "text": written.text}

    def _photos(self, history: History) -> list[Plain]:
        """The photos that are kept: name, day, and the file itself."""
        complaint = history.complaint
        added = ((one, one.event) for one in history.records)
        return [
            {
                "name": record.words.get("name", ""),
                "added_at": _local(record.at, complaint),
                "jpeg": b64encode(self.photos.kept(complaint.reference, event.photo)).decode(),
            }
            for record, event in added
            if isinstance(event, PhotoAdded) and event.photo in complaint.photos
        ]


def _record(record: EventRecord, complaint: Complaint) -> Plain:
    agreed = record.event.at if isinstance(record.event, TimeAgreed) else None
    told_by = getattr(record.event, "told_by", None)
    held = getattr(record.event, "held", None)
    because = getattr(record.event, "because", None)
    more = {"agreed_at": _local(agreed, complaint), "told_by": told_by, "held": held}
    more |= {"because": because}
    if isinstance(record.event, Judged):
        more |= {"valid": record.event.valid, "severity": record.event.severity}
    words = {name: text for name, text in record.words.items() if name not in _THE_COMPANY_S}
    return {
        "kind": record.kind,
        "at": _local(record.at, complaint),
        **{name: value for name, value in more.items() if value is not None},
        "words": words,
    }


def _local(at: datetime | None, complaint: Complaint) -> str | None:
    return at.astimezone(complaint.tz).isoformat() if at else None


def _plain(value: object) -> object:
    """A fact as JSON has it; money in CNY, as text, so that no fen is lost."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return list(value) if isinstance(value, tuple) else str(value)

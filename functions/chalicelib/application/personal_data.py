"""A resident's data, gathered when the resident asks what is stored about them.

Our reading of the right to see them: theirs is what they said, how they are reached, what was
promised and told to them, and what they answered. The staff's own notes, the department's
feedback, hand-over notes, root causes and lessons are the company's, and stay with it; so
do the names of the staff.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.records import Dossier
from chalicelib.domain.delivery import SENT_OUT
from chalicelib.domain.events import EventRecord, TimeAgreed
from chalicelib.domain.model import RESIDENT, Complaint, Facts

Plain = dict[str, object]

RESIDENT_KINDS = frozenset(
    {
        "received",
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
    """Collects what is stored by or about a resident."""

    complaints: Complaints

    def export(self, references: Iterable[str]) -> Plain:
        """All of it for these complaints, as plain JSON; instants in the community's time.

        Raises NotFoundError for an unknown reference.
        """
        dossiers = (self.complaints.dossier(one) for one in references)
        return {"complaints": [_complaint(one) for one in dossiers]}


def _complaint(dossier: Dossier) -> Plain:
    complaint = dossier.history.complaint
    own = (one for one in dossier.history.records if one.kind in RESIDENT_KINDS)
    return {
        "reference": complaint.reference,
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
        "letters": _letters(dossier),
    }


def _record(record: EventRecord, complaint: Complaint) -> Plain:
    agreed = record.event.at if isinstance(record.event, TimeAgreed) else None
    told_by = getattr(record.event, "told_by", None)
    held = getattr(record.event, "held", None)
    because = getattr(record.event, "because", None)
    more = {"agreed_at": _local(agreed, complaint), "told_by": told_by, "held": held}
    more |= {"because": because}
    words = {name: text for name, text in record.words.items() if name not in _THE_COMPANY_S}
    return {
        "kind": record.kind,
        "at": _local(record.at, complaint),
        **{name: value for name, value in more.items() if value is not None},
        "words": words,
    }


def _letters(dossier: Dossier) -> list[Plain]:
    """The letters that were sent to the resident."""
    complaint = dossier.history.complaint
    return [
        {"letter": one.letter, "sent_at": _local(one.sent_at or one.at, complaint)}
        for one in dossier.letters
        if one.to == RESIDENT and one.state in SENT_OUT
    ]


def _local(at: datetime | None, complaint: Complaint) -> str | None:
    return at.astimezone(complaint.tz).isoformat() if at else None


def _plain(value: object) -> object:
    """A fact as JSON has it; money in CNY, as text, so that no fen is lost."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return list(value) if isinstance(value, tuple) else str(value)

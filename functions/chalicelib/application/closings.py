"""What a month's complaints were settled with: root cause, remedy and lesson (principles 2, 4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.application.history import History
from chalicelib.application.ports.complaints import Complaints
from chalicelib.domain import permissions
from chalicelib.domain.confidence import sees_resident
from chalicelib.domain.events import Closed, EventRecord
from chalicelib.domain.staff import Staff
from chalicelib.domain.statistics import Month


@dataclass(frozen=True)
class Closing:
    """How one was settled; each text is blank where nobody wrote one, or it is erased."""

    reference: str
    category: str
    record: EventRecord

    @property
    def texts(self) -> tuple[str, str, str]:
        """Root cause, remedy and lesson."""
        cause, remedy, lesson = (
            self.record.words.get(name, "") for name in ("root_cause", "remedy", "lesson")
        )
        return cause, remedy, lesson


@dataclass(frozen=True)
class Closings:
    """Reads them, complaint by complaint: for as many as stand on a page."""

    complaints: Complaints

    def of(self, references: Iterable[str], month: Month, staff: Staff) -> tuple[Closing, ...]:
        """The last closing of each in the month, but of those that this person may not know."""
        histories = (self.complaints.load(one) for one in references)
        found = (_closing(one, month) for one in histories if _may_know(staff, one))
        return tuple(one for one in found if one)


def _may_know(staff: Staff, history: History) -> bool:
    """What was written of one in confidence may say who the resident is."""
    complaint = history.complaint
    return permissions.may(staff, "see", complaint) and sees_resident(staff, complaint)


def _closing(history: History, month: Month) -> Closing | None:
    records = [
        one for one in history.records if isinstance(one.event, Closed) and month.holds(one.at)
    ]
    if not records:
        return None
    complaint = history.complaint
    return Closing(complaint.reference, complaint.category, records[-1])

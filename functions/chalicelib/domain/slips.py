"""Who may see the slip with a resident's code, and for how long (our setting).

Whoever has the code speaks as the resident. So who owns a complaint never sees it, and who gives
it out sees it while the resident stands there. Afterwards there is only a new code, on record.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from chalicelib.domain.events import CodeRenewed, EventRecord, Received
from chalicelib.domain.model import Complaint
from chalicelib.domain.staff import Staff

SHOWN_FOR = timedelta(minutes=15)
"""So long at most a slip is shown after the code was made."""


def gives_out_code(
    staff: Staff, complaint: Complaint, records: Iterable[EventRecord], now: datetime
) -> bool:
    """Whether it was this member of staff who made the present code, at most so long ago."""
    made = [one for one in records if isinstance(one.event, Received | CodeRenewed)][-1]
    in_time = made.at <= now < made.at + SHOWN_FOR
    return made.by == staff.id and in_time and not _owns(staff, complaint)


def _owns(staff: Staff, complaint: Complaint) -> bool:
    """Whether they own it, or would as soon as its owner is named."""
    owner = complaint.owner
    if owner.staff is not None:
        return owner.staff == staff.id
    return owner.role in staff.roles and staff.serves(complaint.community)

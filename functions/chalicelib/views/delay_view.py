"""What a resident is told of a delay: what was missed, and by when to expect it now."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.domain.events import Event, NewDateSet
from chalicelib.domain.model import NEW_CONTACT, NEW_DATE_OF, Complaint
from chalicelib.domain.new_dates import standing_dates
from chalicelib.views.presentation import Content, Presenter


def delay_content(
    event: Event, complaint: Complaint, presenter: Presenter, now: datetime
) -> Content:
    """What fills the letter of a delay at `now` (UTC); nothing for another event."""
    if not isinstance(event, NewDateSet):
        return {}
    standing = standing_dates(complaint, presenter.policy, now)
    contact = _first(one for name, one in standing.items() if NEW_DATE_OF[name] == NEW_CONTACT)
    reply = _first(one for name, one in standing.items() if NEW_DATE_OF[name] != NEW_CONTACT)
    if contact and reply and reply <= contact:
        contact = None
    return {
        "because_late": event.because,
        "missed_dates": [
            {"promise": one.promise, "due": presenter.moment(one.due_at, complaint)}
            for one in event.dates
        ],
        "contact_anew": presenter.moment(contact, complaint) if contact else "",
        "reply_anew": presenter.moment(reply, complaint) if reply else "",
        "follows_up": "follow_up" in standing,
    }


def _first(found: Iterable[datetime | None]) -> datetime | None:
    return min((one for one in found if one), default=None)

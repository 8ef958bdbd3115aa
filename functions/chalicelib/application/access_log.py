"""When a look at a complaint is a new one: not each time that a page is loaded again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from chalicelib.application.records import AccessRecord

ONE_LOOK = timedelta(minutes=10)
"""Who comes back to the page within this time is still looking."""


def is_still_looking(looks: Iterable[AccessRecord], staff: str, now: datetime) -> bool:
    """Whether this person's last look that was written down is less than ten minutes old."""
    return any(one.staff == staff and now - one.last_at < ONE_LOOK for one in looks)

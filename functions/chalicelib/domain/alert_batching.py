"""A storm of complaints, and no flood of letters (our setting).

Many alerts about one community are gathered into one letter each quarter of an hour for a
person, and nobody's mailbox is filled by forms that others send in.
"""

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from chalicelib.domain.model import RESIDENT, Complaint
from chalicelib.domain.notices import Notice
from chalicelib.domain.policy import Policy

COUNTED = frozenset({"receipt", "code_again"})
"""Letters with her code that whoever fills in a form brings about."""
_FOLLOWING = frozenset({"linked"})
"""What follows a form besides, by itself."""

GATHERED = frozenset({"alert", "reminder"})
"""Letters of which a storm brings many at once: at receipt, and when nobody could keep up."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Window(Struct, frozen=True):
    """The time whose alerts go into one letter: from its start to before its end (UTC)."""

    starts_at: datetime
    ends_at: datetime


def window_of(at: datetime, minutes: int) -> Window:
    """The window that an instant falls in; windows of 15 minutes are the clock's quarters."""
    length = timedelta(minutes=minutes)
    starts_at = at - (at - _BEGINNING) % length
    return Window(starts_at, starts_at + length)


def share_of(notice: Notice, by: str) -> str:
    """Whose number in a day is limited: ``codes`` with her code, ``others`` of her own doing.

    Nothing for a letter that the staff or the clock bring about: it follows their work. So
    nobody fills a stranger's mailbox by what can be done without an account.
    """
    if notice.letter in COUNTED:
        return "codes"
    hers = notice.to == RESIDENT and (by == RESIDENT or notice.letter in _FOLLOWING)
    return "others" if hers else ""


def may_wait(notice: Notice, complaint: Complaint, policy: Policy) -> bool:
    """Whether a letter may be gathered: an alert or a reminder, unless it is of the gravest.

    What awaits a judgement counts as what it is treated as until then.
    """
    gravest = policy.severities[0]
    return notice.letter in GATHERED and policy.severity(complaint.severity) != gravest

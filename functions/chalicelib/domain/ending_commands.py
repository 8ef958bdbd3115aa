"""Commands of the end: to settle a complaint, to end it otherwise, and to open it again.

`commands` gathers them with all others.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Close:
    """Settle the matter: root cause, what was done about it, and a lesson (principles 2, 4)."""

    by: str
    root_cause: str = ""
    remedy: str = ""
    lesson: str = ""


@dataclass(frozen=True)
class Confirm:
    """The resident says that it is solved; `told_by` email, telephone, visit or letter."""

    by: str
    told_by: str
    text: str = ""


@dataclass(frozen=True)
class Dispute:
    """The resident says that it is not solved, and why (principle 4)."""

    by: str
    text: str
    told_by: str


@dataclass(frozen=True)
class ReturnVisit:
    """Ask the resident whether it held (回访); `held` is None when she was not reached."""

    by: str
    held: bool | None
    told_by: str
    text: str = ""


@dataclass(frozen=True)
class Withdraw:
    """The resident takes the complaint back."""

    by: str
    reason: str


@dataclass(frozen=True)
class Merge:
    """Let the matter go on under another complaint of the same household."""

    by: str
    into: str
    reason: str


@dataclass(frozen=True)
class Reopen:
    """Open again what has ended."""

    by: str
    reason: str


@dataclass(frozen=True)
class CorrectContact:
    """Put right how to reach the resident (6.1.1): all of it anew, blank for none."""

    by: str
    reason: str
    name: str
    phone: str
    email: str
    building: str
    unit: str
    contact_by: str
    contact_time: str


@dataclass(frozen=True)
class Erase:
    """Erase the resident's data, as she asked."""

    by: str
    reason: str


@dataclass(frozen=True)
class Absorb:
    """Take in that another complaint was merged into this one."""

    reference: str


@dataclass(frozen=True)
class EndElsewhere:
    """An imported complaint had ended before it came here."""

    ended_at: datetime

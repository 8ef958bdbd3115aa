"""What can be asked of a complaint: the handbook's verbs, as values.

`by` is the id of the member of staff who asks. Free text stands in `words` of what
comes of it, never in an event.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.facts import Facts


@dataclass(frozen=True, kw_only=True)
class Receive(Facts):
    """Take a complaint in (6.1.1): the facts asked for, and the words as they were given.

    `words` holds the free text and the contact: place, person, description, request,
    name, phone, email, building, unit, contact_time.
    """

    reference: str
    channel: str
    received_at: datetime
    words: Mapping[str, str]


@dataclass(frozen=True)
class NameOwner:
    """Ask the directory who holds the post that owns the complaint."""

    quietly: bool = False


@dataclass(frozen=True)
class Acknowledge:
    """Accept the complaint, and with it the duty to reply (principle 1)."""

    by: str


@dataclass(frozen=True)
class Judge:
    """Judge validity, cause, attribution, slightness, department or severity, with a reason."""

    by: str
    reason: str
    valid: bool | None = None
    cause: str | None = None
    caused_by_us: bool | None = None
    slight: bool | None = None
    about: str | None = None
    severity: str | None = None


@dataclass(frozen=True)
class HandOver:
    """Give the complaint to somebody else, with a note (principle 1)."""

    by: str
    to: str
    note: str


@dataclass(frozen=True)
class Note:
    """Write something on the record, for staff only."""

    by: str
    text: str


@dataclass(frozen=True)
class Reply:
    """Tell the resident what was found and done; `told_by` email, telephone, visit or letter."""

    by: str
    text: str
    told_by: str = "email"
    told_at: datetime | None = None


@dataclass(frozen=True)
class Close:
    """Settle the matter: root cause, what was done about it, and a lesson (principles 2, 4)."""

    by: str
    root_cause: str = ""
    remedy: str = ""
    lesson: str = ""


@dataclass(frozen=True)
class EndElsewhere:
    """An imported complaint had ended before it came here."""

    ended_at: datetime


@dataclass(frozen=True)
class TakeStock:
    """The clock's own question: what has time made true by now?"""


StaffCommand = Acknowledge | Judge | HandOver | Note | Reply | Close
Command = Receive | NameOwner | EndElsewhere | TakeStock | StaffCommand
STAFF_VERBS: dict[str, type[StaffCommand]] = {
    "acknowledge": Acknowledge,
    "judge": Judge,
    "hand-over": HandOver,
    "note": Note,
    "reply": Reply,
    "close": Close,
}
"""The verbs a member of staff has, by the name in paths and on the command line."""

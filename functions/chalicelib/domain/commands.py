"""What can be asked of a complaint: the handbook's verbs, as values.

`by` is the id of the member of staff who asks, or `permissions.RESIDENT`. Free text stands
in `words` of what comes of it, never in an event.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.correspondence_commands import (
    AskCode,
    Link,
    Message,
    RenewCode,
    Repeat,
    Update,
)
from chalicelib.domain.ending_commands import (
    Absorb,
    Close,
    Confirm,
    CorrectContact,
    Dispute,
    EndElsewhere,
    Erase,
    Merge,
    Reopen,
    ReturnVisit,
    Withdraw,
)
from chalicelib.domain.facts import Facts
from chalicelib.domain.keeping_commands import AwaitAnswer, FollowUp, RecordFacts
from chalicelib.domain.photos import AddPhoto, RefusePhoto


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
class HandBack:
    """Give back what was handed over: the supervisor decides who has it (principle 1)."""

    by: str
    note: str


@dataclass(frozen=True)
class Note:
    """Write something on the record, for staff only; `corrects` names an item of it (6.1.1)."""

    by: str
    text: str
    corrects: str | None = None


@dataclass(frozen=True)
class AgreeTime:
    """Agree with the resident when to report back; `note` is what she was told (principle 3)."""

    by: str
    at: datetime
    note: str


@dataclass(frozen=True)
class CallForHelp:
    """Call the supervisor or the manager to explain (6.1.2): `whom` is the role.

    `entry` is that of the duty log where the call went out before there was a complaint.
    """

    by: str
    whom: str
    note: str = ""
    entry: str | None = None


@dataclass(frozen=True)
class GiveFeedback:
    """Say for the department complained about how it is handling the matter (3.3)."""

    by: str
    text: str


@dataclass(frozen=True)
class Reply:
    """Tell the resident what was found (`text`) and done; by email, telephone, visit or letter.

    Root cause and lesson are for the record and never told to her. `follow_up_by` is by
    when what the reply still promises will be done (UTC).
    """

    by: str
    text: str
    told_by: str = "email"
    told_at: datetime | None = None
    done: str = ""
    root_cause: str = ""
    lesson: str = ""
    follow_up_by: datetime | None = None


@dataclass(frozen=True)
class StandIn:
    """Ask whether the owner is there, and who takes her place if not (principle 1).

    `moved` says that she is there, but has left the post or the community that owns it.
    """

    moved: bool = False


@dataclass(frozen=True)
class TakeStock:
    """The clock's own question: what has time made true by now?"""


STAFF_VERBS: dict[str, "type[StaffCommand]"] = {
    "acknowledge": Acknowledge,
    "agree-time": AgreeTime,
    "update": Update,
    "await-answer": AwaitAnswer,
    "message": Message,
    "reply": Reply,
    "follow-up": FollowUp,
    "close": Close,
    "judge": Judge,
    "record-facts": RecordFacts,
    "hand-over": HandOver,
    "hand-back": HandBack,
    "give-feedback": GiveFeedback,
    "note": Note,
    "call-for-help": CallForHelp,
    "confirm": Confirm,
    "dispute": Dispute,
    "return-visit": ReturnVisit,
    "correct-contact": CorrectContact,
    "renew-code": RenewCode,
    "withdraw": Withdraw,
    "merge": Merge,
    "reopen": Reopen,
    "erase": Erase,
}
"""The verbs a member of staff has, by the name in paths and on the command line."""

StaffCommand = (
    Acknowledge
    | AgreeTime
    | Update
    | AwaitAnswer
    | Message
    | Reply
    | FollowUp
    | Close
    | Judge
    | RecordFacts
    | HandOver
    | HandBack
    | GiveFeedback
    | Note
    | CallForHelp
    | Confirm
    | Dispute
    | ReturnVisit
    | CorrectContact
    | RenewCode
    | Withdraw
    | Merge
    | Reopen
    | Erase
)
HerCommand = AskCode
Command = (
    Receive
    | NameOwner
    | StandIn
    | Absorb
    | Link
    | Repeat
    | EndElsewhere
    | AddPhoto
    | RefusePhoto
    | TakeStock
    | HerCommand
    | StaffCommand
)
VERBS: dict[type[StaffCommand], str] = {kind: verb for verb, kind in STAFF_VERBS.items()}

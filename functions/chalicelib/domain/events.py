"""What has happened to a complaint: the only truth there is about it.

Events hold facts, keys and instants (UTC). Free text by or about the resident
travels beside an event as its words and is kept apart, so that it can be erased
while the history keeps its shape.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from chalicelib.domain.clauses import Verdict
from chalicelib.domain.correspondence import (
    CodeAsked,
    CodeRenewed,
    Linked,
    Messaged,
    Repeated,
    ReturnVisitAsked,
    Updated,
)
from chalicelib.domain.endings import (
    Absorbed,
    Closed,
    Confirmed,
    ContactCorrected,
    Disputed,
    EndedElsewhere,
    Erased,
    Merged,
    Reopened,
    ReturnVisited,
    Withdrawn,
)
from chalicelib.domain.facts import Facts
from chalicelib.domain.handling import (
    Acknowledged,
    FeedbackGiven,
    HandedOver,
    HelpCalled,
    Judged,
    Noted,
    Replied,
    StoodIn,
    TimeAgreed,
)
from chalicelib.domain.keeping import AnswerAwaited, FactsRecorded, FollowedUp
from chalicelib.domain.photos import PhotoAdded, PhotoRefused
from chalicelib.domain.promises import Promises
from chalicelib.domain.reminding import Reminded, Warned
from chalicelib.domain.roles import Owner

NO_WORDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Received(Facts):
    """A complaint came in (6.1.1). `happened_at` is the resident's own local date or time."""

    reference: str
    channel: str
    received_at: datetime
    verdict: Verdict
    severity: str | None
    promises: Promises
    owner: Owner


@dataclass(frozen=True)
class OwnerNamed:
    """The directory said who holds the post that owns the complaint (principle 1).

    `quietly` when nobody is written to one by one, as for an import.
    """

    owner: Owner
    quietly: bool = False


@dataclass(frozen=True)
class Missed:
    """Promises that fell due and were not kept, recorded once each."""

    promises: tuple[str, ...]


@dataclass(frozen=True)
class Escalated:
    """The facts or the time met a clause anew (5.1.3 most of all)."""

    severity: str | None
    severity_before: str | None
    verdict: Verdict
    promises: Promises
    owner: Owner
    owner_before: Owner | None = None


Event = (
    Received
    | OwnerNamed
    | StoodIn
    | Acknowledged
    | Judged
    | HandedOver
    | Noted
    | TimeAgreed
    | HelpCalled
    | FeedbackGiven
    | Replied
    | FollowedUp
    | FactsRecorded
    | AnswerAwaited
    | Updated
    | Messaged
    | Confirmed
    | Disputed
    | ReturnVisitAsked
    | ReturnVisited
    | Closed
    | Withdrawn
    | Merged
    | Absorbed
    | Reopened
    | Linked
    | Repeated
    | PhotoAdded
    | PhotoRefused
    | CodeAsked
    | CodeRenewed
    | ContactCorrected
    | Erased
    | EndedElsewhere
    | Missed
    | Reminded
    | Warned
    | Escalated
)

EVENTS: dict[str, type[Event]] = {
    "received": Received,
    "owner_named": OwnerNamed,
    "stood_in": StoodIn,
    "acknowledged": Acknowledged,
    "judged": Judged,
    "handed_over": HandedOver,
    "noted": Noted,
    "time_agreed": TimeAgreed,
    "help_called": HelpCalled,
    "feedback_given": FeedbackGiven,
    "replied": Replied,
    "followed_up": FollowedUp,
    "facts_recorded": FactsRecorded,
    "answer_awaited": AnswerAwaited,
    "updated": Updated,
    "messaged": Messaged,
    "confirmed": Confirmed,
    "disputed": Disputed,
    "return_visit_asked": ReturnVisitAsked,
    "return_visited": ReturnVisited,
    "closed": Closed,
    "withdrawn": Withdrawn,
    "merged": Merged,
    "absorbed": Absorbed,
    "reopened": Reopened,
    "linked": Linked,
    "repeated": Repeated,
    "photo_added": PhotoAdded,
    "photo_refused": PhotoRefused,
    "code_asked": CodeAsked,
    "code_renewed": CodeRenewed,
    "contact_corrected": ContactCorrected,
    "erased": Erased,
    "ended_elsewhere": EndedElsewhere,
    "missed": Missed,
    "reminded": Reminded,
    "warned": Warned,
    "escalated": Escalated,
}
"""Each event by the name under which it is kept."""

KINDS: dict[type[Event], str] = {event: kind for kind, event in EVENTS.items()}


@dataclass(frozen=True)
class Happening:
    """An event with the words that belong to it."""

    event: Event
    words: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)


@dataclass(frozen=True)
class Recorded:
    """A happening on the record: its number, when (UTC) and by whom."""

    number: int
    at: datetime
    by: str
    event: Event
    words: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)

    @property
    def kind(self) -> str:
        """The event's name, as kept in the table and shown in the history."""
        return KINDS[type(self.event)]

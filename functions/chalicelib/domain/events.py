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
from chalicelib.domain.clocks import Promises
from chalicelib.domain.facts import Facts
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
class Acknowledged:
    """The owner accepted the complaint and with it the duty to reply (principle 1)."""


@dataclass(frozen=True)
class Judged:
    """A person judged what facts leave open (2, 5.1-5.3); what was not judged is None.

    `verdict` is the engine's view of the facts as judged; `severity` is what holds.
    """

    valid: bool | None
    cause: str | None
    caused_by_us: bool | None
    slight: bool | None
    about: str | None
    severity: str | None
    severity_before: str | None
    verdict: Verdict
    promises: Promises
    explain_by: datetime | None
    owner: Owner


@dataclass(frozen=True)
class HandedOver:
    """The owner changed, by somebody's decision and with a note (principle 1)."""

    owner: Owner
    before: Owner


@dataclass(frozen=True)
class Noted:
    """Something was written on the record, for staff only (principle 2)."""


@dataclass(frozen=True)
class Replied:
    """The resident was told what was found and done; by letter, or by word of mouth at `told_at`.

    `explains` when it is the explanation of an invalid complaint (2).
    """

    told_by: str
    told_at: datetime
    explains: bool


@dataclass(frozen=True)
class Closed:
    """The matter is settled, its cause known (principle 4); `ended_as` closed or invalid."""

    ended_as: str


@dataclass(frozen=True)
class EndedElsewhere:
    """An imported complaint had ended before it came here; nothing is claimed of a reply."""

    ended_at: datetime


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


Event = (
    Received
    | OwnerNamed
    | Acknowledged
    | Judged
    | HandedOver
    | Noted
    | Replied
    | Closed
    | EndedElsewhere
    | Missed
    | Escalated
)

EVENTS: dict[str, type[Event]] = {
    "received": Received,
    "owner_named": OwnerNamed,
    "acknowledged": Acknowledged,
    "judged": Judged,
    "handed_over": HandedOver,
    "noted": Noted,
    "replied": Replied,
    "closed": Closed,
    "ended_elsewhere": EndedElsewhere,
    "missed": Missed,
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

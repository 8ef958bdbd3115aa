"""Events of the end: how a complaint ends, what the resident says of it, and how it opens again.

`events` gathers them with all others. `told_by` says how the resident's word came.
"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.clauses import Verdict
from chalicelib.domain.promises import Promises
from chalicelib.domain.roles import Owner


@dataclass(frozen=True)
class Confirmed:
    """The resident said that it is solved."""

    told_by: str


@dataclass(frozen=True, kw_only=True)
class NewRound:
    """It is open again: verdict, promises and owner of a new round, counted from now."""

    severity: str | None
    severity_before: str | None
    verdict: Verdict
    promises: Promises
    owner: Owner
    owner_before: Owner | None = None


@dataclass(frozen=True, kw_only=True)
class Disputed(NewRound):
    """The resident said that it is not solved: the reply is void, and it counts as raised again."""

    told_by: str


@dataclass(frozen=True, kw_only=True)
class Reopened(NewRound):
    """The staff opened again what had ended, with a reason."""


@dataclass(frozen=True)
class ReturnVisited:
    """The resident was asked whether it held; None when she was not reached."""

    held: bool | None
    told_by: str


@dataclass(frozen=True)
class Closed:
    """The matter is settled, its cause known (principle 4); `ended_as` closed or invalid."""

    ended_as: str


@dataclass(frozen=True)
class Withdrawn:
    """The resident took the complaint back."""


@dataclass(frozen=True)
class Merged:
    """The matter goes on under another complaint of the same household: its reference."""

    into: str


@dataclass(frozen=True)
class Absorbed:
    """Another complaint was merged into this one: its reference."""

    reference: str


@dataclass(frozen=True)
class ContactCorrected:
    """How to reach the resident was put right (6.1.1); the contacts themselves are words."""

    contact_by: str
    reachable_by: tuple[str, ...]


@dataclass(frozen=True)
class Erased:
    """The resident's data were erased on request; the history keeps its shape without her."""


@dataclass(frozen=True)
class EndedElsewhere:
    """An imported complaint had ended before it came here; nothing is claimed of a reply."""

    ended_at: datetime

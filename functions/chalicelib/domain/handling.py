"""Events of the handling: what the owner and the staff have done with a complaint.

`events` gathers them with all others.
"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.clauses import Verdict
from chalicelib.domain.promises import Promises
from chalicelib.domain.roles import Owner


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
    owner_before: Owner | None = None


@dataclass(frozen=True)
class HandedOver:
    """The owner changed, by somebody's decision and with a note (principle 1).

    `returned` when the one who had been given it gave it back: the supervisor decides.
    """

    owner: Owner
    before: Owner
    returned: bool = False


@dataclass(frozen=True)
class StoodIn:
    """Somebody took the place of an owner who is ``absent``, ``disabled`` or ``gone``.

    Or ``moved``: she is there, and has another post or community now.
    """

    owner: Owner
    before: Owner
    because: str


@dataclass(frozen=True)
class Noted:
    """Something was written on the record, for staff only (principle 2).

    `corrects` names the item of the record that it corrects (6.1.1); the item itself
    stays as it was written.
    """

    corrects: str | None = None


@dataclass(frozen=True)
class TimeAgreed:
    """A time to report back was agreed with the resident (principle 3); `at` is UTC."""

    at: datetime


@dataclass(frozen=True)
class HelpCalled:
    """The front desk called somebody to explain (6.1.2): the role that was called.

    `entry` is that of the duty log, such as ``2026-11-25#3``, when the call went out
    before there was a complaint.
    """

    whom: str
    entry: str | None = None


@dataclass(frozen=True)
class FeedbackGiven:
    """The department complained about said how it is handling the matter (3.3)."""


@dataclass(frozen=True)
class Replied:
    """The resident was told what was found and done; by letter, or by word of mouth at `told_at`.

    `explains` when it is the explanation of an invalid complaint (2); `follow_up_by` is by
    when what it still promises will be done.
    """

    told_by: str
    told_at: datetime
    explains: bool
    follow_up_by: datetime | None = None

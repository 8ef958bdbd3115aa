"""A complaint's row in the list of all: what is asked of it there, in few bytes.

It is kept beside the state, in the indexes by month, and holds keys, numbers and instants
alone: no word of the resident's, so that nothing of it has to expire.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from chalicelib.application.history import History
from chalicelib.domain.deadlines import deadlines
from chalicelib.domain.events import Disputed, EventRecord, Linked, Missed, Reopened
from chalicelib.domain.model import Owner
from chalicelib.domain.policy import Policy


class ListedComplaint(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row, with what decides who may see it (`model.Guarded`). Instants are UTC.

    `status` is the one that the staff read: what goes on under another is merged. `due_at` is
    the first deadline that ran when it was last changed, None once it has ended. `missed` when
    anything was, at any time; `raised_before` when the matter was raised before this complaint,
    and `raised_before_unknown_to` are departments that may not know of it, where only complaints
    in confidence tell; `reopened` when it was disputed or opened again. `satisfaction` is what
    was last answered.
    """

    reference: str
    community: str
    zone: str
    about: str
    category: str
    cause: str
    status: str
    channel: str
    received_at: datetime
    owner: Owner
    severity: str | None = None
    clauses: tuple[str, ...] = ()
    valid: bool | None = None
    ended_at: datetime | None = None
    due_at: datetime | None = None
    missed: bool = False
    raised_before: bool = False
    raised_before_unknown_to: tuple[str, ...] = ()
    reopened: bool = False
    disputed: bool = False
    satisfaction: str | None = None
    taken_by: str | None = None
    person_post: str | None = None
    may_be_meant: tuple[str, ...] = ()
    in_confidence: bool = False
    confided: tuple[str, ...] = ()
    erased: bool = False

    @property
    def tz(self) -> ZoneInfo:
        """The community's zone."""
        return ZoneInfo(self.zone)


class ListedLine(Struct, frozen=True):
    """A row with what the resident said, empty where that was not read, or is no more.

    `withheld` when its reader may not know the resident.
    """

    complaint: ListedComplaint
    words: Mapping[str, str] = {}
    withheld: bool = False


def listed(history: History, policy: Policy) -> ListedComplaint:
    """The row of a complaint as its record has it now."""
    complaint, events = history.complaint, [one.event for one in history.records]
    raised, unknown_to = _raised_before(history.records, complaint.times_said)
    running = (one.at for one in deadlines(complaint, policy).values())
    return ListedComplaint(
        reference=complaint.reference,
        community=complaint.community,
        zone=complaint.zone,
        about=complaint.about,
        category=complaint.category,
        cause=complaint.cause,
        status=complaint.shown_status,
        channel=complaint.channel,
        received_at=complaint.received_at,
        owner=complaint.owner,
        severity=complaint.severity,
        clauses=complaint.verdict.clauses,
        valid=complaint.valid,
        ended_at=complaint.ended_at,
        due_at=min(running, default=None) if complaint.is_open else None,
        missed=any(isinstance(one, Missed) for one in events),
        raised_before=raised,
        raised_before_unknown_to=unknown_to,
        reopened=any(isinstance(one, Disputed | Reopened) for one in events),
        disputed=any(isinstance(one, Disputed) for one in events),
        satisfaction=_satisfaction(history.records),
        taken_by=complaint.taken_by,
        person_post=complaint.person_post,
        may_be_meant=complaint.may_be_meant,
        in_confidence=complaint.in_confidence,
        confided=complaint.confided,
        erased=complaint.erased,
    )


def _raised_before(records: Iterable[EventRecord], said: int) -> tuple[bool, tuple[str, ...]]:
    """Whether it was raised before, and which departments may not know of it."""
    links = [one.event for one in records if isinstance(one.event, Linked)]
    if said or any(not one.confided for one in links):
        return True, ()
    unknown_to = (department for one in links for department in one.confided)
    return bool(links), tuple(dict.fromkeys(unknown_to))


def _satisfaction(records: Iterable[EventRecord]) -> str | None:
    """How satisfied the resident was when last asked."""
    answers = [getattr(one.event, "satisfaction", None) for one in records]
    return next((one for one in reversed(answers) if one), None)

"""What a month says of its complaints (3.2): the rows that every figure of the report counts.

A row is what one complaint comes to in one month: how it stood when the month began, what
happened to it, and how it stood when the month ended. It is replayed from the state at the
month's first instant and the records of the month, so that a month needs no history. Rows of
several communities stand together as they are; `figures` counts them.

A record belongs to the month in which it was made. What came in from a spreadsheet so counts
when it was taken in, and what had ended before is nobody's figure here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from chalicelib.domain import events
from chalicelib.domain.events import EventRecord
from chalicelib.domain.evolve import evolve
from chalicelib.domain.joined import voice_of
from chalicelib.domain.model import A_MONTH, IMPORT, NEW_DATE_OF, Complaint
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import HEAD

Happened = Iterable[tuple[str, EventRecord]]

NEW, IMPORTED, SEPARATED = "new", "imported", "separated"
REOPENED = ("reopened_closed", "reopened_invalid", "reopened_withdrawn")
CAME_IN = (NEW, *REOPENED, SEPARATED, IMPORTED)
"""How a complaint comes to be in hand."""
WENT_OUT = ("closed", "invalid", "withdrawn", "merged")
"""How one comes to be in hand no more."""
ANSWERED, NOT_REACHED, NOT_MADE = "answered", "not_reached", "not_made"
"""What came of a return visit."""
NOT_ASKED = "not_asked"
"""In the place of how satisfied a resident is, where nobody asked."""


class Month(Struct, frozen=True):
    """A calendar month of a community's zone, from its first instant to before the next's (UTC)."""

    name: str
    starts_at: datetime
    ends_at: datetime

    def holds(self, at: datetime) -> bool:
        """Whether an instant is of this month."""
        return self.starts_at <= at < self.ends_at


class PromiseResult(Struct, frozen=True):
    """A promise that was kept or missed in the month, and the role that was to keep it."""

    promise: str
    role: str
    kept: bool


class Took(Struct, frozen=True):
    """How long something took, in whole minutes: of working hours, and of the calendar."""

    what: str
    working: int
    calendar: int


class Change(Struct, frozen=True):
    """What of a complaint is otherwise at a month's end than at its beginning.

    `what` is ``valid`` or ``severity``; both values are keys, blank for what was not known.
    """

    what: str
    before: str
    after: str


class MonthRow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One complaint in one month.

    What it is (`category` to `valid`) is as it stood when the month ended. `building` is blank
    where the resident's data are gone. `moves` are how it came in and went out, in their order.
    `raised_before` when its resident had raised the matter before it came in, `linked` why it is
    known to be the same as an earlier complaint. `unsolved_for_a_month` when that is known of it
    (5.1.3). `satisfaction` has an entry for each answer, `changes` are those of what it was
    when the month began.
    """

    reference: str
    community: str
    channel: str
    category: str
    department: str
    cause: str
    severity: str | None = None
    gravest: bool = False
    clauses: tuple[str, ...] = ()
    owner: str = ""
    valid: bool | None = None
    building: str = ""
    was_open: bool = False
    is_open: bool = False
    version: int = 0
    moves: tuple[str, ...] = ()
    solved: bool = False
    disputed: bool = False
    raised_before: bool = False
    linked: tuple[str, ...] = ()
    unsolved_for_a_month: bool = False
    promises: tuple[PromiseResult, ...] = ()
    took: tuple[Took, ...] = ()
    visits: tuple[str, ...] = ()
    satisfaction: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether it came in during the month, and not from a spreadsheet."""
        return NEW in self.moves

    @property
    def in_hand(self) -> bool:
        """Whether it was open at any time of the month, and ended neither invalid nor elsewhere."""
        was = self.was_open or not set(CAME_IN).isdisjoint(self.moves)
        gone = {"invalid", "withdrawn", "merged"} & set(self.moves[-1:])
        return was and not gone and self.valid is not False


def month_of(name: str, zone: ZoneInfo) -> Month:
    """The month of this name, such as ``2026-11``. Raises ValueError for what is none."""
    first = date.fromisoformat(f"{name}-01")
    year, month = divmod(first.year * 12 + first.month, 12)
    starts, ends = (
        datetime(one.year, one.month, 1, tzinfo=zone) for one in (first, date(year, month + 1, 1))
    )
    return Month(name, starts.astimezone(UTC), ends.astimezone(UTC))


def months_before(name: str, count: int) -> str:
    """The month so many months earlier: ``2025-11`` is twelve before ``2026-11``."""
    first = date.fromisoformat(f"{name}-01")
    year, month = divmod(first.year * 12 + first.month - 1 - count, 12)
    return f"{year:04}-{month + 1:02}"


def is_carried(complaint: Complaint) -> bool:
    """Whether a complaint is in hand: open, and not gone on under another."""
    return _standing(complaint) == "open"


def to_be_loaded(opening: Iterable[Complaint], happened: Happened, month: Month) -> tuple[str, ...]:
    """The references of which the month says something that counts, and nothing is known yet.

    They had ended before the month began, or came in from a spreadsheet.
    """
    known = {one.reference for one in opening}
    counted = [
        (ref, one)
        for ref, one in happened
        if month.holds(one.at) and not isinstance(one.event, _OF_NO_ACCOUNT)
    ]
    began = {ref for ref, one in counted if one.number == 1}
    return tuple(dict.fromkeys(ref for ref, _ in counted if ref not in known | began))


def gaps(opening: Iterable[Complaint], happened: Happened, month: Month) -> tuple[str, ...]:
    """The references whose records do not follow on one another, so that one is lost."""
    versions = {one.reference: one.version for one in opening}
    return tuple(
        ref
        for ref, records in _by_reference(happened, month).items()
        if (ref in versions or records[0].number == 1)
        and not _follow(records, versions.get(ref, 0))
    )


def unmatched(rows: Iterable[MonthRow], opening: Iterable[Complaint]) -> tuple[str, ...]:
    """The references that end a month otherwise than the next begins; none where the two meet."""
    ended = {one.reference: one.version for one in rows if one.is_open}
    begins = {one.reference: one.version for one in opening if is_carried(one)}
    return tuple(sorted(ref for ref, _ in ended.items() ^ begins.items()))


def month_rows(
    opening: Iterable[Complaint], happened: Happened, month: Month, policy: Policy
) -> tuple[MonthRow, ...]:
    """The rows of a month, by reference.

    `opening` are the states at its first instant of all that was open, and of whatever else
    `to_be_loaded` names; `happened` are its records. What begins without a receipt is left out:
    `gaps` names it.
    """
    before = {one.reference: one for one in opening}
    records = _by_reference(happened, month)
    found = (
        _row(before.get(ref), records.get(ref, ()), policy)
        for ref in sorted({*records, *(ref for ref, one in before.items() if is_carried(one))})
    )
    return tuple(row for row in found if row)


class _Step(Struct, frozen=True):
    """One record with the state on either side of it; None before the receipt."""

    before: Complaint | None
    record: EventRecord
    after: Complaint


def _by_reference(happened: Happened, month: Month) -> dict[str, list[EventRecord]]:
    """The month's records of each, in their order, each once."""
    records: dict[str, dict[int, EventRecord]] = defaultdict(dict)
    for ref, one in happened:
        if month.holds(one.at):
            records[ref][one.number] = one
    return {ref: [found[number] for number in sorted(found)] for ref, found in records.items()}


def _follow(records: Iterable[EventRecord], version: int) -> bool:
    numbers = [one.number for one in records]
    return numbers == list(range(version + 1, version + 1 + len(numbers)))


def _row(
    before: Complaint | None, records: Iterable[EventRecord], policy: Policy
) -> MonthRow | None:
    steps = tuple(_steps(before, records))
    after = steps[-1].after if steps else before
    if after is None or after.status == "ended_elsewhere":
        return None
    later = [one for one in steps if one.before]
    # What was late before it came here is nobody's miss here.
    ours = [one for one in later if not _came_with_import(one)]
    disputes = sum(isinstance(one.record.event, events.Disputed) for one in steps)
    return MonthRow(
        reference=after.reference,
        community=after.community,
        channel=after.channel,
        category=after.category,
        department=after.about,
        cause=after.cause,
        severity=after.severity,
        gravest=policy.rank(after.severity) == 0,
        clauses=after.verdict.clauses,
        owner=after.owner.staff or "",
        valid=after.valid,
        was_open=before is not None and is_carried(before),
        is_open=is_carried(after),
        version=after.version,
        moves=tuple(move for one in steps if (move := _move(one))),
        solved=after.is_solved,
        disputed=disputes > 0,
        # Each time that it was disputed counts as raised again, and was not before it came in.
        raised_before=voice_of(after).times_raised > disputes,
        linked=_linked(steps),
        unsolved_for_a_month=A_MONTH in after.verdict.facts,
        promises=_promises(ours),
        took=tuple(took for one in ours for took in _took(one, policy)),
        visits=_visits(later),
        satisfaction=tuple(said for one in later for said in _said(one)),
        changes=_changes(before, after),
    )


def _steps(before: Complaint | None, records: Iterable[EventRecord]) -> Iterator[_Step]:
    for record in records:
        if before is None and record.number != 1:
            return
        after = evolve(before, record)
        yield _Step(before, record, after)
        before = after


def _came_with_import(step: _Step) -> bool:
    return step.after.channel == IMPORT and step.record.at == step.after.came_in_at


# ── Coming in and going out ──────────────────────────────────────────────


def _standing(complaint: Complaint | None) -> str:
    """Open, or how it is in hand no more; blank before it came in."""
    if complaint is None:
        return ""
    return "open" if complaint.is_open and not complaint.merged_into else complaint.shown_status


def _move(step: _Step) -> str:
    """How it came in or went out with this record; blank where it did neither."""
    was, now = _standing(step.before), _standing(step.after)
    if was == now or "open" not in (was, now):
        return ""
    if was == "open":
        return now
    if was == "":
        return IMPORTED if step.after.channel == IMPORT else NEW
    return SEPARATED if was == "merged" else f"reopened_{was}"


def _linked(steps: Iterable[_Step]) -> tuple[str, ...]:
    found = (one.record.event for one in steps)
    return tuple(dict.fromkeys(one.because for one in found if isinstance(one, events.Linked)))


def _changes(before: Complaint | None, after: Complaint) -> tuple[Change, ...]:
    """What was judged of it since; a report of an earlier month says so beside its figures."""
    if before is None:
        return ()
    keys = {
        "valid": [_VALIDITY[one.valid] for one in (before, after)],
        "severity": [one.severity or "" for one in (before, after)],
    }
    return tuple(Change(what, *found) for what, found in keys.items() if found[0] != found[1])


_VALIDITY = {True: "valid", False: "invalid", None: ""}


# ── Promises ─────────────────────────────────────────────────────────────


def _promises(steps: Iterable[_Step]) -> tuple[PromiseResult, ...]:
    """Those that were missed or kept, but what a letter had kept that came back after all."""
    found: list[PromiseResult] = []
    for one in steps:
        for name in _undone(one):
            kept = [at for at, it in enumerate(found) if it.kept and it.promise == name]
            if kept:
                del found[kept[-1]]
        found += _results(one)
    return tuple(found)


def _undone(step: _Step) -> Iterator[str]:
    """The promises that are to be kept once more after this record."""
    before, after, event = step.before, step.after, step.record.event
    if before and isinstance(event, events.LetterFailed) and event.voids:
        for name, at in _TOLD_AT.items():
            if getattr(before, at) and not getattr(after, at):
                yield name


def _results(step: _Step) -> Iterator[PromiseResult]:
    """The promises that this record missed or kept; a new round is neither."""
    before, event = step.before, step.record.event
    if before is None or isinstance(event, events.DecidedAnew):
        return
    if isinstance(event, events.Missed):
        for name in event.promises:
            yield PromiseResult(name, _role(name, before), kept=False)
    for name, is_done in _DONE.items():
        if is_done(before, step.after, event) and (kept := _kept(name, before)):
            yield PromiseResult(kept, _role(name, before), kept=True)


def _kept(name: str, before: Complaint) -> str | None:
    """The promise that was still to be kept: this one, or the date that took its place."""
    if name not in before.missed:
        return name
    anew = NEW_DATE_OF.get(name)
    was_given = anew is not None and any(one.promise == name for one in before.new_dates)
    return anew if was_given and anew not in before.missed else None


def _role(name: str, complaint: Complaint) -> str:
    """The head gives feedback (3.3); the owner keeps the rest."""
    return HEAD if name == "feedback" else complaint.owner.role


_TOLD_AT = {"acknowledge": "acknowledged_at", "reply": "replied_at", "explain": "explained_at"}
"""The promises that a letter may keep, with when the resident was told."""

Done = Callable[[Complaint, Complaint, events.Event], bool]

_DONE: dict[str, Done] = {
    "acknowledge": lambda was, now, _: bool(now.acknowledged_at and not was.acknowledged_at),
    "judge": lambda was, now, _: now.is_judged and not was.is_judged,
    "reply": lambda was, now, _: bool(now.replied_at and not was.replied_at),
    "explain": lambda was, now, _: bool(
        now.explained_at and was.explain_by and not was.explained_at
    ),
    "agreed": lambda was, now, _: bool(was.agreed_at and not now.agreed_at),
    "feedback": lambda was, now, _: bool(
        was.feedback_asked_at and now.feedback_at and not was.feedback_at
    ),
    "pass_on": lambda was, _, event: bool(was.pass_on_since) and isinstance(event, events.PassedOn),
    "follow_up": lambda was, _, event: (
        bool(was.follow_up_by) and isinstance(event, events.FollowedUp)
    ),
    "close": lambda _, __, event: isinstance(event, events.Closed),
}
"""When each promise has been done, by the states on either side of a record."""


# ── Times ────────────────────────────────────────────────────────────────


def _took(step: _Step, policy: Policy) -> Iterator[Took]:
    """First contact and reply count from when it was raised, the end from its receipt."""
    before, after = step.before, step.after
    if before is None or isinstance(step.record.event, events.DecidedAnew):
        return
    if after.acknowledged_at and not before.acknowledged_at:
        yield _took_from("contact", after.raised_at, after.acknowledged_at, after, policy)
    if after.replied_at and not before.replied_at:
        yield _took_from("reply", after.raised_at, after.replied_at, after, policy)
    if isinstance(step.record.event, events.Closed):
        yield _took_from("close", after.received_at, step.record.at, after, policy)


def _took_from(
    what: str, first: datetime, last: datetime, complaint: Complaint, policy: Policy
) -> Took:
    working = policy.working_time.length_between(first, last, complaint.tz)
    return Took(what, working // _A_MINUTE, max(last - first, timedelta()) // _A_MINUTE)


# ── Return visits ────────────────────────────────────────────────────────


def _visits(steps: Iterable[_Step]) -> tuple[str, ...]:
    """What came of its return visits; one that was made late in the month is made."""
    found = tuple(result for one in steps if (result := _visit(one)))
    return tuple(one for one in found if one != NOT_MADE or ANSWERED not in found)


def _visit(step: _Step) -> str:
    """What this record makes of the return visit; the resident's own word answers it too."""
    before, event = step.before, step.record.event
    match event:
        case events.ReturnVisitMissed():
            return NOT_MADE
        case events.ReturnVisitTried(ends=True):
            return NOT_REACHED
        case events.ReturnVisited() | events.Confirmed():
            return "" if _is_answered(before) else ANSWERED
        case events.Disputed():
            was_asked = before is not None and before.visit_asked_at is not None
            return ANSWERED if was_asked and not _is_answered(before) else ""
        case _:
            return ""


def _is_answered(complaint: Complaint | None) -> bool:
    """Whether the visit is done already, or the resident had said that it is solved."""
    return bool(complaint and (complaint.visited_at or complaint.confirmed_at))


def _said(step: _Step) -> Iterator[str]:
    """How satisfied the resident is, by this record; somebody may not have asked."""
    match step.record.event:
        case events.ReturnVisited(satisfaction=said) | events.Confirmed(satisfaction=said):
            yield said or NOT_ASKED
        case events.Disputed(satisfaction=str() as said):
            yield said


_A_MINUTE = timedelta(minutes=1)
_OF_NO_ACCOUNT = (
    events.Noted,
    events.HelpCalled,
    events.Messaged,
    events.PhotoAdded,
    events.PhotoRefused,
    events.CodeAsked,
    events.CodeRenewed,
    events.ContactCorrected,
    events.Repeated,
    events.ReturnVisitAsked,
    events.Reminded,
    events.Warned,
    events.EndedElsewhere,
    events.Erased,
)
"""What counts nowhere once a complaint has ended, so that nothing need be loaded for it."""

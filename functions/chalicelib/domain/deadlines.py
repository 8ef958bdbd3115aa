"""What is due when, and how each date was computed: all that runs for a complaint now.

Computed from the state and the policy; each deadline is computed once and carries its basis,
so that the page that explains it reads what the code goes by. A pause stops only the deadlines
that the policy file names; the month is never among them. All instants are UTC.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct

from chalicelib.domain.clauses import month_ends_at
from chalicelib.domain.evolve import as_delivered
from chalicelib.domain.model import (
    A_MONTH,
    NEW_DATE_OF,
    UNSURE,
    Complaint,
    DeadlineBasis,
    NewDate,
)
from chalicelib.domain.policy import Policy, Within
from chalicelib.domain.promises import (
    counted_anew,
    current_promises,
    due_at,
    hangs_on_calendar,
    promises_told,
)
from chalicelib.domain.working_time import days_after

CLAUSES = {
    "acknowledge": "principle_1",
    "judge": "5",
    "reply": "principle_3",
    "explain": "2",
    "new_contact": "principle_3",
    "new_reply": "principle_3",
    "agreed": "principle_3",
    "feedback": "3.3",
    "pass_on": "3.3",
    "close": "principle_4",
    "silence": "principle_3",
    "follow_up": "principle_4",
    "month": "5.1.3",
    "return_visit": "principle_4",
}
"""Every deadline, and which clause of the policy it serves."""
AFTER_THE_REPLY = "return_visit"
PAUSABLE = frozenset({"judge", "reply", "silence"})
"""The deadlines that a pause may stop; the month is not among them (5.1.3)."""
NOT_PROMISED = frozenset({"silence", "month"})
"""Deadlines whose end is no broken promise: the one is reminded of, the other counted (5.1.3)."""


class Deadline(Struct, frozen=True):
    """One deadline of a complaint: due `at`, and how that was computed."""

    name: str
    at: datetime
    basis: DeadlineBasis

    @property
    def clause(self) -> str:
        """The clause that it serves."""
        return CLAUSES[self.name]


class DayCount(Struct, frozen=True):
    """The days that a deadline in working days was counted over.

    `counted_from` is the day of receipt as the calendar counts it, `skipped` the days off on
    the way. `provisional` while the calendar of its year is not published.
    """

    counted_from: date
    skipped: tuple[date, ...]
    provisional: bool


OF_ONE = frozenset({*NEW_DATE_OF, *NEW_DATE_OF.values(), "silence"})
"""The deadlines towards one resident: one that goes on under another keeps these alone."""


def deadlines(complaint: Complaint, policy: Policy) -> dict[str, Deadline]:
    """Every deadline that runs now, by name, including those already missed.

    The month is included until it is counted (5.1.3). What goes on under another has those alone
    that its own resident waits for. While it is not known whether what was told by e-mail has
    arrived, only that runs which runs either way.
    """
    if complaint.unconfirmed:
        either_way = deadlines(as_delivered(complaint), policy)
        stands = _deadlines(complaint, policy)
        return {name: one for name, one in either_way.items() if name in stands}
    return _deadlines(complaint, policy)


def _deadlines(complaint: Complaint, policy: Policy) -> dict[str, Deadline]:
    found = {one.name: one for one in _running(complaint, policy)}
    anew = (_anew(one, complaint, policy) for one in complaint.new_dates if _stands(one, found))
    running = found | {one.name: one for one in sorted(anew, key=lambda one: one.at)}
    if complaint.merged_into is None:
        return running
    return {name: one for name, one in running.items() if name in OF_ONE}


def open_promises(complaint: Complaint, policy: Policy) -> dict[str, datetime]:
    """Each promise still open and not yet recorded as missed, with its instant."""
    done = complaint.missed | NOT_PROMISED
    running = deadlines(complaint, policy)
    return {name: one.at for name, one in running.items() if name not in done}


def return_visit(complaint: Complaint, policy: Policy) -> Deadline | None:
    """When the return visit opens, within working hours; once open, by when it is carried out.

    None while there is no reply, and once it is done or ended. One that was not carried out
    in its time stays, with the date that has passed (our setting).
    """
    opening = _visit_opening(complaint, policy)
    if opening is None:
        return None
    if complaint.visit_asked_at:
        return _visit_by(complaint.visit_asked_at, opening.at, complaint, policy)
    at = policy.working_time.within_hours(opening.at, complaint.tz)
    return Deadline(AFTER_THE_REPLY, at, opening.basis)


def visit_opens_at(complaint: Complaint, policy: Policy) -> datetime | None:
    """From when on the resident may be asked: never before a date that a reply promised.

    None where no return visit is to come.
    """
    opening = _visit_opening(complaint, policy)
    return opening.at if opening else None


def return_visit_at(complaint: Complaint, policy: Policy) -> datetime | None:
    """When time next brings something of the return visit: it opens, or was not carried out."""
    visit = None if complaint.visit_missed_at else return_visit(complaint, policy)
    return visit.at if visit else None


def open_visit(complaint: Complaint, policy: Policy) -> Deadline | None:
    """The return visit while it is somebody's task, by when it is to be carried out."""
    return return_visit(complaint, policy) if complaint.visit_asked_at else None


def warnings(complaint: Complaint, policy: Policy) -> dict[int, datetime]:
    """The warnings still to come before the month is over: after how many days, and when.

    Calendar days from first receipt, at the same clock time (our setting for 5.1.3); none
    that had passed before it came in.
    """
    if "month" not in deadlines(complaint, policy):
        return {}
    days = (one for one in policy.settings.warn_after_days if one not in complaint.warned)
    due = {one: days_after(complaint.received_at, one, complaint.tz) for one in days}
    came_in_at = complaint.came_in_at or complaint.received_at
    return {one: at for one, at in due.items() if at > came_in_at}


def feedback_by(complaint: Complaint, policy: Policy) -> datetime | None:
    """By when the department was asked to say how it is handling it (3.3); None if never asked."""
    asked = _feedback(complaint, policy)
    return asked.at if asked else None


def reply_told(complaint: Complaint, policy: Policy) -> Deadline:
    """By when the resident was told that there is an answer, their own pauses counted."""
    told = promises_told(complaint, policy).reply
    return _paused(Deadline("reply", told.at, told.basis), complaint, policy)


def day_count(deadline: Deadline, complaint: Complaint, policy: Policy) -> DayCount | None:
    """The days it was counted over; None where it counts no working days."""
    within = deadline.basis.within
    if within is None or within.hours:
        return None
    calendar, zone = policy.working_time, complaint.tz
    from_at, at = deadline.basis.from_at, deadline.at
    first, last = (one.astimezone(zone).date() for one in (from_at, at))
    return DayCount(
        calendar.counts_from(from_at, zone),
        calendar.days_off_between(first, last),
        calendar.is_provisional(at, zone),
    )


def is_provisional(name: str, at: datetime, complaint: Complaint, policy: Policy) -> bool:
    """Whether days off that are not published yet could move a deadline due `at`.

    Only what counts working days: never the month, a return visit or a time that was named.
    """
    settings, promises = policy.settings, current_promises(complaint, policy)
    counted: dict[str, Within | None] = {
        "acknowledge": promises.acknowledge.basis.within,
        "judge": settings.judge,
        "reply": promises.reply.basis.within,
        "explain": settings.explain_invalid,
        "new_contact": settings.new_contact,
        "new_reply": settings.new_reply,
        "feedback": settings.feedback,
        "pass_on": settings.pass_on,
        "close": settings.close,
        "silence": settings.silence,
    }
    within = counted.get(name)
    return hangs_on_calendar(within, at, policy, complaint.tz)


def explained(complaint: Complaint, policy: Policy) -> tuple[Deadline, ...]:
    """All that runs, the return visit included, what is due next first."""
    visit = return_visit(complaint, policy)
    found = [*deadlines(complaint, policy).values(), *([visit] if visit else [])]
    return tuple(sorted(found, key=lambda one: (one.at, one.name)))


def _running(complaint: Complaint, policy: Policy) -> Iterator[Deadline]:
    if not complaint.is_open:
        return
    is_told = complaint.explained_at if complaint.valid is False else complaint.replied_at
    is_owed = not (is_told or complaint.withdrawn_at)
    if complaint.valid is False:
        yield from _owed_to_resident(complaint, policy) if is_owed else ()
    elif not complaint.is_solved:
        yield from _promised_to_resident(complaint, policy) if is_owed else ()
        yield from _among_staff(complaint, policy)
    if not complaint.is_judged:
        yield _paused(_judgement(complaint, policy), complaint, policy)
    yield from _passing_on(complaint, policy)
    yield from _closing(complaint, policy)
    if complaint.follow_up_by:
        since = complaint.replied_at or complaint.received_at
        yield Deadline("follow_up", complaint.follow_up_by, DeadlineBasis("promised", since))


def _owed_to_resident(complaint: Complaint, policy: Policy) -> Iterator[Deadline]:
    """An invalid complaint owes an explanation, and the talk that was agreed (2)."""
    if complaint.explain_by:
        since = complaint.explain_from or complaint.received_at
        basis = DeadlineBasis("judged_invalid", since, policy.settings.explain_invalid)
        yield Deadline("explain", complaint.explain_by, basis)
    yield from _agreed(complaint)


def _stands(one: NewDate, running: Mapping[str, Deadline]) -> bool:
    """Whether what was missed is still to be done; a time or a date named since is another."""
    missed = running.get(one.promise)
    named = one.promise in ("agreed", "follow_up")
    return missed is not None and (not named or missed.at == one.due_at)


def _anew(one: NewDate, complaint: Complaint, policy: Policy) -> Deadline:
    """The new date; one of a reply stands still as the reply itself does."""
    anew = counted_anew(one.anew, policy, complaint.tz)
    paused = _paused(Deadline(one.promise, anew.at, anew.basis), complaint, policy)
    return Deadline(NEW_DATE_OF[one.promise], paused.at, paused.basis)


def _promised_to_resident(complaint: Complaint, policy: Policy) -> Iterator[Deadline]:
    promises = current_promises(complaint, policy)
    yield _paused(Deadline("reply", promises.reply.at, promises.reply.basis), complaint, policy)
    yield _silence(complaint, policy)
    if complaint.acknowledged_at is None:
        yield Deadline("acknowledge", promises.acknowledge.at, promises.acknowledge.basis)
    yield from _agreed(complaint)


def _among_staff(complaint: Complaint, policy: Policy) -> Iterator[Deadline]:
    """The department's feedback (3.3), and the month until it is counted (5.1.3)."""
    asked = _feedback(complaint, policy)
    if asked and complaint.feedback_at is None:
        yield asked
    if A_MONTH not in complaint.verdict.facts:
        months = policy.settings.solve_within_months
        basis = DeadlineBasis("receipt", complaint.received_at, months=months)
        yield Deadline("month", month_ends_at(complaint, policy.settings), basis)


def _passing_on(complaint: Complaint, policy: Policy) -> Iterator[Deadline]:
    """In confidence, what came in is read by the owner and passed on to the department."""
    since = complaint.pass_on_since
    if since and complaint.about != UNSURE:
        start = "receipt" if since == complaint.received_at else "added"
        yield _within("pass_on", start, since, policy.settings.pass_on, complaint, policy)


def _judgement(complaint: Complaint, policy: Policy) -> Deadline:
    """Whether it is valid and how grave: only a judgement or its end stops it, no reply (2, 5).

    Where the facts decide nothing it is sooner, and counted from when that was so.
    """
    settings, received_at = policy.settings, complaint.received_at
    undecided = complaint.severity is None
    asked = [complaint.unjudged_since, complaint.undecided_since if undecided else None]
    since = max((one for one in asked if one), default=received_at)
    starts = {
        complaint.raised_again_at: "dispute",
        complaint.came_in_at: "taken_in",
        received_at: "receipt",
    }
    start = starts.get(since, "undecided")
    within = settings.judge_undecided if undecided else settings.judge
    return _within("judge", start, since, within, complaint, policy)


def _closing(complaint: Complaint, policy: Policy) -> Iterator[Deadline]:
    """Once the resident has an answer and nothing promised is left to do (principle 4).

    What was promised may be done late, so that a day is left for closing after it.
    """
    answered_at, confirmed_at = complaint.answered_at, complaint.all_confirmed_at
    if answered_at is None or complaint.follow_up_by:
        return
    settings = policy.settings
    counted = [("replied", answered_at, settings.close)]
    if confirmed_at:
        counted = [("confirmed", confirmed_at, settings.close_confirmed)]
    if complaint.followed_up_at:
        counted.append(("followed_up", complaint.followed_up_at, settings.change_grace))
    yield max(
        (_within("close", *one, complaint, policy) for one in counted), key=lambda one: one.at
    )


def _agreed(complaint: Complaint) -> Iterator[Deadline]:
    if complaint.agreed_at:
        since = complaint.agreed_on or complaint.received_at
        yield Deadline("agreed", complaint.agreed_at, DeadlineBasis("agreed", since))


def _silence(complaint: Complaint, policy: Policy) -> Deadline:
    """Counted from the last word to the resident, or from the end of a pause."""
    heard_at = complaint.heard_at or complaint.received_at
    end = _pause_end("silence", complaint, policy)
    start, since = ("pause", end) if end and end > heard_at else ("heard", heard_at)
    return _within("silence", start, since, policy.settings.silence, complaint, policy)


def _feedback(complaint: Complaint, policy: Policy) -> Deadline | None:
    asked_at = complaint.feedback_asked_at
    if asked_at is None or complaint.waits_for_text:
        return None
    start = "receipt" if asked_at == complaint.received_at else "asked"
    return _within("feedback", start, asked_at, policy.settings.feedback, complaint, policy)


def _within(  # noqa: PLR0913, PLR0917 - all that a deadline is computed from
    name: str,
    start: str,
    from_at: datetime,
    within: Within,
    complaint: Complaint,
    policy: Policy,
) -> Deadline:
    at = due_at(within, from_at, policy, complaint.tz)
    return Deadline(name, at, DeadlineBasis(start, from_at, within))


def _paused(deadline: Deadline, complaint: Complaint, policy: Policy) -> Deadline:
    """Each pause leaves it the time that it had left when the pause began (our setting).

    Working time, or time of any day where hours were promised. What was overdue before the
    resident was asked stays overdue.
    """
    within, zone, calendar = deadline.basis.within, complaint.tz, policy.working_time
    by_hours = within is not None and bool(within.hours)
    for pause_begin, end in _pauses(deadline.name, complaint, policy):
        begin = max(pause_begin, deadline.basis.from_at)
        if not begin < min(end, deadline.at):
            continue
        left = deadline.at - begin
        if not by_hours:
            left = calendar.length_between(begin, deadline.at, zone)
        at = end + left if by_hours else calendar.instant_after(end, left, zone)
        basis = DeadlineBasis("resumed", end, within if by_hours else None, left=left)
        deadline = Deadline(deadline.name, max(at, deadline.at), basis)
    return deadline


def _pauses(name: str, complaint: Complaint, policy: Policy) -> list[tuple[datetime, datetime]]:
    """From when until when a deadline stands still, oldest first; what overlaps is one pause."""
    found: list[tuple[datetime, datetime]] = []
    for one in sorted(complaint.pauses, key=lambda pause: pause.begin):
        if name not in getattr(policy.pauses, one.kind):
            continue
        if found and one.begin <= found[-1][1]:
            begin, end = found.pop()
            found.append((begin, max(end, one.end)))
        else:
            found.append((one.begin, one.end))
    return found


def _pause_end(name: str, complaint: Complaint, policy: Policy) -> datetime | None:
    """The end of the last pause of a deadline; None where nothing pauses it."""
    return max((end for _, end in _pauses(name, complaint, policy)), default=None)


def _visit_opening(complaint: Complaint, policy: Policy) -> Deadline | None:
    """Calendar days after the reply, or the day after the date it promised, if that is later."""
    if not _is_visited(complaint) or complaint.replied_at is None:
        return None
    settings, promised_for = policy.settings, complaint.promised_until
    bases = [DeadlineBasis("replied", complaint.replied_at, days=settings.return_visit_days)]
    if promised_for:
        bases.append(DeadlineBasis("promised_date", promised_for, days=1))
    return _latest(bases, complaint)


def _visit_by(
    asked_at: datetime, opens_at: datetime, complaint: Complaint, policy: Policy
) -> Deadline:
    """Calendar days after the opening; where holidays put off the asking, the day after that."""
    days = policy.settings.return_visit_answer_days
    by_rule = DeadlineBasis("visit_open", opens_at, days=days)
    return _latest([by_rule, DeadlineBasis("visit_asked", asked_at, days=1)], complaint)


def _latest(bases: list[DeadlineBasis], complaint: Complaint) -> Deadline:
    """The return visit by the basis that leads to the latest date, of two alike the first."""
    found = (
        Deadline(AFTER_THE_REPLY, days_after(one.from_at, one.days, complaint.tz), one)
        for one in bases
    )
    return max(found, key=lambda one: one.at)


def _is_visited(complaint: Complaint) -> bool:
    """Every answered complaint is, until the resident has said whether it held."""
    answered = complaint.status in ("replied", "closed") and complaint.valid is not False
    heard = complaint.confirmed_at or complaint.visited_at or complaint.withdrawn_at
    return answered and not (heard or complaint.erased)

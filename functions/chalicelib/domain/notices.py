"""Who must be told what: a pure function of what happened (alerts, 3.3, principles 1 and 3).

A notice names a letter and its recipient, never an address. One person in several
roles gets one letter, the one that asks most of its reader.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from msgspec import Struct

from chalicelib.domain import events
from chalicelib.domain.confidence import sees_resident
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.delivery import COMPLAINED
from chalicelib.domain.escalation import is_told_at_once
from chalicelib.domain.events import EventRecord
from chalicelib.domain.model import (
    IMPORT,
    OPERATOR,
    OTHER_RESIDENT,
    RESIDENT,
    Complaint,
    Owner,
)
from chalicelib.domain.permissions import may
from chalicelib.domain.staff import MANAGER, SUPERVISOR, Post, Staff


class Notice(Struct, frozen=True):
    """One letter to one recipient: `to` is a staff id, ``resident`` or ``operator``."""

    letter: str
    to: str


class Occasion(Struct, frozen=True):
    """What is on the record now, and the complaint and the staff as they stand with it."""

    record: EventRecord
    complaint: Complaint
    context: DecisionContext

    @property
    def by(self) -> str:
        """Who did it."""
        return self.record.by


E = TypeVar("E")
Notices = Iterable[Notice]
CallsFor = Callable[[Any, Occasion], Notices]

FAREWELL = "released"
"""Tells somebody that a complaint is theirs no longer, and nothing of its resident."""

LETTERS: dict[type[events.Event], CallsFor] = {}
"""Which letters an event calls for; none where an event is not among them."""


def notices(
    record: EventRecord, complaint: Complaint, context: DecisionContext
) -> tuple[Notice, ...]:
    """The letters that one record calls for, given the complaint as it now stands.

    Once the data are erased nobody is written to about it any more, and never is anybody who
    may not open it, but to learn that it is theirs no longer.
    """
    if complaint.erased:
        return ()
    if getattr(record.event, "may_be_meant", None) is not None:
        context = context.passing_over(frozenset(complaint.may_be_meant))
    first: dict[str, Notice] = {}
    for notice in _called_for(record, complaint, context):
        first.setdefault(notice.to, notice)
    return tuple(
        one
        for one in first.values()
        if _is_told_here(one, complaint) and _may_read(one, complaint, context)
    )


OF_ONE = frozenset({FAREWELL, "joined", "reminder", "visit_due", "reply_told", "undelivered"})
"""What the staff are told of a complaint that goes on under another; the rest is told there."""


OF_TIES = frozenset({"joined", "parted"})
"""What names another complaint, by which a resident in confidence might be known."""


def _is_told_here(one: Notice, complaint: Complaint) -> bool:
    """Whether it is this complaint that tells it: of what goes on as one, the survivor tells."""
    if one.to == RESIDENT:
        return complaint.withdrawn_at is None or one.letter == "withdrawn"
    return complaint.merged_into is None or one.letter in OF_ONE


def _may_read(one: Notice, complaint: Complaint, context: DecisionContext) -> bool:
    """Whether the reader of a letter may open what it is about, or has had it until now."""
    if one.to in (RESIDENT, OPERATOR) or one.letter == FAREWELL:
        return True
    reader = context.directory.person(one.to)
    if one.letter in OF_TIES and not sees_resident(reader, complaint):
        return False
    return may(reader, "see", complaint)


def recipients(complaint: Complaint, context: DecisionContext) -> tuple[Staff, ...]:
    """Whom the policy names for this severity, the owner and the department head among them."""
    roles = context.policy.severity(complaint.severity).alerts
    found = [context.directory.person(complaint.owner.staff or "")]
    found += [context.answering(role, complaint) for role in roles]
    found.append(context.department_head(complaint))
    return tuple({one.id: one for one in found if one}.values())


def _called_for(record: EventRecord, complaint: Complaint, context: DecisionContext) -> Notices:
    calls_for = LETTERS.get(type(record.event))
    return calls_for(record.event, Occasion(record, complaint, context)) if calls_for else ()


def _on(
    *kinds: type[E],
) -> Callable[[Callable[[E, Occasion], Notices]], Callable[[E, Occasion], Notices]]:
    """Register which letters these events call for."""

    def register(function: Callable[[E, Occasion], Notices]) -> Callable[[E, Occasion], Notices]:
        LETTERS.update(dict.fromkeys(kinds, function))  # type: ignore[arg-type]
        return function

    return register


def _letter_to_resident(kind: type[events.Event], letter: str) -> None:
    LETTERS[kind] = lambda _, on: _to_resident(letter, on.complaint)


_letter_to_resident(events.TimeAgreed, "agreed_time")
_letter_to_resident(events.CodeAsked, "code_again")
_letter_to_resident(events.CodeRenewed, "code_renewed")
_letter_to_resident(events.NewDateSet, "new_date")
_letter_to_resident(events.ReturnVisitAsked, "return_visit")


@_on(events.Received)
def _received(event: events.Received, on: Occasion) -> Notices:
    return () if event.channel == IMPORT else _to_resident("receipt", on.complaint)


@_on(events.OwnerAssigned)
def _owner_assigned(event: events.OwnerAssigned, on: Occasion) -> Notices:
    told = () if event.quietly else _alerts(on.complaint, on.context)
    return (*told, *_to_operator(on.complaint))


@_on(events.Escalated)
def _escalated(event: events.Escalated, on: Occasion) -> Notices:
    """While no owner has been named, naming the owner then tells everybody."""
    if not event.owner.staff:
        return ()
    alerts = _alerts(on.complaint, on.context, letter="escalated")
    return (*alerts, *_released(event.owner_before, event.owner, "", on.context))


@_on(events.HelpCalled)
def _help_called(event: events.HelpCalled, on: Occasion) -> Notices:
    """A call that went out from the duty log was told from there."""
    if event.entry is not None:
        return ()
    post = Post(event.whom, on.complaint.community, on.complaint.about)
    kept_from = on.context.kept_from_owning(on.complaint)
    return _to(on.context.called(post, on.by, kept_from), "help_called")


@_on(events.FeedbackGiven)
def _feedback_given(_: events.FeedbackGiven, on: Occasion) -> Notices:
    return _but(on.by, _to_owner("feedback_given", on.complaint))


@_on(events.PassedOn)
def _passed_on(_: events.PassedOn, on: Occasion) -> Notices:
    """The department learns what happened, and is asked for its feedback (3.3)."""
    return _but(on.by, _to(on.context.department_head(on.complaint), "passed_on"))


@_on(events.ConfidenceRecorded)
def _confidence_recorded(event: events.ConfidenceRecorded, on: Occasion) -> Notices:
    """A new owner is told; and the head of the department, once it may know all."""
    complaint, context = on.complaint, on.context
    moved = event.owner_before is not None and event.owner_before.staff != event.owner.staff
    told = _to_owner("alert", complaint) if moved else ()
    if not event.in_confidence:
        told = (*told, *_to(context.department_head(complaint), "alert"))
    return (*_but(on.by, told), *_released(event.owner_before, event.owner, on.by, context))


@_on(events.LetterFailed)
def _letter_failed(event: events.LetterFailed, on: Occasion) -> Notices:
    """What was not told is to be told another way; what was junk to its reader was read."""
    reached = event.because == COMPLAINED
    return () if reached or not on.complaint.is_open else _to_owner("undelivered", on.complaint)


@_on(events.Messaged)
def _messaged(_: events.Messaged, on: Occasion) -> Notices:
    return _but(on.by, _to_owner("message", on.complaint))


@_on(events.Acknowledged)
def _acknowledged(event: events.Acknowledged, on: Occasion) -> Notices:
    return _to_resident("acknowledged", on.complaint) if event.told_by == "email" else ()


@_on(events.Updated)
def _updated(event: events.Updated, on: Occasion) -> Notices:
    return _to_resident("update", on.complaint) if event.told_by == "email" else ()


@_on(events.AnswerAwaited)
def _answer_awaited(event: events.AnswerAwaited, on: Occasion) -> Notices:
    return _to_resident("question", on.complaint) if event.told_by == "email" else ()


@_on(events.Linked)
def _linked(event: events.Linked, on: Occasion) -> Notices:
    return _to_resident("linked", on.complaint) if event.told else ()


@_on(events.Confirmed)
def _confirmed(_: events.Confirmed, on: Occasion) -> Notices:
    return _to_owner("confirmed", on.complaint) if on.by == RESIDENT else ()


@_on(events.Closed)
def _closed(event: events.Closed, on: Occasion) -> Notices:
    return _to_resident("closed", on.complaint) if event.ended_as == "closed" else ()


@_on(events.Withdrawn)
def _withdrawn(event: events.Withdrawn, on: Occasion) -> Notices:
    """While it goes on for others, its owner has it as before."""
    lost = () if event.others_go_on else _lost(on.by, on.complaint, on.context)
    return (*_to_resident("withdrawn", on.complaint), *lost)


@_on(events.Merged)
def _merged(event: events.Merged, on: Occasion) -> Notices:
    """Its resident, its owner, and its department's head where that is not the survivor's too."""
    head = on.context.department_head(on.complaint) if event.about != on.complaint.about else None
    return (
        *_joined_others(event, on),
        *_released(event.owner_before, event.owner, on.by, on.context),
        *_but(on.by, _to(head, "joined")),
    )


@_on(events.Absorbed)
def _absorbed(event: events.Absorbed, on: Occasion) -> Notices:
    """All are told where it rose by the other's facts; else its owner and its head."""
    complaint, context = on.complaint, on.context
    told = (*_to_owner("joined", complaint), *_to(context.department_head(complaint), "joined"))
    return (*_joined_others(event, on), *_rose_or(event, on, _but(on.by, told)))


def _joined_others(event: events.Merged | events.Absorbed, on: Occasion) -> Notices:
    """That it goes on with others its resident is told once, however many join it."""
    return () if event.had_parts else _to_resident("merged", on.complaint)


@_on(events.Separated)
def _separated(event: events.Separated, on: Occasion) -> Notices:
    """Its resident, and those who have it from now on; nobody of what has ended.

    But where it had ended, and was open again for another's sake, its resident is told so.
    """
    complaint = on.complaint
    if not complaint.is_open:
        return _to_resident("separated", complaint) if event.as_before else ()
    head = on.context.department_head(complaint)
    told = (*_to_owner("parted", complaint), *_to(head, "parted"))
    return (*_to_resident("separated", complaint), *_rose_or(event, on, _but(on.by, told)))


@_on(events.PartLeft)
def _part_left(event: events.PartLeft, on: Occasion) -> Notices:
    """Its resident once it is alone; of the staff, to whom it is another thing than before.

    That the other left, they are told of the other.
    """
    complaint = on.complaint
    resident = () if event.others_stay else _to_resident("separated", complaint)
    if not complaint.is_open:
        return resident if event.as_before else ()
    changed = event.severity != event.severity_before
    moved = event.owner_before is None or event.owner_before.staff != event.owner.staff
    owner = _to_owner("parted", complaint) if changed or moved else ()
    head = _to(on.context.department_head(complaint), "parted") if changed else ()
    return (*resident, *_rose_or(event, on, _but(on.by, (*owner, *head))))


@_on(events.PartChanged)
def _part_changed(event: events.PartChanged, on: Occasion) -> Notices:
    """What another resident said, its owner hears as of its own; of a dispute others do too."""
    complaint, context = on.complaint, on.context
    match event.kind:
        case "messaged":
            return _but(on.by, _to_owner("message", complaint))
        case "confirmed":
            return _to_owner("confirmed", complaint) if on.by == OTHER_RESIDENT else ()
        case "disputed":
            supervisor = context.answering(SUPERVISOR, complaint)
            head = context.department_head(complaint)
            owner = _to_owner("disputed", complaint)
            return _but(on.by, (*owner, *_to(supervisor, "disputed"), *_to(head, "disputed")))
        case _:
            return ()


def _rose_or(event: events.DecidedAnew, on: Occasion, told: Notices) -> Notices:
    """All whom the policy names, where it is graver than before; these otherwise.

    While no owner has been named, naming the owner then tells everybody.
    """
    if not event.owner.staff:
        return ()
    released = _released(event.owner_before, event.owner, on.by, on.context)
    if on.context.policy.graver(event.severity, event.severity_before):
        return (*_alerts(on.complaint, on.context, letter="escalated"), *released)
    return (*told, *released)


def _alerts(
    complaint: Complaint, context: DecisionContext, letter: str = "alert"
) -> tuple[Notice, ...]:
    return tuple(Notice(letter, one.id) for one in recipients(complaint, context))


@_on(events.Judged)
def _judged(event: events.Judged, on: Occasion) -> Notices:
    """All are told of a rise, and of what is undecided anew; else a new owner and a new head.

    The manager of the community is told of a fall, with the reason (5).
    """
    complaint, context, policy = on.complaint, on.context, on.context.policy
    released = (*_released(event.owner_before, event.owner, on.by, context),)
    if policy.graver(event.severity, event.severity_before):
        return (*_alerts(complaint, context, letter="escalated"), *released)
    told = [*_new_owner(event, complaint), *_cleared(event, complaint, context)]
    told += _to_operator(complaint) if event.may_be_meant else ()
    if policy.graver(event.severity_before, event.severity):
        told += _but(on.by, _to(context.answering(MANAGER, complaint), "lowered"))
    if event.severity is None and event.severity_before is not None:
        told += _alerts(complaint, context)
    elif event.about:
        told += _to(context.department_head(complaint), "alert")
    return (*told, *released)


def _cleared(judged: events.Judged, complaint: Complaint, context: DecisionContext) -> Notices:
    """Who was not told because it might have been about them."""
    return (one for one in _alerts(complaint, context) if one.to in judged.cleared)


def _new_owner(judged: events.Judged, complaint: Complaint) -> Notices:
    moved = judged.owner_before is not None and judged.owner_before != judged.owner
    return _to_owner("alert", complaint) if moved else ()


@_on(events.HandedOver)
def _handed_over(event: events.HandedOver, on: Occasion) -> Notices:
    """The new owner is told, and whoever lost it by another's decision (principle 1)."""
    if event.together == ():
        return ()
    to = on.context.directory.person(event.owner.staff or "")
    letter = "handed_back" if event.returned else "handed_over"
    released = _released(event.before, event.owner, on.by, on.context)
    return (*_but(on.by, _to(to, letter)), *released)


@_on(events.StoodIn)
def _stood_in(event: events.StoodIn, on: Occasion) -> Notices:
    """Who is away is not written to: they know it, and it comes back to them."""
    if event.together == ():
        return ()
    to = on.context.directory.person(event.owner.staff or "")
    away = event.because == "absent"
    released = () if away else _released(event.before, event.owner, "", on.context)
    return (*_to(to, "stood_in"), *released)


@_on(events.CameBack)
def _came_back(event: events.CameBack, on: Occasion) -> Notices:
    """One letter to who is there again, and one to who stood in."""
    if event.together == ():
        return ()
    to = on.context.directory.person(event.owner.staff or "")
    return (*_to(to, "came_back"), *_released(event.before, event.owner, "", on.context))


@_on(events.Replied)
def _replied(event: events.Replied, on: Occasion) -> Notices:
    """Who took it in stays named on it, and is told of the reply (principle 1, our reading)."""
    letter = "explanation" if event.explains else "reply"
    answer = _to_resident(letter, on.complaint) if event.told_by == "email" else ()
    taken_by = on.context.directory.person(on.complaint.taken_by or "")
    owner = on.complaint.owner.staff or ""
    return (*answer, *_but(owner, _to(taken_by, "reply_told")))


@_on(events.Disputed, events.Reopened)
def _raised_again(event: events.NewRound, on: Occasion) -> Notices:
    """Owner, supervisor and the head, who is asked anew, are told; all are, where it rose."""
    complaint, context = on.complaint, on.context
    going_on = _to_resident("going_on", complaint)
    released = _released(event.owner_before, event.owner, "", context)
    if context.policy.graver(event.severity, event.severity_before):
        return (*going_on, *_alerts(complaint, context, letter="escalated"), *released)
    if isinstance(event, events.Reopened) and event.by_another:
        return (*going_on, *released)
    letter = "disputed" if isinstance(event, events.Disputed) else "reopened"
    supervisor = context.answering(SUPERVISOR, complaint)
    head = context.department_head(complaint)
    told = (*_to_owner(letter, complaint), *_to(supervisor, letter), *_to(head, letter))
    return (*going_on, *_but(on.by, told), *released)


@_on(events.Reminded)
def _reminded(event: events.Reminded, on: Occasion) -> Notices:
    """A letter of its own for a major complaint's first contact alone; the morning's has the rest.

    None once contact was made, nor a second one to the same person.
    """
    climbing = (one for one in event.steps if is_told_at_once(one, on.complaint, on.context.policy))
    people = (on.context.directory.person(step.to) for step in climbing)
    return (notice for person in people for notice in _to(person, "reminder"))


def _lost(by: str, complaint: Complaint, context: DecisionContext) -> Notices:
    """An owner whose complaint another ended is told."""
    return _released(complaint.owner, None, by, context)


def _released(
    before: Owner | None, owner: Owner | None, by: str, context: DecisionContext
) -> Notices:
    """Who no longer has it, unless they gave it away; the disabled are written to no more."""
    person = context.directory.person(before.staff) if before and before.staff else None
    same = before is not None and owner is not None and before.staff == owner.staff
    return () if same else _but(by, _to(person, FAREWELL))


def _to(person: Staff | None, letter: str) -> Notices:
    return (Notice(letter, person.id),) if person and not person.disabled else ()


def _to_owner(letter: str, complaint: Complaint) -> Notices:
    return (Notice(letter, complaint.owner.staff),) if complaint.owner.staff else ()


def _but(by: str, told: Notices) -> Notices:
    """Nobody is told of what they did themselves."""
    return tuple(one for one in told if one.to != by)


def _to_operator(complaint: Complaint) -> Notices:
    """Where its very owner may be meant, everybody may be: the reference alone is told."""
    is_everybody = complaint.owner.staff in complaint.may_be_meant
    return (Notice("everybody_meant", OPERATOR),) if is_everybody else ()


def _to_resident(letter: str, complaint: Complaint) -> tuple[Notice, ...]:
    return (Notice(letter, RESIDENT),) if complaint.gets_mail else ()

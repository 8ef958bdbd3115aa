"""Who must be told what: a pure function of what happened (alerts, 3.3, principles 1 and 3).

A notice names a letter and its recipient, never an address. One person in several
roles gets one letter, the one that asks most of her.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain import events
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.events import Recorded
from chalicelib.domain.facts import UNSURE
from chalicelib.domain.grounds import Grounds
from chalicelib.domain.permissions import HEAD, MANAGER, RESIDENT, SUPERVISOR
from chalicelib.domain.reminding import Step
from chalicelib.domain.roles import Owner, Post, Staff


@dataclass(frozen=True)
class Notice:
    """One letter to one recipient: `to` is a staff id or ``resident``."""

    letter: str
    to: str


Notices = Iterable[Notice]


def notices(record: Recorded, complaint: Complaint, grounds: Grounds) -> tuple[Notice, ...]:
    """The letters that one record calls for, given the complaint as it now stands.

    Once her data are erased nobody is written to about it any more.
    """
    if complaint.erased:
        return ()
    first: dict[str, Notice] = {}
    for notice in _called_for(record, complaint, grounds):
        first.setdefault(notice.to, notice)
    return tuple(first.values())


def recipients(complaint: Complaint, grounds: Grounds) -> tuple[Staff, ...]:
    """Whom the policy names for this severity, the owner and the department head among them."""
    roles = grounds.policy.severity(complaint.severity).alerts
    found = [grounds.directory.person(complaint.owner.staff or "")]
    found += [answering(role, complaint, grounds) for role in roles]
    found.append(department_head(complaint, grounds))
    return tuple({one.id: one for one in found if one}.values())


def department_head(complaint: Complaint, grounds: Grounds) -> Staff | None:
    """Who answers for the department complained about (3.3); None until it is known."""
    if complaint.about == UNSURE:
        return None
    return answering(HEAD, complaint, grounds)


def answering(role: str, complaint: Complaint, grounds: Grounds) -> Staff | None:
    """Who answers for a post where the complaint is, those complained about passed over."""
    post = Post(role, complaint.community, complaint.about)
    return grounds.directory.answering(post, grounds.policy, grounds.shunned)


def _called_for(  # noqa: C901, PLR0911 - one line an event
    record: Recorded, complaint: Complaint, grounds: Grounds
) -> Notices:
    match record.event:
        case events.Received(channel=channel) if channel != "import":
            return _to_resident("receipt", complaint)
        case events.OwnerNamed(quietly=False):
            return _alerts(complaint, grounds)
        case events.Acknowledged():
            return _to_resident("acknowledged", complaint)
        case events.TimeAgreed():
            return _to_resident("agreed_time", complaint)
        case events.Judged() as judged:
            return _judged(judged, record.by, complaint, grounds)
        case events.Escalated(owner=owner, owner_before=before) if owner.staff:
            alerts = _alerts(complaint, grounds, letter="escalated")
            return (*alerts, *_released(before, owner, "", grounds))
        case events.HandedOver() | events.StoodIn() as moved:
            return _moved(moved, record.by, grounds)
        case events.HelpCalled(whom=whom, entry=None):
            called = grounds.called(Post(whom, complaint.community, complaint.about), record.by)
            return _to(called, "help_called")
        case events.FeedbackGiven():
            return _but(record.by, _to_owner("feedback_given", complaint))
        case events.Replied() as replied:
            return _replied(replied, complaint, grounds)
        case _:
            return _at_the_end(record, complaint, grounds)


def _at_the_end(record: Recorded, complaint: Complaint, grounds: Grounds) -> Notices:
    match record.event:
        case events.Disputed() | events.Reopened() as again:
            return _raised_again(again, record.by, complaint, grounds)
        case events.Closed(ended_as="closed"):
            return _to_resident("closed", complaint)
        case events.Withdrawn():
            return (*_to_resident("withdrawn", complaint), *_lost(record.by, complaint, grounds))
        case events.Merged():
            return (*_to_resident("merged", complaint), *_lost(record.by, complaint, grounds))
        case _:
            return _word(record, complaint, grounds)


def _word(record: Recorded, complaint: Complaint, grounds: Grounds) -> Notices:  # noqa: PLR0911 - one line an event
    match record.event:
        case events.Messaged():
            return _but(record.by, _to_owner("message", complaint))
        case events.Updated(told_by="email"):
            return _to_resident("update", complaint)
        case events.AnswerAwaited(told_by="email"):
            return _to_resident("question", complaint)
        case events.CodeAsked():
            return _to_resident("code_again", complaint)
        case events.CodeRenewed():
            return _to_resident("code_renewed", complaint)
        case events.Linked(told=True):
            return _to_resident("linked", complaint)
        case events.ReturnVisitAsked():
            return _to_be_visited(complaint, grounds)
        case events.Confirmed() if record.by == RESIDENT:
            return _to_owner("confirmed", complaint)
        case _:
            return _by_the_clock(record, complaint, grounds)


def _by_the_clock(record: Recorded, complaint: Complaint, grounds: Grounds) -> Notices:
    """What time alone brought about; of a warning, the manager is told besides the owner."""
    match record.event:
        case events.Reminded(steps=steps):
            return _reminded(steps, grounds)
        case events.Warned():
            manager = answering(MANAGER, complaint, grounds)
            return (*_to_owner("warning", complaint), *_to(manager, "warning"))
        case _:
            return ()


def _to_be_visited(complaint: Complaint, grounds: Grounds) -> Notices:
    """She is asked by letter; where she has no address, her owner or the supervisor calls her."""
    hers = _to_resident("return_visit", complaint)
    if hers:
        return hers
    owner = grounds.directory.person(complaint.owner.staff or "")
    is_there = owner is not None and not (owner.disabled or owner.absent)
    return _to(owner if is_there else answering(SUPERVISOR, complaint, grounds), "visit_due")


def _alerts(complaint: Complaint, grounds: Grounds, letter: str = "alert") -> tuple[Notice, ...]:
    return tuple(Notice(letter, one.id) for one in recipients(complaint, grounds))


def _judged(judged: events.Judged, by: str, complaint: Complaint, grounds: Grounds) -> Notices:
    """All are told of a rise, and of what is undecided anew; else a new owner and a new head.

    The manager of the community is told of a fall, with the reason (5).
    """
    policy, before = grounds.policy, judged.owner_before
    released = (*_released(before, judged.owner, by, grounds),)
    if policy.graver(judged.severity, judged.severity_before):
        return (*_alerts(complaint, grounds, letter="escalated"), *released)
    told = [*_new_owner(judged, complaint)]
    if policy.graver(judged.severity_before, judged.severity):
        told += _but(by, _to(answering(MANAGER, complaint, grounds), "lowered"))
    if judged.severity is None and judged.severity_before is not None:
        told += _alerts(complaint, grounds)
    elif judged.about:
        told += _to(department_head(complaint, grounds), "alert")
    return (*told, *released)


def _new_owner(judged: events.Judged, complaint: Complaint) -> Notices:
    moved = judged.owner_before is not None and judged.owner_before != judged.owner
    return _to_owner("alert", complaint) if moved else ()


def _moved(moved: events.HandedOver | events.StoodIn, by: str, grounds: Grounds) -> Notices:
    """The new owner is told, and whoever lost it by another's decision (principle 1)."""
    to = grounds.directory.person(moved.owner.staff or "")
    if isinstance(moved, events.StoodIn):
        return (*_to(to, "stood_in"), *_released(moved.before, moved.owner, "", grounds))
    letter = "handed_back" if moved.returned else "handed_over"
    return (*_but(by, _to(to, letter)), *_released(moved.before, moved.owner, by, grounds))


def _replied(replied: events.Replied, complaint: Complaint, grounds: Grounds) -> Notices:
    """Who took it in stays named on it, and is told of the reply (principle 1, our reading)."""
    letter = "explanation" if replied.explains else "reply"
    hers = _to_resident(letter, complaint) if replied.told_by == "email" else ()
    took_it_in = grounds.directory.person(complaint.taken_by or "")
    owner = complaint.owner.staff or ""
    return (*hers, *_but(owner, _to(took_it_in, "reply_told")))


def _raised_again(
    again: events.Disputed | events.Reopened, by: str, complaint: Complaint, grounds: Grounds
) -> Notices:
    """Owner, supervisor and the head, who is asked anew, are told; all are, where it rose."""
    hers = _to_resident("going_on", complaint)
    released = _released(again.owner_before, again.owner, "", grounds)
    if grounds.policy.graver(again.severity, again.severity_before):
        return (*hers, *_alerts(complaint, grounds, letter="escalated"), *released)
    letter = "disputed" if isinstance(again, events.Disputed) else "reopened"
    supervisor = answering(SUPERVISOR, complaint, grounds)
    head = department_head(complaint, grounds)
    told = (*_to_owner(letter, complaint), *_to(supervisor, letter), *_to(head, letter))
    return (*hers, *_but(by, told), *released)


def _lost(by: str, complaint: Complaint, grounds: Grounds) -> Notices:
    """An owner whose complaint another ended is told."""
    return _released(complaint.owner, None, by, grounds)


def _released(before: Owner | None, owner: Owner | None, by: str, grounds: Grounds) -> Notices:
    """Who no longer has it, unless by her own decision; the disabled are written to no more."""
    person = grounds.directory.person(before.staff) if before and before.staff else None
    same = before is not None and owner is not None and before.staff == owner.staff
    return () if same else _but(by, _to(person, "released"))


def _reminded(steps: Iterable[Step], grounds: Grounds) -> Notices:
    """One letter a person, of all that she is reminded of at this moment."""
    people = (grounds.directory.person(step.to) for step in steps)
    return (notice for person in people for notice in _to(person, "reminder"))


def _to(person: Staff | None, letter: str) -> Notices:
    return (Notice(letter, person.id),) if person and not person.disabled else ()


def _to_owner(letter: str, complaint: Complaint) -> Notices:
    return (Notice(letter, complaint.owner.staff),) if complaint.owner.staff else ()


def _but(by: str, told: Notices) -> Notices:
    """Nobody is told of what she did herself."""
    return tuple(one for one in told if one.to != by)


def _to_resident(letter: str, complaint: Complaint) -> tuple[Notice, ...]:
    return (Notice(letter, RESIDENT),) if "email" in complaint.reachable_by else ()

"""Who must be told what: a pure function of what happened (alerts, 3.3, principles 1 and 3).

A notice names a letter and its recipient, never an address. One person in several
roles gets one letter.
"""

from dataclasses import dataclass

from chalicelib.domain import events
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.events import Recorded
from chalicelib.domain.grounds import Grounds
from chalicelib.domain.roles import Post, Staff

RESIDENT = "resident"


@dataclass(frozen=True)
class Notice:
    """One letter to one recipient: `to` is a staff id or ``resident``."""

    letter: str
    to: str


def notices(  # noqa: PLR0911 - one line an event
    record: Recorded, complaint: Complaint, grounds: Grounds
) -> tuple[Notice, ...]:
    """The letters that one record calls for, given the complaint as it now stands."""
    match record.event:
        case events.Received(channel=channel) if channel != "import":
            return _to_resident("receipt", complaint)
        case events.OwnerNamed(quietly=False):
            return _alerts(complaint, grounds)
        case events.Acknowledged():
            return _to_resident("acknowledged", complaint)
        case events.Judged() as judged:
            return _judged(judged, complaint, grounds)
        case events.Escalated():
            return _alerts(complaint, grounds, letter="escalated")
        case events.HandedOver(owner=owner) if owner.staff:
            return (Notice("handed_over", owner.staff),)
        case events.Replied(told_by="email", explains=explains):
            return _to_resident("explanation" if explains else "reply", complaint)
        case events.Closed(ended_as=ended_as):
            return _to_resident("closed", complaint) if ended_as == "closed" else ()
        case _:
            return ()


def recipients(complaint: Complaint, grounds: Grounds) -> tuple[Staff, ...]:
    """Whom the policy names for this severity, the owner and the department head among them."""
    roles = grounds.policy.severity(complaint.severity).alerts
    posts = [Post(role, complaint.community) for role in roles]
    found = [grounds.directory.person(complaint.owner.staff or "")]
    found += [grounds.directory.answering(post, grounds.policy, grounds.shunned) for post in posts]
    found.append(department_head(complaint, grounds))
    return tuple({one.id: one for one in found if one}.values())


def department_head(complaint: Complaint, grounds: Grounds) -> Staff | None:
    """Who answers for the department complained about (3.3); None until it is known."""
    if complaint.about == "unsure":
        return None
    post = Post("department_head", complaint.community, complaint.about)
    return grounds.directory.answering(post, grounds.policy, grounds.shunned)


def _alerts(complaint: Complaint, grounds: Grounds, letter: str = "alert") -> tuple[Notice, ...]:
    return tuple(Notice(letter, one.id) for one in recipients(complaint, grounds))


def _judged(judged: events.Judged, complaint: Complaint, grounds: Grounds) -> tuple[Notice, ...]:
    """All are told of a rise, and of what is undecided anew; else a new owner and a new head."""
    if grounds.policy.graver(judged.severity, judged.severity_before):
        return _alerts(complaint, grounds, letter="escalated")
    if judged.severity is None and judged.severity_before is not None:
        return _alerts(complaint, grounds)
    policy, told = grounds.policy, list[str | None]()
    if policy.owner_role(judged.severity) != policy.owner_role(judged.severity_before):
        told.append(complaint.owner.staff)
    head = department_head(complaint, grounds) if judged.about else None
    told.append(head.id if head else None)
    return tuple(Notice("alert", one) for one in dict.fromkeys(told) if one)


def _to_resident(letter: str, complaint: Complaint) -> tuple[Notice, ...]:
    return (Notice(letter, RESIDENT),) if "email" in complaint.reachable_by else ()

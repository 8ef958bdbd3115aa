"""What the reminder of a major complaint's first contact says, to its owner or a rung above."""

from chalicelib.application.history import History
from chalicelib.domain.events import EventRecord, Reminded
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import Directory
from chalicelib.views.presentation import Content, Presenter


def reminder_content(
    to: str, record: EventRecord, history: History, presenter: Presenter, directory: Directory
) -> Content:
    """What one person reads of a reminder; nothing for any other record."""
    complaint = history.complaint
    if not isinstance(record.event, Reminded):
        return {}
    step = next(one for one in record.event.steps if one.to == to)
    return {
        "above": to != complaint.owner.staff,
        "helps": _is_below(to, complaint, presenter.policy, directory),
        "due_by": presenter.due(step.deadline, step.due_at, complaint),
    }


def _is_below(to: str, complaint: Complaint, policy: Policy, directory: Directory) -> bool:
    """Whether it is brought to somebody who helps its owner, as the supervisor does (3.2)."""
    rungs, owner = policy.ladder.rungs, complaint.owner.role
    person = directory.person(to)
    if person is None or owner not in rungs:
        return False
    return not set(rungs[rungs.index(owner) :]).intersection(person.roles)

"""What reminders and warnings say: what is due or overdue, and how near the month has come."""

from datetime import datetime

from chalicelib.application.history import History
from chalicelib.domain import events
from chalicelib.domain.clauses import month_ends_at
from chalicelib.domain.deadlines import AFTER_THE_REPLY
from chalicelib.domain.escalation import AHEAD
from chalicelib.domain.events import EventRecord
from chalicelib.domain.model import Complaint, LadderStep
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import Directory
from chalicelib.views.presentation import Content, Presenter

ONE_PERSONS = frozenset({"feedback", AFTER_THE_REPLY})
"""What one person is reminded of who need not own it; no rung stands above them."""


def reminder_content(
    to: str, record: EventRecord, history: History, presenter: Presenter, directory: Directory
) -> Content:
    """What one person reads of a reminder or a warning; nothing for any other record."""
    complaint = history.complaint
    match record.event:
        case events.Reminded(steps=steps):
            own = [one for one in steps if one.to == to]
            above = [one for one in own if one.number > 1 and one.deadline not in ONE_PERSONS]
            return {
                "steps": [_step(one, complaint, presenter) for one in own],
                "ahead": all(one.number == AHEAD for one in own),
                "today": all(_is_of_that_day(one.due_at, record.at, complaint) for one in own),
                "helps": _is_below(to, complaint, presenter.policy, directory),
                "visits": all(one.deadline == AFTER_THE_REPLY for one in own),
                "higher": bool(above) and to != complaint.owner.staff,
            }
        case events.Warned(days=days):
            ends_at = month_ends_at(complaint, presenter.policy.settings)
            month_at = presenter.moment(ends_at, complaint)
            return {"warned_days": max(days), "month_ends_at": month_at}
        case _:
            return {}


def _is_of_that_day(due_at: datetime, at: datetime, complaint: Complaint) -> bool:
    return due_at.astimezone(complaint.tz).date() == at.astimezone(complaint.tz).date()


def _is_below(to: str, complaint: Complaint, policy: Policy, directory: Directory) -> bool:
    """Whether it is brought to somebody who helps its owner, as the supervisor does (3.2)."""
    rungs, owner = policy.ladder.rungs, complaint.owner.role
    person = directory.person(to)
    if person is None or owner not in rungs:
        return False
    return not set(rungs[rungs.index(owner) :]).intersection(person.roles)


def _step(step: LadderStep, complaint: Complaint, presenter: Presenter) -> Content:
    """One thing to do, by when, and whether that has passed."""
    todo = presenter.say(f"todo.{step.deadline}")
    state = "due" if step.number == AHEAD else "overdue"
    moment = presenter.due(step.deadline, step.due_at, complaint)
    when = presenter.say(f"todo.{state}", moment=moment)
    return {"todo": todo, "row": (todo, when)}

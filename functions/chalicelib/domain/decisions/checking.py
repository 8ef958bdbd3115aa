"""Checks the deadlines: what has fallen due by now?"""

from datetime import datetime

from chalicelib.domain import commands
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.decisions import delays, judging, ownership, reminding, return_visits
from chalicelib.domain.events import NewEvents
from chalicelib.domain.evolve import evolved
from chalicelib.domain.model import Complaint


def check_deadlines(
    complaint: Complaint, _: commands.CheckDeadlines, context: DecisionContext, now: datetime
) -> NewEvents:
    """What was missed, what has risen, and whom to remind; told to an owner who is there."""
    visit = return_visits.due(complaint, context, now)
    return (*visit, *_overdue(evolved(complaint, visit, now), context, now))


def _overdue(complaint: Complaint, context: DecisionContext, now: datetime) -> NewEvents:
    if not complaint.is_open:
        return reminding.due(complaint, context, now)
    if not _brought(complaint, context, now):
        return ()
    owned = _somebody(complaint, context, now)
    return (*owned, *_brought(evolved(complaint, owned, now), context, now))


def _somebody(complaint: Complaint, context: DecisionContext, now: datetime) -> NewEvents:
    """An owner who is there, so that what is recorded is told; nothing where nobody is left."""
    if complaint.owner.staff:
        replace = commands.ReplaceAbsentOwner()
        return ownership.replace_absent_owner(complaint, replace, context, now)
    if context.owner(complaint.owner.role, complaint).staff is None:
        return ()
    return ownership.assign_owner(complaint, commands.AssignOwner(), context, now)


def _brought(complaint: Complaint, context: DecisionContext, now: datetime) -> NewEvents:
    """What was missed, what has risen, what the resident is told of it, and whom to remind."""
    overdue = judging.overdue(complaint, context, now)
    after = evolved(complaint, overdue, now)
    told = delays.due(after, context, now)
    return (*overdue, *told, *reminding.due(evolved(after, told, now), context, now))

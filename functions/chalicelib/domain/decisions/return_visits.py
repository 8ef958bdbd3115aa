"""The return visit (回访): some days after the reply the resident is asked whether it held.

Every answered complaint is asked after, closed ones too. Who does not answer is recorded
as not having answered, never as satisfied.
"""

from datetime import datetime

from chalicelib.domain import events
from chalicelib.domain.deadlines import return_visit_at
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.events import Event, NewEvent, NewEvents
from chalicelib.domain.model import Complaint


def due(complaint: Complaint, context: DecisionContext, now: datetime) -> NewEvents:
    """What is to be recorded of the return visit by `now` (UTC)."""
    at = return_visit_at(complaint, context.policy)
    return (NewEvent(_next(complaint)),) if at and at <= now else ()


def _next(complaint: Complaint) -> Event:
    """The resident is asked; once asked, their silence is recorded for what it is."""
    by_letter = "email" in complaint.reachable_by
    if complaint.visit_asked_at is None:
        return events.ReturnVisitAsked(by_letter)
    return events.ReturnVisited(None, "email" if by_letter else "telephone")

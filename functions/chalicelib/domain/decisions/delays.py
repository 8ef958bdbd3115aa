"""What the clock tells the resident of a delay: who has it now, and the next date (principle 3)."""

from datetime import datetime

from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.events import NewDateSet, NewEvent, NewEvents
from chalicelib.domain.model import Complaint
from chalicelib.domain.new_dates import new_dates, words_due


def due(complaint: Complaint, context: DecisionContext, now: datetime) -> NewEvents:
    """One word of all that there is to tell by `now` (UTC)."""
    policy = context.policy
    words = tuple(one for one in words_due(complaint, policy) if one.at <= now)
    if not words:
        return ()
    because = tuple(sorted({one.because for one in words}))
    dates = new_dates(complaint, policy, words, now)
    return (NewEvent(NewDateSet(because, dates, complaint.owner)),)

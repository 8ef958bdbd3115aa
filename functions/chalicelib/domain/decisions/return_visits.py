"""The return visit (回访): some days after the reply the resident is asked whether it held.

Every answered complaint is asked after, closed ones too. It is a task of a person: the clock
opens it, and says when it was not carried out; that somebody asked or tried, only they say.
"""

from datetime import date, datetime

from chalicelib.domain import events
from chalicelib.domain.deadlines import return_visit_at, visit_opens_at
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Policy


def due(complaint: Complaint, context: DecisionContext, now: datetime) -> NewEvents:
    """What is to be recorded of the return visit by `now` (UTC): it opens, or was not made."""
    at = return_visit_at(complaint, context.policy)
    if at is None or at > now:
        return ()
    if complaint.visit_asked_at:
        return (NewEvent(events.ReturnVisitMissed()),)
    return (NewEvent(events.ReturnVisitAsked(complaint.gets_mail)),)


def tried(
    complaint: Complaint, told_by: str, policy: Policy, now: datetime
) -> events.ReturnVisitTried:
    """A try that reached nobody; the last one that is asked for ends the visit (our setting).

    Counted are working days since it opened, so that no haste ends it. Raises RefusedError
    ``unreached_by_email``, for a letter is no try, and ``visit_over`` once nothing is asked any
    more: the resident has said whether it held, or the visit has ended.
    """
    opens_at = visit_opens_at(complaint, policy)
    if opens_at is None:
        raise RefusedError("visit_over")
    if told_by == "email":
        raise RefusedError("unreached_by_email")
    since = [one for one in (*complaint.visit_tries, now) if one >= opens_at]
    days = {_day(one, complaint) for one in since}
    worked = [one for one in days if policy.working_time.is_working_day(one)]
    return events.ReturnVisitTried(told_by, len(worked) >= policy.settings.return_visit_tries)


def require_promise_past(complaint: Complaint, now: datetime) -> None:
    """Nobody is asked whether it held before the reply's promised date is over.

    Raises RefusedError ``visit_before_promise``.
    """
    promised_for = complaint.promised_until
    if promised_for and _day(now, complaint) <= _day(promised_for, complaint):
        raise RefusedError("visit_before_promise")


def _day(at: datetime, complaint: Complaint) -> date:
    """The day of the community's calendar."""
    return at.astimezone(complaint.tz).date()

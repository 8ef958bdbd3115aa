"""The resident's own word after an answer: it is solved, or it is not and opens again.

A new round counts as a receipt: fresh promises, a verdict anew, nothing missed yet. The
month goes on from the first receipt (5.1.3).
"""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from chalicelib.domain import commands, events
from chalicelib.domain.clauses import assess
from chalicelib.domain.decision_context import DecisionContext, require_text, trimmed
from chalicelib.domain.decisions import return_visits
from chalicelib.domain.decisions.judging import gravest, owner_for
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.joined import raised_once_more
from chalicelib.domain.model import RESIDENT, Complaint, Owner
from chalicelib.domain.promises import promised
from chalicelib.domain.staff import MANAGER


def confirm(
    complaint: Complaint, command: commands.Confirm, _: DecisionContext, __: datetime
) -> NewEvents:
    """The resident says that it is solved."""
    _require_answered(complaint, "closed")
    if complaint.confirmed_at:
        raise RefusedError("confirmed_already")
    event = events.Confirmed(command.told_by, command.satisfaction or None)
    return (NewEvent(event, trimmed({"text": command.text})),)


def dispute(
    complaint: Complaint, command: commands.Dispute, context: DecisionContext, now: datetime
) -> NewEvents:
    """The resident says that it is not solved: the reply is void, and it opens again.

    The resident need not say why; who records it for them says what they said.
    """
    if command.by != RESIDENT:
        require_text(command.text, "text")
    _require_answered(complaint, "closed", "invalid")
    satisfaction = command.satisfaction or None
    return (_disputed(complaint, command, context, now, satisfaction),)


def return_visit(
    complaint: Complaint, command: commands.ReturnVisit, context: DecisionContext, now: datetime
) -> NewEvents:
    """Asked later whether it held; if not, it opens again as if the resident had disputed it.

    Nobody asks before the date that the reply promised. A try that reached nobody is kept as
    one, and leaves the question open.
    """
    _require_answered(complaint, "closed")
    return_visits.require_promise_past(complaint, now)
    if command.held is None:
        tried = return_visits.tried(complaint, command.told_by, context.policy, now)
        return (NewEvent(tried, trimmed({"text": command.text})),)
    satisfaction = command.satisfaction or None
    visited = events.ReturnVisited(command.held, command.told_by, satisfaction)
    if command.held:
        return (NewEvent(visited, trimmed({"text": command.text})),)
    require_text(command.text, "text")
    return (NewEvent(visited), _disputed(complaint, command, context, now))


def reopen(
    complaint: Complaint, command: commands.Reopen, context: DecisionContext, now: datetime
) -> NewEvents:
    """The staff open again what has ended, with a reason; it does not count as raised again."""
    require_text(command.reason, "reason")
    if complaint.is_open:
        raise RefusedError("open_already")
    if complaint.status == "ended_elsewhere":
        raise RefusedError("ended", status=complaint.status)
    event = events.Reopened(**new_round(complaint, complaint.times_raised, context, now))
    return (NewEvent(event, {"reason": command.reason.strip()}),)


def _require_answered(complaint: Complaint, *ends: str) -> None:
    """There must be an answer to say something of, or one of these ends."""
    if complaint.status == "replied" or complaint.status in ends:
        return
    if complaint.is_open:
        raise RefusedError("not_replied")
    raise RefusedError("ended", status=complaint.status)


def _disputed(
    complaint: Complaint,
    command: commands.Dispute | commands.ReturnVisit,
    context: DecisionContext,
    now: datetime,
    satisfaction: str | None = None,
) -> NewEvent:
    event = events.Disputed(
        **new_round(complaint, raised_once_more(complaint).times_raised, context, now),
        told_by=command.told_by,
        satisfaction=satisfaction,
    )
    return NewEvent(event, trimmed({"text": command.text}))


def new_round(
    complaint: Complaint, times_raised: int, context: DecisionContext, now: datetime
) -> dict[str, Any]:
    """Severity only rises, by clauses met anew; 5.1.1 and 5.1.3 may be met at once (intended)."""
    policy, valid = context.policy, complaint.valid or None
    unsolved = replace(complaint, times_raised=times_raised, replied_at=None, valid=valid)
    verdict = assess(unsolved, policy, now)
    severity = gravest(complaint, verdict, policy)
    return {
        "severity": severity,
        "severity_before": complaint.severity,
        "verdict": verdict,
        "promises": promised(now, severity, policy, complaint.tz, "dispute"),
        "owner": _owner(complaint, severity, context),
        "owner_before": complaint.owner,
    }


def _owner(complaint: Complaint, severity: str | None, context: DecisionContext) -> Owner:
    """As for a change of severity; a disputed explanation is the manager's to judge (2)."""
    if complaint.valid is False:
        manager = context.owner(MANAGER, complaint)
        return manager if manager.staff else complaint.owner
    owner = owner_for(complaint, severity, context)
    return context.replacement(owner, complaint) or owner

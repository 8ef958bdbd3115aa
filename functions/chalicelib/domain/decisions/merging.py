"""Merging: the matter of one complaint goes on under another."""

from datetime import datetime

from chalicelib.domain import commands, events
from chalicelib.domain.decision_context import DecisionContext, require_text
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.model import Complaint


def merge(
    complaint: Complaint, command: commands.Merge, _: DecisionContext, __: datetime
) -> NewEvents:
    """The matter goes on under another complaint; that they are alike is seen by who loads both."""
    require_text(command.reason, "reason")
    if command.into == complaint.reference:
        raise RefusedError("merge_itself")
    return (NewEvent(events.Merged(command.into), {"reason": command.reason.strip()}),)


def absorb(
    complaint: Complaint, command: commands.Absorb, _: DecisionContext, __: datetime
) -> NewEvents:
    """The other complaint's matter goes on under this one; said once.

    Nobody gets in this way what may be about them: the owner is another first.
    """
    if command.reference in complaint.absorbed:
        return ()
    if complaint.owner.staff in command.may_be_meant:
        raise RefusedError("complained_about", to=complaint.owner.staff)
    return (NewEvent(events.Absorbed(command.reference, command.may_be_meant)),)

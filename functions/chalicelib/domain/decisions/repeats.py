"""Repeats: the same matter raised again in a complaint of its own (5.1.1).

What ties two complaints together is on the record of both, and so is what follows from it.
"""

from datetime import datetime

from msgspec.structs import asdict, replace

from chalicelib.domain import commands, events
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.decisions.judging import risen
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.evolve import evolved
from chalicelib.domain.model import Complaint, Owner


def link(
    complaint: Complaint, command: commands.Link, context: DecisionContext, now: datetime
) -> NewEvents:
    """The link, and the rise that follows: the third time raised is major (5.1.1)."""
    if command.reference in complaint.links:
        return ()
    linked = NewEvent(events.Linked(**asdict(command)))
    after = evolved(complaint, (linked,), now)
    return (linked, *_unnamed(risen(after, context, now), complaint))


def repeat(
    complaint: Complaint, command: commands.Repeat, _: DecisionContext, __: datetime
) -> NewEvents:
    """The earlier complaint knows of the later one; said once."""
    if command.reference in complaint.repeats:
        return ()
    return (NewEvent(events.Repeated(command.reference)),)


def _unnamed(escalated: NewEvents, complaint: Complaint) -> NewEvents:
    """While no owner has been named it rises as a post's: naming the owner then tells everybody."""
    if complaint.owner.staff:
        return escalated
    return tuple(
        replace(one, event=replace(one.event, owner=Owner(one.event.owner.role)))
        for one in escalated
        if isinstance(one.event, events.Escalated)
    )

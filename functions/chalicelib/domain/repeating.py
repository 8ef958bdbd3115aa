"""Repeats: the same matter raised again in a complaint of its own (5.1.1).

What ties two complaints together is on the record of both, and so is what follows from it.
"""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain import commands, events
from chalicelib.domain.complaint import Complaint, told
from chalicelib.domain.events import Happening, Recorded
from chalicelib.domain.grounds import Grounds, Happenings
from chalicelib.domain.judging import risen
from chalicelib.domain.roles import Owner


def link(
    complaint: Complaint, command: commands.Link, grounds: Grounds, now: datetime
) -> Happenings:
    """The link, and the rise that it brings about: the third time raised is major (5.1.1)."""
    if command.reference in complaint.links:
        return ()
    linked = Happening(events.Linked(**vars(command)))
    after = told(complaint, Recorded(complaint.version + 1, now, "", linked.event))
    return (linked, *_unnamed(risen(after, grounds, now), complaint))


def repeat(complaint: Complaint, command: commands.Repeat, _: Grounds, __: datetime) -> Happenings:
    """The earlier complaint knows of the later one; said once."""
    if command.reference in complaint.repeats:
        return ()
    return (Happening(events.Repeated(command.reference)),)


def _unnamed(escalated: Happenings, complaint: Complaint) -> Happenings:
    """While no owner has been named it rises as a post's: naming the owner then tells everybody."""
    if complaint.owner.staff:
        return escalated
    return tuple(
        replace(one, event=replace(one.event, owner=Owner(one.event.owner.role)))
        for one in escalated
        if isinstance(one.event, events.Escalated)
    )

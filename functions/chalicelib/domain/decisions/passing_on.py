"""Passing on: what every resident of a matter is told, and what each of them says.

Down from the survivor comes what is told to all; up to it goes what one of the others said, and
that they were answered. The two have no event in common, so nothing goes round in circles.
"""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain import commands, events
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.decisions.judging import risen
from chalicelib.domain.decisions.reopening import new_round
from chalicelib.domain.events import Event, NewEvent, NewEvents
from chalicelib.domain.evolve import evolved
from chalicelib.domain.model import Complaint
from chalicelib.domain.new_dates import MONTH, RISEN, Word, new_dates
from chalicelib.domain.policy import Policy

ANSWERED = frozenset({"replied", "closed", "invalid"})
"""The statuses in which there is an answer that a resident may dispute."""


def pass_down(
    complaint: Complaint, command: commands.PassDown, context: DecisionContext, now: datetime
) -> NewEvents:
    """What every resident is told is on the record of each, as theirs.

    What goes by e-mail is told to those who have an address; who has withdrawn is told no more.
    """
    if complaint.merged_into is None or complaint.status == "withdrawn" or complaint.erased:
        return ()
    told = _told_here(complaint, command, context, now)
    if complaint.owner == command.owner:
        return told
    meant = complaint.may_be_meant
    moved = events.OwnerAssigned(command.owner, quietly=True, may_be_meant=meant)
    return (NewEvent(moved), *told)


PASSED_BY_LETTER = (
    events.Acknowledged,
    events.Updated,
    events.AnswerAwaited,
    events.Replied,
    events.TimeAgreed,
)
"""What another resident is told by letter alone: what was said to one is not said to all."""
PASSED_TO_ALL = (
    events.FollowedUp,
    events.Closed,
    events.Reopened,
    events.Disputed,
    events.NewDateSet,
)
"""What concerns each of them, however they are reached."""
_FOR_RESIDENTS = frozenset({"text", "done", "note"})
PASSED_UP = frozenset(
    {
        "messaged",
        "photo_added",
        "replied",
        "letter_delivered",
        "letter_failed",
        "judged",
        "confirmed",
        "disputed",
        "return_visited",
        "withdrawn",
        "facts_recorded",
        "contact_corrected",
        "part_changed",
    }
)
"""The kinds of record of a part that its survivor takes note of."""


def pass_up(
    complaint: Complaint, command: commands.PassUp, context: DecisionContext, now: datetime
) -> NewEvents:
    """What one of the others said or was told; any one's dispute opens the whole again."""
    known = tuple(one for one in command.parts if one.reference in complaint.absorbed)
    if not known:
        return ()
    changed = events.PartChanged(known[0].reference, command.kind, command.number, known)
    told = (NewEvent(changed),)
    after = evolved(complaint, told, now)
    if complaint.merged_into:
        return told
    return (*told, *_follows(after, command.kind, context, now))


def _told_here(
    complaint: Complaint, command: commands.PassDown, context: DecisionContext, now: datetime
) -> NewEvents:
    """The event as this complaint's own; none where there is nothing to tell its resident."""
    event = command.event
    if isinstance(event, PASSED_BY_LETTER):
        found = _by_letter(complaint, event)
    elif isinstance(event, events.Judged):
        found = _judged_here(complaint, command) if event.valid is not None else None
    elif isinstance(event, events.Disputed | events.Reopened):
        found = _opened_here(complaint, command) if complaint.status in ANSWERED else None
    elif isinstance(event, events.NewDateSet):
        found = _late_here(complaint, event, context.policy, now)
    elif isinstance(event, events.FollowedUp):
        found = event if complaint.follow_up_by else None
    elif isinstance(event, events.Closed):
        found = event if complaint.is_open else None
    else:
        found = None
    return (NewEvent(found, _words(found, command)),) if found else ()


def _words(event: Event, command: commands.PassDown) -> dict[str, str]:
    """What was written to residents: no reason or lesson of the staff's, no other's own word."""
    if not isinstance(event, (*PASSED_BY_LETTER, events.FollowedUp)):
        return {}
    return {name: text for name, text in command.words.items() if name in _FOR_RESIDENTS}


def _by_letter(complaint: Complaint, event: Event) -> Event | None:
    """What goes out by e-mail, to who has an address; an agreed time always does."""
    if not complaint.gets_mail:
        return None
    if isinstance(event, events.TimeAgreed):
        told = {"told_by": "email", "awaits_delivery": True} if event.told_by else {}
        return replace(event, **told)
    if getattr(event, "told_by", "") != "email":
        return None
    if isinstance(event, events.Acknowledged) and complaint.status not in ("received", "reopened"):
        return None
    if isinstance(event, events.Replied):
        return replace(event, explains=complaint.valid is False, close_when_sent=False)
    return event


def _late_here(
    complaint: Complaint, event: events.NewDateSet, policy: Policy, now: datetime
) -> events.NewDateSet | None:
    """That the matter is a month old, or graver now; a promise that was missed is told as its own.

    One that was as grave by itself learns nothing by it.
    """
    is_gravest = complaint.severity == policy.severities[0].key
    told = {MONTH} if is_gravest else {MONTH, RISEN}
    because = tuple(one for one in event.because if one in told)
    if not because or not complaint.is_open:
        return None
    words = tuple(Word(one, now) for one in because)
    dates = new_dates(complaint, policy, words, now)
    return events.NewDateSet(because, dates, event.owner)


def _opened_here(complaint: Complaint, command: commands.PassDown) -> events.Reopened:
    """Open again with the survivor's promises; how grave it is by itself stays.

    It says whose word that was: another resident's, or the staff's.
    """
    by_staff = isinstance(command.event, events.Reopened) and not command.event.by_another
    return events.Reopened(
        severity=complaint.severity,
        severity_before=complaint.severity,
        verdict=complaint.verdict,
        promises=command.promises,
        owner=command.owner,
        owner_before=command.owner,
        by_another=not by_staff,
    )


def _judged_here(complaint: Complaint, command: commands.PassDown) -> events.Judged:
    """Valid or not, as was judged of the matter; how grave it is by itself stays."""
    return events.Judged(
        valid=command.event.valid,
        cause=None,
        caused_by_us=None,
        slight=None,
        about=None,
        severity=complaint.severity,
        severity_before=complaint.severity,
        verdict=complaint.verdict,
        promises=complaint.promises,
        explain_by=command.event.explain_by,
        owner=command.owner,
    )


def _follows(complaint: Complaint, kind: str, context: DecisionContext, now: datetime) -> NewEvents:
    """What follows for the whole: it opens again, ends with its last resident, or rises."""
    if kind == "disputed" and complaint.status in ANSWERED:
        opened = new_round(complaint, complaint.times_raised, context, now)
        return (NewEvent(events.Reopened(**opened, by_another=True)),)
    if not complaint.is_open:
        return ()
    if kind == "withdrawn" and complaint.withdrawn_at and not complaint.those_going_on:
        return (NewEvent(events.Withdrawn()),)
    return risen(complaint, context, now) if complaint.owner.staff else ()

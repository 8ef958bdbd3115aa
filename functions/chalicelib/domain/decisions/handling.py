"""The verbs of the handling: accept, agree a time, note, call, give feedback, reply."""

from datetime import datetime, timedelta

from chalicelib.domain import commands, events
from chalicelib.domain.decision_context import DecisionContext, require_text, trimmed
from chalicelib.domain.decisions import ending
from chalicelib.domain.decisions.delivery import require_address
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.evolve import as_delivered, evolved
from chalicelib.domain.joined import answered_by_letter
from chalicelib.domain.model import UNSURE, Complaint
from chalicelib.domain.verbs import CALLED

FURTHEST = timedelta(days=90)
"""How far ahead a time is agreed at most."""


def acknowledge(
    complaint: Complaint, command: commands.Acknowledge, _: DecisionContext, now: datetime
) -> NewEvents:
    """The owner accepts the complaint and is in touch with the resident, or tried (principle 1)."""
    if complaint.status not in ("received", "reopened"):
        raise RefusedError("acknowledged_already")
    told_at = _told_at(command, complaint, now)
    if command.reached:
        awaits = command.told_by == "email"
        return (NewEvent(events.Acknowledged(command.told_by, told_at, awaits)),)
    if command.told_by == "email":
        raise RefusedError("unreached_by_email")
    return (NewEvent(events.ContactTried(command.told_by, told_at)),)


def agree_time(
    complaint: Complaint, command: commands.AgreeTime, _: DecisionContext, now: datetime
) -> NewEvents:
    """What cannot be solved now is explained, and a time is agreed (principle 3)."""
    require_text(command.note, "note")
    require_address(command.told_by, complaint)
    if not now < command.at <= now + FURTHEST:
        raise RefusedError("agreed_at_impossible")
    if complaint.status == "replied":
        raise RefusedError("replied_already")
    event = events.TimeAgreed(command.at, command.told_by, command.told_by == "email")
    return (NewEvent(event, {"note": command.note.strip()}),)


def note(_: Complaint, command: commands.Note, __: DecisionContext, ___: datetime) -> NewEvents:
    """A word on the record (principle 2); a correction is one too, and erases nothing."""
    require_text(command.text, "text")
    return (NewEvent(events.Noted(command.corrects), {"text": command.text.strip()}),)


def call_for_help(
    _: Complaint, command: commands.CallForHelp, __: DecisionContext, ___: datetime
) -> NewEvents:
    """The supervisor or the manager is called to explain, and it is on the record (6.1.2)."""
    if command.whom not in CALLED:
        raise RefusedError("cannot_be_called", whom=command.whom)
    event = events.HelpCalled(command.whom, command.entry)
    return (NewEvent(event, trimmed({"note": command.note})),)


def give_feedback(
    complaint: Complaint, command: commands.GiveFeedback, _: DecisionContext, __: datetime
) -> NewEvents:
    """The department feeds back how it is handling the complaint (3.3)."""
    require_text(command.text, "text")
    if complaint.about == UNSURE:
        raise RefusedError("department_unknown")
    return (NewEvent(events.FeedbackGiven(), {"text": command.text.strip()}),)


def reply(
    complaint: Complaint, command: commands.Reply, _: DecisionContext, now: datetime
) -> NewEvents:
    """The resident is told, by letter or by word of mouth (principle 3)."""
    require_text(command.text, "text")
    told_at = _told_at(command, complaint, now)
    if command.follow_up_by and not told_at < command.follow_up_by <= now + FURTHEST:
        raise RefusedError("follow_up_impossible")
    explains, follow_up_by = complaint.valid is False, command.follow_up_by
    closes = command.close_when_sent and complaint.merged_into is None
    awaits = command.told_by == "email"
    event = events.Replied(command.told_by, told_at, explains, follow_up_by, closes, awaits)
    names = ("text", "done", "root_cause", "lesson")
    replied = NewEvent(event, trimmed({name: getattr(command, name) for name in names}))
    if closes:
        _require_closable(complaint, replied, command, now)
    return (replied,)


def _require_closable(
    complaint: Complaint, replied: NewEvent, command: commands.Reply, now: datetime
) -> None:
    """What is to be closed once the letter has arrived lacks nothing but that (principle 4).

    Raises RefusedError ``close_when_sent_by_email``, or ``close_lacks``.
    """
    if command.told_by != "email":
        raise RefusedError("close_when_sent_by_email")
    closing = ending.closing_of(command.by, replied.words)
    told = answered_by_letter(as_delivered(evolved(complaint, (replied,), now)), now)
    ending.require_closable(told, closing)


def _told_at(
    command: commands.Acknowledge | commands.Reply, complaint: Complaint, now: datetime
) -> datetime:
    """When the resident was told: a letter by e-mail goes out now, and needs an address.

    Raises RefusedError ``no_email`` or ``email_failed``, or ``told_at_impossible`` where it lies
    before the receipt or ahead of now.
    """
    require_address(command.told_by, complaint)
    told_at = now if command.told_by == "email" else command.told_at or now
    if not complaint.raised_at <= told_at <= now:
        raise RefusedError("told_at_impossible")
    return told_at

"""What follows when it is known what became of a letter to the resident (principle 3).

What was told by e-mail counts once it has arrived, from when it was sent. What did not arrive was
not told, and the address is written to no more. Said twice, nothing more follows.
"""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain import commands, events
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.decisions.judging import overdue
from chalicelib.domain.delivery import (
    ANSWERED,
    COMPLAINED,
    DELIVERED,
    MARKING,
    PRESUMED,
    REACHED,
    UNREACHED,
)
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.evolve import evolved
from chalicelib.domain.model import Complaint, SentWord
from chalicelib.domain.verbs import Verb


def record_delivery(
    complaint: Complaint, command: commands.RecordDelivery, context: DecisionContext, now: datetime
) -> NewEvents:
    """It counts, or it does not; a letter that was junk to its reader was the last one."""
    found: NewEvents = ()
    if command.state in {*REACHED, PRESUMED}:
        because = PRESUMED if command.state == PRESUMED else DELIVERED
        found = _reached(complaint, command, because, context)
    if command.state in {*UNREACHED, COMPLAINED}:
        found += _failed(evolved(complaint, found, now), command, now)
    return found


def reached_by_answer(
    complaint: Complaint, verb: Verb, command: commands.Command, now: datetime
) -> NewEvents:
    """Who says whether it is solved has read the reply, whatever is known of its letter.

    And who answers has read the question.
    """
    if getattr(command, "held", True) is None:
        return ()
    read = _READ_BY.get(verb.name)
    return tuple(
        NewEvent(events.LetterDelivered(one.number, min(one.at, now), ANSWERED), by_clock=True)
        for one in complaint.unconfirmed
        if one.kind == read
    )


_READ_BY = {
    **dict.fromkeys(("confirm", "dispute", "return-visit"), "replied"),
    "message": "answer_awaited",
}
"""What somebody has read who does this."""


def require_address(told_by: str | None, complaint: Complaint) -> None:
    """What is told by e-mail needs an address, and one that has not failed.

    Raises RefusedError ``no_email`` or ``email_failed``.
    """
    if told_by != "email":
        return
    if "email" not in complaint.reachable_by:
        raise RefusedError("no_email")
    if complaint.email_failed:
        raise RefusedError("email_failed", because=complaint.email_failed)


def _reached(
    complaint: Complaint, command: commands.RecordDelivery, because: str, context: DecisionContext
) -> NewEvents:
    """It counts from when it was sent; what had run out by then was missed all the same."""
    word = _on_its_way(complaint, command.number)
    if word is None:
        return ()
    sent_at = max(word.at, command.sent_at or word.at)
    others = tuple(one for one in complaint.unconfirmed if one is not word)
    missed: NewEvents = ()
    if complaint.is_open and sent_at > word.at:
        missed = overdue(replace(complaint, unconfirmed=others), context, sent_at)
    by_clock = tuple(replace(one, by_clock=True) for one in missed)
    return (*by_clock, NewEvent(events.LetterDelivered(word.number, sent_at, because)))


def _failed(complaint: Complaint, command: commands.RecordDelivery, now: datetime) -> NewEvents:
    """Said once: where it was told otherwise since, and the address failed already, nothing more.

    An answer that had counted is void, unless its resident has reacted to it or it has ended.
    """
    state, since = command.state, complaint.address_since
    is_of_this_address = since is None or (command.sent_at or now) >= since
    marks = state in MARKING and complaint.gets_mail and is_of_this_address
    waited = _on_its_way(complaint, command.number) is not None and state != COMPLAINED
    voids = state in UNREACHED and _stands_on(complaint, command.number)
    if not (marks or waited or voids):
        return ()
    return (NewEvent(events.LetterFailed(command.number, command.letter, state, marks, voids)),)


def _stands_on(complaint: Complaint, number: int) -> bool:
    """Whether the answer that stands is that of this letter alone."""
    reacted = complaint.confirmed_at or complaint.visited_at or complaint.withdrawn_at
    return complaint.status == "replied" and complaint.answered_by == number and not reacted


def _on_its_way(complaint: Complaint, number: int) -> SentWord | None:
    return next((one for one in complaint.unconfirmed if one.number == number), None)

"""The word between the resident and the desk: messages, updates, and the resident's code."""

from datetime import datetime, timedelta

from chalicelib.domain import commands, events
from chalicelib.domain.decision_context import DecisionContext, require_text
from chalicelib.domain.decisions.delivery import require_address
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.model import Complaint
from chalicelib.domain.references import MOST_CODES

MOST_MESSAGES = 30
"""How many of the resident's messages a complaint takes: its words are one item of the table."""
CODE_AGAIN = timedelta(minutes=10)
"""Within this time of asking, asking once more sends nothing."""


def message(
    complaint: Complaint, command: commands.Message, _: DecisionContext, __: datetime
) -> NewEvents:
    """What the resident adds is on the record, and its owner is told."""
    require_text(command.text, "text")
    if complaint.messages >= MOST_MESSAGES:
        raise RefusedError("messages_full", most=MOST_MESSAGES)
    return (NewEvent(events.Messaged(), {"text": command.text.strip()}),)


def update(
    complaint: Complaint, command: commands.Update, _: DecisionContext, __: datetime
) -> NewEvents:
    """The resident hears how things stand: nothing goes on in silence (principle 3)."""
    require_text(command.text, "text")
    require_address(command.told_by, complaint)
    event = events.Updated(command.told_by, command.told_by == "email")
    return (NewEvent(event, {"text": command.text.strip()}),)


def ask_code(
    complaint: Complaint, _: commands.AskCode, __: DecisionContext, now: datetime
) -> NewEvents:
    """The code goes to the address on record, if there is one; whoever asks is told neither."""
    asked_at = complaint.code_asked_at
    if not complaint.gets_mail or (asked_at and now < asked_at + CODE_AGAIN):
        return ()
    return (NewEvent(events.CodeAsked()),)


def renew_code(
    complaint: Complaint, command: commands.RenewCode, _: DecisionContext, __: datetime
) -> NewEvents:
    """Another code from now on; the one before opens nothing any more."""
    require_text(command.reason, "reason")
    event = events.CodeRenewed(next_code(complaint))
    return (NewEvent(event, {"reason": command.reason.strip()}),)


def next_code(complaint: Complaint) -> int:
    """The version of the code after this one. Raises RefusedError ``codes_used_up``."""
    if complaint.code_version >= MOST_CODES:
        raise RefusedError("codes_used_up", most=MOST_CODES)
    return complaint.code_version + 1

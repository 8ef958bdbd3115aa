"""The word between the resident and the desk: messages, updates, and her code."""

from datetime import datetime, timedelta

from chalicelib.domain import commands, events
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import Happening
from chalicelib.domain.grounds import Grounds, Happenings, require_text

MOST_MESSAGES = 30
"""So many of her messages one complaint takes: its words are kept in one item of the table."""
MOST_CODES = 20
"""So often a code can be renewed: a code is tried against each version there may be."""
CODE_AGAIN = timedelta(minutes=10)
"""Within this time of asking, asking once more sends nothing."""


def message(
    complaint: Complaint, command: commands.Message, _: Grounds, __: datetime
) -> Happenings:
    """What she adds is on the record, and its owner is told."""
    require_text(command.text, "text")
    if complaint.messages >= MOST_MESSAGES:
        raise RefusedError("messages_full", most=MOST_MESSAGES)
    return (Happening(events.Messaged(), {"text": command.text.strip()}),)


def update(complaint: Complaint, command: commands.Update, _: Grounds, __: datetime) -> Happenings:
    """She hears how things stand: nothing goes on in silence (principle 3)."""
    require_text(command.text, "text")
    if command.told_by == "email" and "email" not in complaint.reachable_by:
        raise RefusedError("no_email")
    return (Happening(events.Updated(command.told_by), {"text": command.text.strip()}),)


def ask_code(complaint: Complaint, _: commands.AskCode, __: Grounds, now: datetime) -> Happenings:
    """The code goes to the address on record, if there is one; whoever asks is told neither."""
    asked_at = complaint.code_asked_at
    if "email" not in complaint.reachable_by or (asked_at and now < asked_at + CODE_AGAIN):
        return ()
    return (Happening(events.CodeAsked()),)


def renew_code(
    complaint: Complaint, command: commands.RenewCode, _: Grounds, __: datetime
) -> Happenings:
    """Another code from now on; the one before opens nothing any more."""
    require_text(command.reason, "reason")
    if complaint.code_version >= MOST_CODES:
        raise RefusedError("codes_used_up", most=MOST_CODES)
    event = events.CodeRenewed(complaint.code_version + 1)
    return (Happening(event, {"reason": command.reason.strip()}),)

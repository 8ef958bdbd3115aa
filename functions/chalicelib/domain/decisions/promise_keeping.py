"""What is asked, found out and promised on the way: facts, questions, and follow-ups."""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain import commands, events
from chalicelib.domain.decision_context import DecisionContext, require_text
from chalicelib.domain.decisions.delivery import require_address
from chalicelib.domain.decisions.judging import risen
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.model import Complaint
from chalicelib.domain.promises import due_at


def record_facts(
    complaint: Complaint, command: commands.RecordFacts, context: DecisionContext, now: datetime
) -> NewEvents:
    """A fact that became known; where it meets a clause, it rises at this moment (5.1)."""
    require_text(command.reason, "reason")
    names = ("hurt", "loss", "times_raised")
    named = {name: getattr(command, name) for name in names}
    new = {name: value for name, value in named.items() if value is not None}
    if all(getattr(complaint, name) == value for name, value in new.items()):
        raise RefusedError("nothing_new")
    recorded = NewEvent(events.FactsRecorded(**named), {"reason": command.reason.strip()})
    after = replace(complaint, **new)
    return (recorded, *risen(after, context, now))


def await_answer(
    complaint: Complaint, command: commands.AwaitAnswer, context: DecisionContext, now: datetime
) -> NewEvents:
    """The resident is asked something; what the policy names pauses until they answer."""
    require_text(command.text, "text")
    if complaint.status == "replied":
        raise RefusedError("replied_no_question")
    require_address(command.told_by, complaint)
    policy = context.policy
    until = due_at(policy.settings.wait_for_resident, now, policy, complaint.tz)
    event = events.AnswerAwaited(command.told_by, until, command.told_by == "email")
    return (NewEvent(event, {"text": command.text.strip()}),)


def follow_up(
    complaint: Complaint, command: commands.FollowUp, _: DecisionContext, __: datetime
) -> NewEvents:
    """What a reply promised is done, and on the record (principle 4)."""
    require_text(command.text, "text")
    if complaint.follow_up_by is None:
        raise RefusedError("nothing_to_follow_up")
    return (NewEvent(events.FollowedUp(), {"text": command.text.strip()}),)

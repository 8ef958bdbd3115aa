"""How a complaint ends: settled, withdrawn, or elsewhere; and how its data are erased."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from chalicelib.domain import commands, events
from chalicelib.domain.decision_context import DecisionContext, require_text, trimmed
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import EventRecord, NewEvent, NewEvents
from chalicelib.domain.model import RESIDENT, Complaint


def close(
    complaint: Complaint, command: commands.Close, _: DecisionContext, __: datetime
) -> NewEvents:
    """The matter ends, when all that the policy asks is there (principle 4)."""
    require_closable(complaint, command)
    ended_as = "invalid" if complaint.valid is False else "closed"
    words = {name: getattr(command, name) for name in ("root_cause", "remedy", "lesson")}
    return (NewEvent(events.Closed(ended_as), trimmed(words)),)


def require_closable(complaint: Complaint, command: commands.Close) -> None:
    """Raises RefusedError ``close_lacks`` with all that the policy asks and is not there."""
    lacking = _lacking_to_close(complaint, command)
    if lacking:
        raise RefusedError("close_lacks", lacking=lacking)


def closing_of(by: str, words: Mapping[str, str]) -> commands.Close:
    """How a reply with these words is closed: what was done is the remedy."""
    named = {"root_cause": "root_cause", "remedy": "done", "lesson": "lesson"}
    return commands.Close(by, **{name: words.get(key, "") for name, key in named.items()})


def closing_once_sent(record: EventRecord, since: Iterable[EventRecord]) -> commands.Close | None:
    """What closes a complaint whose reply was sent; `since` is what was recorded after it.

    None where nobody asked for it, or where the resident has said something meanwhile: then
    the owner reads that first.
    """
    event = record.event
    if not isinstance(event, events.Replied) or not event.close_when_sent:
        return None
    if any(_was_said(one.event) for one in since):
        return None
    return closing_of(record.by, record.words)


def _was_said(event: events.Event) -> bool:
    """Whether it is not the matter any more that was to be closed: any of its residents may say."""
    if isinstance(event, events.PartChanged):
        return event.kind in _SAID_BY_ANOTHER
    return isinstance(event, _SAID_SINCE)


_SAID_BY_ANOTHER = frozenset({"messaged", "disputed", "return_visited"})
_SAID_SINCE = (
    events.Messaged,
    events.Disputed,
    events.Reopened,
    events.Replied,
    events.ReturnVisited,
)


def withdraw(
    complaint: Complaint, command: commands.Withdraw, _: DecisionContext, __: datetime
) -> NewEvents:
    """The resident takes it back, and nobody else's; who records it for them says why."""
    if command.by != RESIDENT:
        require_text(command.reason, "reason")
    others_go_on = bool(complaint.those_going_on) and not complaint.merged_into
    return (NewEvent(events.Withdrawn(others_go_on), trimmed({"reason": command.reason})),)


def erase(
    complaint: Complaint, command: commands.Erase, _: DecisionContext, __: datetime
) -> NewEvents:
    """The resident's data go; while somebody handles it they are needed."""
    require_text(command.reason, "reason")
    if complaint.is_open:
        raise RefusedError("erase_open")
    if command.typed_reference not in ("", complaint.reference):
        raise RefusedError("reference_differs", reference=complaint.reference)
    erased = events.Erased(command.entries, command.lessons)
    return (NewEvent(erased, {"reason": command.reason.strip()}),)


def end_elsewhere(
    _: Complaint, command: commands.EndElsewhere, context: DecisionContext, __: datetime
) -> NewEvents:
    """An imported complaint comes in with its end; it has no owner, but may be about somebody."""
    meant = tuple(sorted(context.conflicted_staff))
    return (NewEvent(events.EndedElsewhere(command.ended_at, meant)),)


def _lacking_to_close(complaint: Complaint, command: commands.Close) -> tuple[str, ...]:
    others = {"reply_each": all(one.answered_at for one in complaint.those_going_on)}
    told = {"withdrawn": True} if complaint.withdrawn_at else {}
    if complaint.valid is False:
        needed = told or {"explanation": complaint.explained_at is not None}
        return _lacking(needed | others | {"follow_up": complaint.follow_up_by is None})
    needed = {
        "valid": complaint.valid is not None,
        **(told or {"reply": complaint.replied_at is not None}),
        **others,
        "follow_up": complaint.follow_up_by is None,
        "root_cause": bool(command.root_cause.strip()),
        "remedy": bool(command.remedy.strip()),
    }
    return _lacking(needed)


def _lacking(needed: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(name for name, there in needed.items() if not there)

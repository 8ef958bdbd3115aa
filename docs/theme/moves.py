"""Which moves lead from one status to another: found by asking the engine, not written down.

From a complaint just received, every verb is tried in every state that is reached, until
nothing new is found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from docs.theme.lives import Life, a_receipt, begun, first_weekday, one_of_each

from chalicelib.domain import commands
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.model import IMPORT
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import SUPERVISOR

_MONDAY = 1
_SAID = "said"
BEGINNING = ""
"""The status before there is a complaint."""


@dataclass(frozen=True)
class Move:
    """A verb that leads from one status to another; the first is blank for a receipt."""

    before: str
    verb: str
    after: str


def moves(policy: Policy) -> tuple[Move, ...]:
    """Every move that the engine allows, in the order in which it was found."""
    at = first_weekday(policy, _MONDAY)
    first = begun(a_receipt(at, cause="facility"), one_of_each(policy))
    found = {Move(BEGINNING, "receive", first.complaint.status): None}
    seen, waiting = {_state(first)}, [(first, at)]
    while waiting:
        life, now = waiting.pop(0)
        now += timedelta(hours=1)
        for verb, after in _tried(life, now):
            if after.complaint.status != life.complaint.status:
                found[Move(life.complaint.status, verb, after.complaint.status)] = None
            if _state(after) not in seen:
                seen.add(_state(after))
                waiting.append((after, now))
    return tuple(found)


def _tried(life: Life, now: datetime) -> Iterator[tuple[str, Life]]:
    """What each verb makes of it, where it is not refused."""
    for verb, command in _commands(life, now):
        try:
            yield verb, life.after(command, now)
        except RefusedError:
            continue


def _commands(life: Life, now: datetime) -> Iterator[tuple[str, commands.Command]]:
    owner = life.complaint.owner.staff or SUPERVISOR
    yield "acknowledge", commands.Acknowledge(owner)
    yield "judge", commands.Judge(SUPERVISOR, _SAID, valid=True)
    yield "judge", commands.Judge(SUPERVISOR, _SAID, valid=False)
    yield "reply", commands.Reply(owner, _SAID, "telephone")
    yield "dispute", commands.Dispute(SUPERVISOR, _SAID, "telephone")
    for held in (True, False):
        yield "return-visit", commands.ReturnVisit(SUPERVISOR, held, "telephone", _SAID)
    yield "confirm", commands.Confirm(SUPERVISOR, "telephone")
    yield "close", commands.Close(owner, root_cause=_SAID, remedy=_SAID)
    yield "withdraw", commands.Withdraw(SUPERVISOR, _SAID)
    yield "merge", commands.Merge(SUPERVISOR, "another", _SAID)
    yield "reopen", commands.Reopen(SUPERVISOR, _SAID)
    if life.complaint.status == "received":
        yield IMPORT, commands.EndElsewhere(now)


def _state(life: Life) -> tuple[object, ...]:
    """What the moves depend on."""
    one = life.complaint
    return (one.status, one.valid, one.explained, one.is_solved, bool(one.confirmed_at))

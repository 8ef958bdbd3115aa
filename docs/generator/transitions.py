"""Which transitions lead from one status to another: found by asking the engine.

From a complaint just received, every verb is tried in every state that is reached, until
nothing new is found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from docs.generator.engine_runs import EngineRun, a_receipt, begun, first_weekday, one_of_each
from msgspec.structs import replace

from chalicelib.domain import commands
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.model import IMPORT
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import SUPERVISOR

_MONDAY = 1
_WORDS = "words"
"""What stands for words that the engine keeps and never reads."""
BEGINNING = ""
"""The status before there is a complaint."""


@dataclass(frozen=True)
class Transition:
    """A verb that leads from one status to another; the first is blank for a receipt."""

    before: str
    verb: str
    after: str


def transitions(policy: Policy) -> tuple[Transition, ...]:
    """Every transition that the engine allows, in the order in which it was found."""
    at = first_weekday(policy, _MONDAY)
    first = begun(a_receipt(at, cause="facility"), one_of_each(policy))
    found = {Transition(BEGINNING, "receive", first.complaint.status): None}
    seen, waiting = {_state(first)}, [(first, at)]
    while waiting:
        run, now = waiting.pop(0)
        now += timedelta(hours=1)
        for verb, after in _tried(run, now):
            one, other = run.complaint.shown_status, after.complaint.shown_status
            if one != other:
                found[Transition(one, verb, other)] = None
            if _state(after) not in seen:
                seen.add(_state(after))
                waiting.append((after, now))
    return tuple(found)


def _tried(run: EngineRun, now: datetime) -> Iterator[tuple[str, EngineRun]]:
    """What each verb makes of it, where it is not refused."""
    for verb, command in tried_commands(run, now):
        try:
            yield verb, run.after(command, now)
        except RefusedError:
            continue


def tried_commands(run: EngineRun, now: datetime) -> Iterator[tuple[str, commands.Command]]:
    """What is tried: each verb that can lead to another status, with either answer it may have."""
    if run.complaint.merged_into:
        yield "separate", commands.Separate(SUPERVISOR, _WORDS)
        return
    owner = run.complaint.owner.staff or SUPERVISOR
    yield "acknowledge", commands.Acknowledge(owner, "telephone")
    yield "agree-time", commands.AgreeTime(owner, now + timedelta(days=1), _WORDS, "telephone")
    yield "update", commands.Update(owner, _WORDS, "telephone")
    yield "await-answer", commands.AwaitAnswer(owner, _WORDS, "telephone")
    yield "judge", commands.Judge(SUPERVISOR, _WORDS, valid=True)
    yield "judge", commands.Judge(SUPERVISOR, _WORDS, valid=False)
    yield "reply", commands.Reply(owner, _WORDS, "telephone")
    yield "dispute", commands.Dispute(SUPERVISOR, _WORDS, "telephone")
    for held in (True, False):
        yield "return-visit", commands.ReturnVisit(SUPERVISOR, held, "telephone", _WORDS)
    yield "confirm", commands.Confirm(SUPERVISOR, "telephone")
    yield "close", commands.Close(owner, root_cause=_WORDS, remedy=_WORDS)
    for valid in (True, False):
        told = commands.Settle(owner, _WORDS, _WORDS, _WORDS, "visit", root_cause=_WORDS)
        yield "settle", replace(told, valid=valid)
    yield "withdraw", commands.Withdraw(SUPERVISOR, _WORDS)
    yield "merge", commands.Merge(SUPERVISOR, "another", _WORDS)
    yield "reopen", commands.Reopen(SUPERVISOR, _WORDS)
    if run.complaint.status == "received":
        yield IMPORT, commands.EndElsewhere(now)


def _state(run: EngineRun) -> tuple[object, ...]:
    """What the transitions depend on."""
    one = run.complaint
    told = (one.explained, one.is_solved, bool(one.confirmed_at))
    return (one.status, one.merged_into, one.valid, *told)

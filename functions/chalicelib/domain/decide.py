"""Deciding: *(complaint, command, context, now) → new events*, or a named refusal.

Before a verb, what time has made true comes onto the record: an owner who is there, and what
was missed by then. Then the verb's own decision is asked, which the table of `verbs` names.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any

from msgspec.structs import replace

from chalicelib.domain import commands
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.decisions import delivery, judging, ownership
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.evolve import evolved
from chalicelib.domain.model import RESIDENT, Complaint
from chalicelib.domain.permissions import require
from chalicelib.domain.verbs import Verb, verb_of

Decision = Callable[[Complaint, Any, DecisionContext, datetime], NewEvents]


def decide(
    complaint: Complaint, command: commands.Command, context: DecisionContext, now: datetime
) -> NewEvents:
    """What follows from a command at `now` (UTC); what was missed by then comes first.

    Raises NotFoundError when the one who asks may not see the complaint, and RefusedError
    when the verb is not theirs, or does not fit the state.
    """
    verb = verb_of(command)
    owned = _owned(complaint, verb, command, context, now)
    owned += delivery.reached_by_answer(complaint, verb, command, now)
    present = evolved(complaint, owned, now)
    _require_allowed(present, verb, command, context)
    _require_fitting(present, verb)
    due = _due(present, verb, command, context, now)
    decided = decision_of(verb)(evolved(present, due, now), command, context, now)
    return (*_by_clock(*owned, *due), *decided)


@cache
def decision_of(verb: Verb) -> Decision:
    """What decides a verb, imported at first use."""
    module, _, function = verb.decision.partition(".")
    decision: Decision = getattr(import_module(f"{_DECISIONS}.{module}"), function)
    return decision


_DECISIONS = "chalicelib.domain.decisions"


def _by_clock(*come: NewEvent) -> NewEvents:
    """Nobody did what time has brought, least of all who comes upon it."""
    return tuple(replace(one, by_clock=True) for one in come)


def _owned(
    complaint: Complaint,
    verb: Verb,
    command: commands.Command,
    context: DecisionContext,
    now: datetime,
) -> NewEvents:
    """Before a verb there is an owner on the record, and one who is there (principle 1)."""
    if not complaint.is_open or not verb.is_staff_verb or complaint.merged_into:
        return ()
    if complaint.owner.staff is None:
        return ownership.assign_owner(complaint, commands.AssignOwner(), context, now)
    if getattr(command, "by", "") == complaint.owner.staff:
        return ()
    return ownership.replace_absent_owner(complaint, commands.ReplaceAbsentOwner(), context, now)


def _due(
    complaint: Complaint,
    verb: Verb,
    command: commands.Command,
    context: DecisionContext,
    now: datetime,
) -> NewEvents:
    """Before a verb, what time has made true stands on the record.

    A reply and a first contact count from when the resident was told; what a judgement makes of
    the month is its own.
    """
    if not complaint.is_open or not verb.is_staff_verb:
        return ()
    if isinstance(command, commands.Judge | commands.Settle):
        return judging.missed(complaint, context.policy, now, _counts_from(command, now))
    return judging.overdue(complaint, context, _counts_from(command, now))


def _counts_from(command: commands.Command, now: datetime) -> datetime:
    """What was told by word of mouth counts from when it was; a try and all else from now."""
    match command:
        case commands.Reply() | commands.Settle() | commands.Acknowledge(reached=True) if (
            command.told_by != "email"
        ):
            return command.told_at or now
        case _:
            return now


def _require_allowed(
    complaint: Complaint, verb: Verb, command: commands.Command, context: DecisionContext
) -> None:
    """Who may do what is one table; and nobody decides about a complaint about themselves.

    Whoever calls for the resident has seen the code, where one is needed.
    """
    by = getattr(command, "by", "")
    if verb.by_resident and by == RESIDENT:
        return
    if verb.by_resident and not verb.is_staff_verb:
        raise RefusedError("not_allowed")
    if not verb.is_staff_verb:
        return
    require(verb.name, by, complaint, context.directory)
    if verb.impartial and by in context.conflicted_staff and by != complaint.owner.staff:
        raise RefusedError("complained_about_you")


def _require_fitting(complaint: Complaint, verb: Verb) -> None:
    """What has ended, is erased or goes on under another takes only what concerns it still."""
    if complaint.erased:
        raise RefusedError("erased")
    if complaint.merged_into and verb.is_staff_verb and not verb.of_one:
        raise RefusedError("merged")
    if complaint.withdrawn_at and verb.by_resident and verb.is_staff_verb:
        raise RefusedError("ended", status="withdrawn")
    if not complaint.is_open and not verb.after_end:
        raise RefusedError("ended", status=complaint.status)

"""Settling at once (5.3.1, principle 3): a simple minor complaint judged, told and closed in one.

What is asked of a judgement, a reply and an end is asked here as well, by the very same
decisions: all three go onto the record, or none.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from chalicelib.domain import commands
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.decisions import ending, handling, judging
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvents
from chalicelib.domain.evolve import evolved
from chalicelib.domain.model import Complaint
from chalicelib.domain.permissions import require
from chalicelib.domain.policy import Policy
from chalicelib.domain.verbs import verb_of


def settle(
    complaint: Complaint, command: commands.Settle, context: DecisionContext, now: datetime
) -> NewEvents:
    """Judge, reply and close at one moment, each as the one before has left the complaint.

    Raises RefusedError ``settle_only_new`` or ``settle_only_minor`` where it is no complaint for
    this, ``settle_needs_minor`` where it is none as judged, and whatever the three raise.
    """
    _require_simple(complaint, context.policy)
    found: NewEvents = ()
    for part in parts(command):
        present = evolved(complaint, found, now)
        require(verb_of(part).name, command.by, present, context.directory)
        found += _DECISIONS[type(part)](present, part, context, now)
        _require_still_minor(evolved(complaint, found, now), context.policy)
    return found


def parts(command: commands.Settle) -> Iterator[commands.PersonCommand]:
    """The three commands that one form gives, in their order; what was done is the remedy."""
    by, done = command.by, command.done
    yield commands.Judge(
        by, command.reason, command.valid, cause=command.cause, severity=command.severity
    )
    yield commands.Reply(by, command.text, command.told_by, command.told_at, done)
    yield commands.Close(by, command.root_cause, done, command.lesson)


def _require_simple(complaint: Complaint, policy: Policy) -> None:
    """It is minor or undecided, nobody has judged or answered it yet, and it came up once."""
    begun = complaint.is_judged or complaint.status == "replied"
    if begun or complaint.raised_again_at:
        raise RefusedError("settle_only_new")
    if policy.graver(complaint.severity, _minor(policy)):
        raise RefusedError("settle_only_minor")


def _require_still_minor(complaint: Complaint, policy: Policy) -> None:
    """What is judged graver, or not at all, is not settled in passing; nor is an invalid one so."""
    if complaint.valid is not False and complaint.severity != _minor(policy):
        raise RefusedError("settle_needs_minor")


def _minor(policy: Policy) -> str:
    return policy.severities[-1].key


_DECISIONS: dict[type[commands.PersonCommand], Callable[..., Any]] = {
    commands.Judge: judging.judge,
    commands.Reply: handling.reply,
    commands.Close: ending.close,
}

"""Taking a complaint in: the receipt, with verdict and promises (5, 6.1.1)."""

from datetime import datetime
from typing import Any

from chalicelib.domain import commands, events
from chalicelib.domain.clauses import Verdict, assess
from chalicelib.domain.complaint import Complaint, opened
from chalicelib.domain.events import Happening
from chalicelib.domain.promises import Promises, promised
from chalicelib.domain.roles import Owner
from chalicelib.domain.rules import Policy


def receive(command: commands.Receive, policy: Policy, now: datetime) -> Happening:
    """The receipt of a complaint, with verdict and promises (5, 6.1.1).

    The owner is named by role only: the submission asks nobody, and the directory
    says a moment later who holds the post.
    """
    facts = {name: value for name, value in vars(command).items() if name != "words"}
    verdict = assess(_unassessed(facts, now), policy, now)
    event = events.Received(
        **facts,
        verdict=verdict,
        severity=verdict.severity,
        promises=promised(command.received_at, verdict.severity, policy, command.tz),
        owner=Owner(policy.owner_role(verdict.severity)),
    )
    return Happening(event, command.words)


def _unassessed(facts: dict[str, Any], now: datetime) -> Complaint:
    """The complaint as its facts alone make it, for the engine to look at."""
    nothing = Verdict(None, (), "")
    received = events.Received(
        **facts,
        verdict=nothing,
        severity=None,
        promises=Promises(now, now),
        owner=Owner(""),
    )
    return opened(received)

"""Taking a complaint in: the receipt, with verdict and promises (5, 6.1.1)."""

from datetime import datetime

from msgspec.structs import asdict, replace

from chalicelib.domain import commands, events
from chalicelib.domain.clauses import assess
from chalicelib.domain.events import NewEvent
from chalicelib.domain.evolve import opened
from chalicelib.domain.model import Owner, Verdict
from chalicelib.domain.policy import Policy
from chalicelib.domain.promises import promised

_UNASSESSED = Verdict(None, (), "")


def receive(command: commands.Receive, policy: Policy, now: datetime) -> NewEvent:
    """The receipt of a complaint, with verdict and promises (5, 6.1.1).

    The owner is named by role only: the submission asks nobody, and the directory
    says a moment later who holds the post.
    """
    facts = asdict(command)
    words = facts.pop("words")
    at, zone = command.received_at, command.tz
    event = events.Received(
        **facts,
        verdict=_UNASSESSED,
        severity=None,
        promises=promised(at, None, policy, zone),
        owner=Owner(policy.owner_role(None)),
    )
    verdict = assess(opened(event), policy, now)
    severity = verdict.severity
    assessed = replace(
        event,
        verdict=verdict,
        severity=severity,
        promises=promised(at, severity, policy, zone),
        owner=Owner(policy.owner_role(severity)),
    )
    return NewEvent(assessed, words)

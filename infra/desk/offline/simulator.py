"""What becomes of a letter offline: it arrives at once, unless its address is one of SES's own.

SES has a mailbox simulator: whatever is sent to its addresses comes to what the address says, and
is told of as of any other letter. Here it does the same, so that all of it can be tried by hand.
"""

import json
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.delivery import BOUNCED, COMPLAINED, DELIVERED

DOMAIN = "simulator.amazonses.com"
Outcome = tuple[str, dict[str, Any]]
"""An event of SES: its kind, and what it says besides."""
_DELIVERED: Outcome = ("Delivery", {"smtpResponse": "250 ok"})
_OUTCOMES: dict[str, tuple[str, tuple[Outcome, ...]]] = {
    "success": (DELIVERED, (_DELIVERED,)),
    "bounce": (BOUNCED, (("Bounce", {"bounceType": "Permanent", "bounceSubType": "General"}),)),
    "ooto": (
        DELIVERED,
        (_DELIVERED, ("Bounce", {"bounceType": "Transient", "bounceSubType": "General"})),
    ),
    "complaint": (
        COMPLAINED,
        (_DELIVERED, ("Complaint", {"complaintFeedbackType": "abuse"})),
    ),
    "suppressionlist": (
        BOUNCED,
        (("Bounce", {"bounceType": "Permanent", "bounceSubType": "Suppressed"}),),
    ),
}
"""By the part before the @: what it comes to in the end, and what is told, in its order."""


def comes_to(address: str) -> str:
    """The state in which a letter to this address ends."""
    return _outcome(address)[0]


def events(address: str, tag: str, message_id: str, at: datetime) -> list[dict[str, Any]]:
    """What is told of a letter to this address, as Lambda gets it from SNS, each by itself."""
    return [_event(one, tag, message_id, at) for one in _outcome(address)[1]]


def _outcome(address: str) -> tuple[str, tuple[Outcome, ...]]:
    """SES takes labels there, too: ``bounce+jade@``."""
    name, _, domain = address.lower().rpartition("@")
    everybody = _OUTCOMES["success"]
    return _OUTCOMES.get(name.partition("+")[0], everybody) if domain == DOMAIN else everybody


def _event(outcome: Outcome, tag: str, message_id: str, at: datetime) -> dict[str, Any]:
    kind, told = outcome
    stamp = at.astimezone(UTC).isoformat()
    mail = {"timestamp": stamp, "messageId": message_id, "tags": {"letter": [tag]}}
    message = {"eventType": kind, "mail": mail, kind.lower(): {"timestamp": stamp, **told}}
    return {"Records": [{"EventSource": "aws:sns", "Sns": {"Message": json.dumps(message)}}]}

"""What SES tells of a letter (event publishing), read as a report of its delivery.

Each event names the letter by the tag that it was sent with; what has none is not ours.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.adapters.outbox import LETTER_TAG, letter_from_tag
from chalicelib.application.ports.letters import DeliveryReport
from chalicelib.domain.delivery import BOUNCED, COMPLAINED, DELAYED, DELIVERED, REFUSED


def report_from(event: Mapping[str, Any]) -> DeliveryReport | None:
    """What an event says of a letter of ours; None for a letter or a kind that is none of ours."""
    kind, mail = event.get("eventType", ""), event.get("mail", {})
    state = _STATES.get(kind)
    tags = mail.get("tags", {}).get(LETTER_TAG, [])
    if state is None or not tags:
        return None
    told = event.get(_DETAIL[kind], {})
    return DeliveryReport(
        key=letter_from_tag(tags[0]),
        state=_told_apart(state, told),
        at=_instant(told.get("timestamp") or mail["timestamp"]),
        sent_at=_instant(mail["timestamp"]),
    )


def _told_apart(state: str, told: Mapping[str, Any]) -> str:
    """A bounce that is none, and a complaint that nobody made.

    An answer of an absent reader's mailbox is told as a bounce that will pass, and so is a letter
    that the mailbox has not taken in yet. An address on the list of those that SES no longer writes
    to was not written to.
    """
    if state == BOUNCED and told.get("bounceType") == "Transient":
        return DELAYED if told.get("bounceSubType") == "General" else BOUNCED
    if state == COMPLAINED and told.get("complaintSubType") == "OnAccountSuppressionList":
        return REFUSED
    return state


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


_STATES = {
    "Delivery": DELIVERED,
    "DeliveryDelay": DELAYED,
    "Bounce": BOUNCED,
    "Complaint": COMPLAINED,
    "Reject": REFUSED,
}
_DETAIL = {
    "Delivery": "delivery",
    "DeliveryDelay": "deliveryDelay",
    "Bounce": "bounce",
    "Complaint": "complaint",
    "Reject": "reject",
}
"""The kinds of event that the configuration set publishes (infra/mail.yaml), and where each says
more.
"""

"""What SES tells of letters by its configuration set and SNS, for tests."""

import json

import app
from chalicelib.adapters.outbox import letter_key_from, letter_tag

DELIVERED = ("Delivery", {})
BOUNCED = ("Bounce", {"bounceType": "Permanent", "bounceSubType": "General"})
MAILBOX_FULL = ("Bounce", {"bounceType": "Transient", "bounceSubType": "MailboxFull"})
OUT_OF_OFFICE = ("Bounce", {"bounceType": "Transient", "bounceSubType": "General"})
COMPLAINED = ("Complaint", {"complaintSubType": None, "complaintFeedbackType": "abuse"})
DELAYED = ("DeliveryDelay", {"delayType": "MailboxFull"})
REJECTED = ("Reject", {"reason": "Bad content"})
_DETAILS = {"DeliveryDelay": "deliveryDelay"}


def told(key, what, sent_at, at=None):
    """The event that Lambda gets when SES tells this of a letter."""
    kind, detail = what
    stamp = (at or sent_at).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    message = {
        "eventType": kind,
        "mail": {
            "timestamp": sent_at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "messageId": "0100019a-example",
            "source": "desk@anhe.example",
            "destination": ["li@example.com"],
            "tags": {"letter": [letter_tag(key)], "ses:configuration-set": ["letters"]},
        },
        _DETAILS.get(kind, kind.lower()): {"timestamp": stamp, **detail},
    }
    return {"Records": [{"EventSource": "aws:sns", "Sns": {"Message": json.dumps(message)}}]}


def arrived(items, now):
    """What SES tells of each letter among these items of the table that was sent: it arrived."""
    sent = (one for one in items if one["sk"]["S"].startswith("L#") and one["state"]["S"] == "sent")
    return [told(letter_key_from(one), DELIVERED, now) for one in sent]


def hear(events):
    """Invoke the function with each; how many there were."""
    for one in events:
        assert app.feedback(one, None)["told"] == 1
    return len(events)

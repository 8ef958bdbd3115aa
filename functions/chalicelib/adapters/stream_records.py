"""What a record of the table's stream tells, as Lambda hands it over."""

from collections.abc import Mapping
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.outbox import entry_from
from chalicelib.application.outbox import OutboxEntry

_TIME_TO_LIVE = "dynamodb.amazonaws.com"
"""Who removes items whose time is over."""


def new_entry(record: Mapping[str, Any]) -> OutboxEntry | None:
    """What was recorded and calls for letters; None for any other change."""
    keys = record["dynamodb"]["Keys"]
    is_new = record["eventName"] == "INSERT" and items.is_event(keys)
    return entry_from(keys) if is_new else None


def expired_complaint(record: Mapping[str, Any]) -> str | None:
    """The reference whose personal data the table itself removed, their time being over."""
    keys = record["dynamodb"]["Keys"]
    by = (record.get("userIdentity") or {}).get("principalId")
    is_contact = record["eventName"] == "REMOVE" and keys["sk"]["S"] == "CONTACT"
    return items.reference_of(keys) if is_contact and by == _TIME_TO_LIVE else None

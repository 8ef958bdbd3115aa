"""Receipts that wait, in the `pending` index: a partition of it for each lane."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.outbox import entry_from, entry_key
from chalicelib.application.outbox import ComplaintEvent


@dataclass(frozen=True)
class TableWaitingLetters:
    """The `WaitingLetters` port over a DynamoDB client."""

    client: Any
    table: str

    def wait(
        self, entry: ComplaintEvent, lane: str, until: datetime, received_at: datetime
    ) -> None:
        """The entry's own keys in the index lead to its lane, and no longer to what was left."""
        place = f"{items.instant(until)}#{items.instant(received_at)}#{entry.name}"
        self.client.update_item(
            TableName=self.table,
            Key=entry_key(entry),
            UpdateExpression="SET #pending = :lane, pending_at = :place",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeNames={"#pending": "pending"},
            ExpressionAttributeValues={
                ":lane": {"S": _partition(lane)},
                ":place": {"S": place},
            },
        )

    def in_lane(self, lane: str, until: datetime) -> Iterator[ComplaintEvent]:
        """One query of the index, read page by page."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            IndexName="pending",
            KeyConditionExpression="#pending = :lane AND pending_at <= :until",
            ExpressionAttributeNames={"#pending": "pending"},
            ExpressionAttributeValues={
                ":lane": {"S": _partition(lane)},
                # "~" sorts after whatever follows the instant.
                ":until": {"S": f"{items.instant(until)}#~"},
            },
        )
        entries = (entry_from(item) for page in pages for item in page["Items"])
        return (one for one in entries if isinstance(one, ComplaintEvent))


def _partition(lane: str) -> str:
    return f"{items.WAITING}#{lane}"

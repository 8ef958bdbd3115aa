"""Beginnings of working days in the table, each an entry that the stream brings to the notifier."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.adapters.outbox import entry_key, pending_keys
from chalicelib.application.outbox import WorkdayStart


@dataclass(frozen=True)
class TableWorkdayStarts:
    """The `WorkdayStarts` port over a DynamoDB client."""

    client: Any
    table: str

    def has_begun(self, start: WorkdayStart) -> bool:
        """Whether its entry stands."""
        found = self.client.get_item(
            TableName=self.table,
            Key=entry_key(start),
            ProjectionExpression="pk",
            ConsistentRead=True,
        )
        return "Item" in found

    def begin(self, start: WorkdayStart, now: datetime) -> bool:
        """Put its entry, unless it stands."""
        try:
            self.client.put_item(
                TableName=self.table,
                Item={**entry_key(start), **pending_keys(start, now)},
                ConditionExpression="attribute_not_exists(pk)",
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

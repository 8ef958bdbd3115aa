"""Mornings in the table: a partition each, an event that the stream brings to the notifier.

It stands under ``E#000001`` as any event does, so that the `pending` index finds it again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.items import Item
from chalicelib.application.ports.workday_starts import WorkdayStart


@dataclass(frozen=True)
class TableWorkdayStarts:
    """The `WorkdayStarts` port over a DynamoDB client."""

    client: Any
    table: str

    def has_begun(self, morning: WorkdayStart) -> bool:
        """Whether its event stands."""
        found = self.client.get_item(
            TableName=self.table, Key=_key(morning), ProjectionExpression="pk", ConsistentRead=True
        )
        return "Item" in found

    def begin(self, morning: WorkdayStart, now: datetime) -> bool:
        """Put its event, unless it stands."""
        what = f"{morning.subject}#{morning.post.number:06}"
        try:
            self.client.put_item(
                TableName=self.table,
                Item={**_key(morning), **items.pending_keys(now, what)},
                ConditionExpression="attribute_not_exists(pk)",
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _key(morning: WorkdayStart) -> Item:
    return items.key(morning.subject, items.event_sk(morning.post.number))

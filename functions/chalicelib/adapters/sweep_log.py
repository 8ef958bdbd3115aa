"""The sweep's log in the table: one item, in no index, that each sweep writes over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.documents import read
from chalicelib.application.ports.sweep_log import LastSweeps, SweepRun

_KEY = items.key("SWEEP", "LAST")


@dataclass(frozen=True)
class TableSweepLog:
    """The `SweepLog` port over a DynamoDB client."""

    client: Any
    table: str

    def begin(self, now: datetime) -> LastSweeps:
        """Write down when, and read the last that finished, in one request."""
        found = self._set("began_at = :it", {"S": items.instant(now)})
        return _last_sweeps(found["Attributes"])

    def finish(self, done: SweepRun) -> None:
        """Write it over the one before."""
        self._set("doc = :it", items.encoded(done))

    def last(self) -> LastSweeps:
        """The item as it is now."""
        found = self.client.get_item(TableName=self.table, Key=_KEY, ConsistentRead=True)
        return _last_sweeps(found.get("Item", {}))

    def _set(self, what: str, value: items.Item) -> items.Item:
        found: items.Item = self.client.update_item(
            TableName=self.table,
            Key=_KEY,
            UpdateExpression=f"SET {what}",
            ExpressionAttributeValues={":it": value},
            ReturnValues="ALL_NEW",
        )
        return found


def _last_sweeps(item: items.Item) -> LastSweeps:
    began_at = datetime.fromisoformat(item["began_at"]["S"]) if "began_at" in item else None
    finished = read(item["doc"]["S"], SweepRun) if "doc" in item else None
    return LastSweeps(began_at, finished)

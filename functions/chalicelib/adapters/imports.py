"""The record of finished imports; each is also the event from which its summaries follow."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.documents import read
from chalicelib.application.records import ImportRun
from chalicelib.domain.errors import NotFoundError


@dataclass(frozen=True)
class TableImports:
    """The `Imports` port over a DynamoDB client."""

    client: Any
    table: str

    def finish(self, run: ImportRun, now: datetime) -> bool:
        """Record the run, unless it stands already."""
        item = {
            **_key(run.id),
            "kind": {"S": "imported"},
            "at": {"S": items.instant(now)},
            "doc": items.encoded(run),
            **items.pending_keys(now, run.id),
        }
        try:
            self.client.put_item(
                TableName=self.table, Item=item, ConditionExpression="attribute_not_exists(pk)"
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def run(self, run_id: str) -> ImportRun:
        """The run of this id. Raises NotFoundError."""
        found = self.client.get_item(TableName=self.table, Key=_key(run_id), ConsistentRead=True)
        if "Item" not in found:
            raise NotFoundError
        return read(found["Item"]["doc"]["S"], ImportRun)


def _key(run_id: str) -> items.Item:
    return items.key(f"IMPORT#{run_id}", items.event_sk(1))

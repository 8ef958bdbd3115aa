"""The record of finished imports, each an entry of the outbox from which its summaries follow."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.documents import read
from chalicelib.adapters.outbox import entry_key, pending_keys
from chalicelib.application.outbox import ImportFinished
from chalicelib.application.records import ImportRun
from chalicelib.domain.errors import NotFoundError


@dataclass(frozen=True)
class TableImports:
    """The `Imports` port over a DynamoDB client."""

    client: Any
    table: str

    def finish(self, run: ImportRun, now: datetime) -> bool:
        """Record the run, unless it stands already."""
        entry = ImportFinished(run.id)
        item = {
            **entry_key(entry),
            "kind": {"S": "imported"},
            "at": {"S": items.instant(now)},
            "doc": items.encoded(run),
            **pending_keys(entry, now),
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
        key = entry_key(ImportFinished(run_id))
        found = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        if "Item" not in found:
            raise NotFoundError
        return read(found["Item"]["doc"]["S"], ImportRun)

"""Who looked at a complaint, in the table: a partition for each complaint, apart from its own.

So loading a complaint never reads who looked at it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.adapters import items
from chalicelib.adapters.items import Item
from chalicelib.application.records import AccessRecord
from chalicelib.domain.working_time import months_after


@dataclass(frozen=True)
class TableAccessLog:
    """The `AccessLog` port over a DynamoDB client. Looks expire after so many `months`."""

    client: Any
    table: str
    months: int

    def note(self, reference: str, staff: str, now: datetime) -> None:
        """Count the look in the one item of this person and day."""
        expires = items.expires_at(months_after(now, self.months, ZoneInfo("UTC")))
        self.client.update_item(
            TableName=self.table,
            Key=items.key(_pk(reference), f"{now.astimezone(UTC):%Y-%m-%d}#{staff}"),
            UpdateExpression="SET last_at = :now, expires_at = :expires_at ADD looks :one",
            ExpressionAttributeValues={
                ":now": {"S": items.instant(now)},
                ":expires_at": expires["expires_at"],
                ":one": {"N": "1"},
            },
        )

    def of(self, reference: str) -> tuple[AccessRecord, ...]:
        """The complaint's partition, the last look first."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": _pk(reference)}},
        )
        found = (_look(item) for page in pages for item in page["Items"])
        return tuple(sorted(found, key=lambda one: one.last_at, reverse=True))


def _pk(reference: str) -> str:
    return f"ACCESS#{reference}"


def _look(item: Item) -> AccessRecord:
    staff = item["sk"]["S"].partition("#")[2]
    last_at = datetime.fromisoformat(item["last_at"]["S"])
    return AccessRecord(staff, int(item["looks"]["N"]), last_at)

"""The record of the staff's accounts: a partition for each month, so that one query reads it.

What changes an address is an entry of the outbox besides, from which a letter to the old
address follows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.adapters import items
from chalicelib.adapters.documents import read
from chalicelib.adapters.items import Item
from chalicelib.adapters.outbox import entry_key, pending_keys
from chalicelib.application.outbox import AddressChanged
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.staff_log import StaffEvent, StaffRecord, old_address
from chalicelib.domain.working_time import months_after

_RECORD, _COUNT = "R#", "F#"


@dataclass(frozen=True)
class TableStaffLog:
    """The `StaffLog` port over a DynamoDB client. Records expire after so many `months`."""

    client: Any
    table: str
    months: int

    def add(self, record: StaffRecord) -> None:
        """Put it where nothing stands yet; another one of the same moment has its own place."""
        item, number = record_item(record, self.months), 0
        while not self._put(item):
            number += 1
            item["sk"] = {"S": f"{record_sk(record)}#{number}"}

    def count(self, kind: StaffEvent, staff: str, now: datetime) -> None:
        """One update of the hour's item."""
        self.client.update_item(
            TableName=self.table,
            Key=items.key(_partition(now), f"{_COUNT}{_hour(now)}#{kind.value}#{staff}"),
            UpdateExpression="SET last_at = :now, expires_at = :expires_at ADD times :one",
            ExpressionAttributeValues={
                ":now": {"S": items.instant(now)},
                ":expires_at": _expires(now, self.months)["expires_at"],
                ":one": {"N": "1"},
            },
        )

    def since(self, start: datetime, now: datetime) -> tuple[StaffRecord, ...]:
        """The months between the two, one query each."""
        found = (_record(item) for month in _months(start, now) for item in self._month(month))
        of_then = (one for one in found if start <= one.at <= now)
        return tuple(sorted(of_then, key=lambda one: one.at, reverse=True))

    def address_change(self, entry: AddressChanged) -> StaffRecord:
        """The entry's own item."""
        found = self.client.get_item(
            TableName=self.table, Key=entry_key(entry), ConsistentRead=True
        )
        if "Item" not in found:
            raise NotFoundError
        return read(found["Item"]["doc"]["S"], StaffRecord)

    def _put(self, item: Item) -> bool:
        try:
            self.client.put_item(
                TableName=self.table, Item=item, ConditionExpression="attribute_not_exists(pk)"
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _month(self, partition: str) -> Iterator[Item]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": partition}},
            ConsistentRead=True,
        )
        return (item for page in pages for item in page["Items"])


def record_item(record: StaffRecord, months: int) -> Item:
    """The item of a record."""
    return {
        **items.key(_partition(record.at), record_sk(record)),
        "doc": items.encoded(record),
        **_expires(record.at, months),
    }


def record_sk(record: StaffRecord) -> str:
    """Where a record stands in its month."""
    at = record.at.astimezone(UTC)
    return f"{_RECORD}{at:%Y-%m-%dT%H:%M:%S.%f}#{record.staff}#{record.kind.value}"


def items_of_change(record: StaffRecord, number: int, months: int) -> list[Item]:
    """What the `number`th change of somebody adds; the outbox's entry where the address changed."""
    own = record_item(record, months)
    own["sk"] = {"S": f"{record_sk(record)}#{number}"}
    if not old_address(record):
        return [own]
    entry = AddressChanged(record.staff, number)
    letter = {
        **entry_key(entry),
        "doc": items.encoded(record),
        **pending_keys(entry, record.at),
        **_expires(record.at, months),
    }
    return [own, letter]


def _partition(at: datetime) -> str:
    return f"STAFFLOG#{at.astimezone(UTC):%Y-%m}"


def _hour(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H}"


def _months(start: datetime, now: datetime) -> list[str]:
    first, last = (one.astimezone(UTC) for one in (start, now))
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"STAFFLOG#{number // 12:04}-{number % 12 + 1:02}" for number in numbers]


def _expires(at: datetime, months: int) -> Item:
    return items.expires_at(months_after(at, months, ZoneInfo("UTC")))


def _record(item: Item) -> StaffRecord:
    key = item["sk"]["S"]
    if key.startswith(_RECORD):
        return read(item["doc"]["S"], StaffRecord)
    _, _, kind, staff = key.split("#", 3)
    last_at = datetime.fromisoformat(item["last_at"]["S"])
    return StaffRecord(last_at, StaffEvent(kind), staff, "", times=int(item["times"]["N"]))

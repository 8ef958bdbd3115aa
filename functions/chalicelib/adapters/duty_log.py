"""The duty log in the table: a partition for each community and day, numbered as in the book.

An entry is one of the outbox too, so that the stream brings a call for help to the notifier
and the `pending` index finds it again.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from chalicelib.adapters import items
from chalicelib.adapters.documents import read
from chalicelib.adapters.items import Item
from chalicelib.adapters.outbox import duty_log_partition, pending_keys
from chalicelib.adapters.outbox import entry_key as outbox_key
from chalicelib.application.outbox import EntryWritten
from chalicelib.domain.duty_log import CALL, DutyLogEntry
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.working_time import months_after

WORDS = "words"
"""The attribute that holds an entry's words, apart from what else it says."""


@dataclass(frozen=True)
class TableDutyLog:
    """The `DutyLog` port over a DynamoDB client. Entries expire after so many `months`."""

    client: Any
    table: str
    months: int

    def write(self, entry: DutyLogEntry) -> DutyLogEntry:
        """Add it under the day's next number; who comes second has the number after."""
        numbered = replace(entry, number=self._last_number(entry) + 1)
        while not self._put(numbered):
            numbered = replace(numbered, number=numbered.number + 1)
        return numbered

    def day(self, community: str, on: date) -> tuple[DutyLogEntry, ...]:
        """A day's partition, in the order of its numbers."""
        pages = self.client.get_paginator("query").paginate(**self._day(community, on))
        return tuple(_entry(item) for page in pages for item in page["Items"])

    def entry(self, community: str, on: date, number: int) -> DutyLogEntry:
        """The entry of this number. Raises NotFoundError."""
        key = outbox_key(EntryWritten(community, on, number))
        found = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        if "Item" not in found:
            raise NotFoundError
        return _entry(found["Item"])

    def _last_number(self, entry: DutyLogEntry) -> int:
        last = self._day(entry.community, entry.on)
        found = self.client.query(**last, ScanIndexForward=False, Limit=1)["Items"]
        return _entry(found[0]).number if found else 0

    def _put(self, entry: DutyLogEntry) -> bool:
        try:
            self.client.put_item(
                TableName=self.table,
                Item=self._item(entry),
                ConditionExpression="attribute_not_exists(pk)",
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _item(self, entry: DutyLogEntry) -> Item:
        written = EntryWritten(entry.community, entry.on, entry.number)
        return {
            **outbox_key(written),
            "doc": items.encoded(replace(entry, words={})),
            WORDS: items.encoded(dict(entry.words)),
            **(pending_keys(written, entry.at) if entry.kind == CALL else {}),
            **items.expires_at(months_after(entry.at, self.months, ZoneInfo("UTC"))),
        }

    def _day(self, community: str, on: date) -> dict[str, Any]:
        """The entries of a day; the letters that a call sent stand beside them."""
        return {
            "TableName": self.table,
            "KeyConditionExpression": "pk = :pk AND begins_with(sk, :entries)",
            "ExpressionAttributeValues": {
                ":pk": {"S": duty_log_partition(community, on)},
                ":entries": {"S": "E#"},
            },
            "ConsistentRead": True,
        }


def entry_key(community: str, entry: str) -> Item:
    """The key of an entry that a complaint names as ``2026-11-25#3``."""
    on, _, number = entry.partition("#")
    return outbox_key(EntryWritten(community, date.fromisoformat(on), int(number)))


def _entry(item: Item) -> DutyLogEntry:
    words = read(item[WORDS]["S"], dict[str, str]) if WORDS in item else {}
    return replace(read(item["doc"]["S"], DutyLogEntry), words=words)

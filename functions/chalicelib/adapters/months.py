"""Months in the table: two partitions a community, one of openings and one of rows.

Each month stands in as many items as it needs, so that none meets the limit of an item, and
says with each how many there are. They are compressed: what they say repeats itself.
"""

import base64
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

import msgspec

from chalicelib.adapters import items
from chalicelib.adapters.documents import read
from chalicelib.adapters.items import Item
from chalicelib.domain.model import Complaint
from chalicelib.domain.statistics import MonthRow

T = TypeVar("T", Complaint, MonthRow)

_OPENING, _ROWS = "OPENING#", "MONTH#"
_AT_ONCE = 200
"""So many in one item: of the largest that there are, compressed, far less than 400 KB."""


@dataclass(frozen=True)
class TableMonths:
    """The `Months` port over a DynamoDB client."""

    client: Any
    table: str

    def opening(self, community: str, month: str) -> tuple[Complaint, ...] | None:
        """The items of one month."""
        kept = self._read(f"{_OPENING}{community}", month, month, Complaint)
        return kept.get(month)

    def keep_opening(self, community: str, month: str, states: Iterable[Complaint]) -> None:
        """An item for each two hundred, none over what stands."""
        self._keep(f"{_OPENING}{community}", month, states)

    def rows(self, community: str, first: str, last: str) -> Mapping[str, tuple[MonthRow, ...]]:
        """One query, whatever the months."""
        return self._read(f"{_ROWS}{community}", first, last, MonthRow)

    def keep_rows(self, community: str, month: str, rows: Iterable[MonthRow]) -> None:
        """As an opening is kept."""
        self._keep(f"{_ROWS}{community}", month, rows)

    def _read(self, pk: str, first: str, last: str, kind: type[T]) -> dict[str, tuple[T, ...]]:
        """Each month that stands there whole."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":pk": {"S": pk},
                ":first": {"S": first},
                ":last": {"S": f"{last}#~"},
            },
            ConsistentRead=True,
        )
        found = (
            (item["sk"]["S"].partition("#")[0], item) for page in pages for item in page["Items"]
        )
        by_month = {
            month: [item for _, item in one] for month, one in groupby(found, key=itemgetter(0))
        }
        return {month: _values(one, kind) for month, one in by_month.items() if _is_whole(one)}

    def _keep(self, pk: str, month: str, values: Iterable[Complaint | MonthRow]) -> None:
        ordered = sorted(values, key=lambda one: one.reference)
        parts = [ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE)] or [[]]
        for number, part in enumerate(parts):
            self._put(
                {
                    **items.key(pk, f"{month}#{number:04}"),
                    "parts": {"N": str(len(parts))},
                    "doc": {"S": _compressed(part)},
                }
            )

    def _put(self, item: Item) -> None:
        try:
            self.client.put_item(
                TableName=self.table, Item=item, ConditionExpression="attribute_not_exists(pk)"
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            # Who came first counted the same month.
            return


def _is_whole(found: list[Item]) -> bool:
    return len(found) == int(found[0]["parts"]["N"])


def _values(found: Iterable[Item], kind: type[T]) -> tuple[T, ...]:
    many: Any = list[kind]  # type: ignore[valid-type]
    return tuple(one for item in found for one in read(_plain(item["doc"]["S"]), many))


def _compressed(values: list[Complaint | MonthRow]) -> str:
    return base64.b85encode(zlib.compress(msgspec.json.encode(values))).decode()


def _plain(document: str) -> str:
    return zlib.decompress(base64.b85decode(document)).decode()

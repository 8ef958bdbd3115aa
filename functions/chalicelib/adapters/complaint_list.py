"""The list of complaints in the indexes `received` and `ended`: a month is a partition of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.documents import read
from chalicelib.adapters.items import Item
from chalicelib.adapters.transactions import Transactions
from chalicelib.application.listed import ListedComplaint, ListedLine
from chalicelib.application.ports.complaint_list import Span


@dataclass(frozen=True)
class TableComplaintList:
    """The `ComplaintList` port over a DynamoDB client."""

    client: Any
    table: str

    def rows(self, span: Span) -> tuple[ListedComplaint, ...]:
        """The rows between two instants, which stand before the words."""
        return tuple(_row(item) for item in self._within(span, ""))

    def words(self, span: Span) -> Mapping[str, Mapping[str, str]]:
        """The contact items between the same instants."""
        found = self._within(span, items.WORDS_FIRST)
        return {items.reference_of(item): items.words_from(item) for item in found}

    def words_of(self, references: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        """The contact items of these."""
        keys = [items.complaint_key(one, "CONTACT") for one in references]
        found = self._transactions.read(keys)
        return {items.reference_of(item): items.words_from(item) for item in found}

    def open(self) -> tuple[ListedLine, ...]:
        """The shard of the open complaints in the index `due`, which has rows and words too."""
        found = list(
            self._query("due", "due_shard = :due", {":due": {"S": items.DUE}}),
        )
        words = {items.reference_of(one): one for one in found if one["sk"]["S"] == "CONTACT"}
        rows = (_row(one) for one in found if one["sk"]["S"] == "HEAD")
        return tuple(
            ListedLine(row, items.words_from(words.get(row.reference, {}))) for row in rows
        )

    @cached_property
    def _transactions(self) -> Transactions:
        return Transactions(self.client, self.table)

    def _within(self, span: Span, before: str) -> Iterator[Item]:
        # What begins at the end itself sorts after it: an instant, and then a reference.
        start, end = (f"{before}{items.instant(one)}" for one in (span.start, span.end))
        return self._query(
            span.by,
            f"{span.by} = :month AND {span.by}_at BETWEEN :start AND :end",
            {":month": {"S": span.month}, ":start": {"S": start}, ":end": {"S": end}},
        )

    def _query(self, index: str, condition: str, values: Item) -> Iterator[Item]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            IndexName=index,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
        )
        return (item for page in pages for item in page["Items"])


def _row(head: Item) -> ListedComplaint:
    return read(head[items.LISTED]["S"], ListedComplaint)

"""A client of the table in memory, with the methods, answers and errors of botocore's.

Every request holds the table's lock from its beginning to its end: requests, and transactions
among them, follow each other.
"""

from collections.abc import Iterator
from typing import Any

from desk.offline.memory_table import values
from desk.offline.memory_table.errors import EXCEPTIONS, ResourceNotFoundException
from desk.offline.memory_table.queries import Query, projected
from desk.offline.memory_table.requests import given_with, require_known, require_table
from desk.offline.memory_table.table import Table
from desk.offline.memory_table.transactions import read_all, write_all
from desk.offline.memory_table.writes import DELETE, PUT, UPDATE, write_from

Answer = dict[str, Any]

_READING = (
    "TableName",
    "ConsistentRead",
    "ProjectionExpression",
    "ExpressionAttributeNames",
)
_QUERYING = (
    *_READING,
    "IndexName",
    "KeyConditionExpression",
    "FilterExpression",
    "ExpressionAttributeValues",
    "ScanIndexForward",
    "Limit",
    "ExclusiveStartKey",
)


class MemoryDynamoDB:
    """What the adapters call. Arguments are botocore's; one that is not known is refused."""

    exceptions = EXCEPTIONS

    def __init__(self, table: Table) -> None:
        self.table = table

    def get_item(self, **request: Any) -> Answer:  # noqa: ANN401 - as botocore takes it
        """One item by its keys; no `Item` in the answer when there is none."""
        require_known(request, (*_READING, "Key"))
        require_table(self.table, request)
        given = given_with(request)
        with self.table.lock:
            kept = self.table.get(self.table.only_key(request["Key"]))
        if kept is None:
            return {}
        return {"Item": projected(kept.item, request.get("ProjectionExpression"), given)}

    def put_item(self, **request: Any) -> Answer:  # noqa: ANN401 - as above
        """Put an item, in the place of what stood there."""
        return self._write(PUT, request)

    def update_item(self, **request: Any) -> Answer:  # noqa: ANN401 - as above
        """Change an item, or make it."""
        return self._write(UPDATE, request)

    def delete_item(self, **request: Any) -> Answer:  # noqa: ANN401 - as above
        """Remove an item."""
        return self._write(DELETE, request)

    def query(self, **request: Any) -> Answer:  # noqa: ANN401 - as above
        """A page of a partition."""
        require_known(request, _QUERYING)
        require_table(self.table, request)
        name = request.get("IndexName")
        index = self.table.schema.index(name) if name else None
        if name and index is None:
            raise ResourceNotFoundException(f"The table does not have the specified index: {name}")
        with self.table.lock:
            return Query(self.table, index, request, given_with(request)).page()

    def transact_write_items(self, **request: Any) -> Answer:  # noqa: ANN401 - as above
        """All of it or nothing. Each request counts; tokens are taken and not remembered."""
        require_known(request, ("TransactItems", "ClientRequestToken"))
        with self.table.lock:
            write_all(self.table, request["TransactItems"])
        return {}

    def transact_get_items(self, **request: Any) -> Answer:  # noqa: ANN401 - as above
        """Several items as of one moment."""
        require_known(request, ("TransactItems",))
        with self.table.lock:
            return {"Responses": read_all(self.table, request["TransactItems"])}

    def get_paginator(self, operation: str) -> "Paginator":
        """Follows a query from page to page."""
        return Paginator(self, operation)

    def _write(self, kind: str, request: Answer) -> Answer:
        write = write_from(self.table, kind, request)
        with self.table.lock:
            outcome = write.outcome()
            self.table.write(outcome.key, outcome.after)
        shown = {"ALL_OLD": outcome.before, "ALL_NEW": outcome.after}.get(
            request.get("ReturnValues", "NONE")
        )
        return {"Attributes": values.copied(shown.item)} if shown else {}


class Paginator:
    """Goes on where a page ended."""

    def __init__(self, client: MemoryDynamoDB, operation: str) -> None:
        self._ask = getattr(client, operation)

    def paginate(self, **request: Any) -> Iterator[Answer]:  # noqa: ANN401 - as above
        """Each page, asked for when it is wanted."""
        page = self._ask(**request)
        yield page
        while "LastEvaluatedKey" in page:
            page = self._ask(**{**request, "ExclusiveStartKey": page["LastEvaluatedKey"]})
            yield page

"""The table in memory as a client, whose requests a test may count, and let fail."""

from contextlib import contextmanager
from functools import cache

from desk.offline.memory_table.client import MemoryDynamoDB, Paginator
from desk.offline.memory_table.schema import schema_from
from desk.offline.memory_table.table import Table

_schema = cache(schema_from)


def memory_client(name="complaint-desk"):
    """A client of an empty table with the schema of infra/storage.yaml."""
    return MemoryDynamoDB(Table(name, _schema()))


class WatchedTable:
    """A client of the table in memory, whose requests a test may count, and let fail."""

    def __init__(self):
        self._watchers = []
        self.empty()

    def empty(self):
        """Have a new table in the place of this one."""
        self._client = memory_client()
        self.exceptions = self._client.exceptions

    @property
    def stream(self):
        """What was written, until it is carried on."""
        return self._client.table.stream

    def items(self):
        """Every item of the table."""
        table = self._client.table
        with table.lock:
            return [kept.item for kept in table._kept.values()]  # noqa: SLF001 - there is no scan

    def new_records(self):
        """What was written to the stream since it was last asked for."""
        records = self.stream.first(10_000)
        self.stream.forget(len(records))
        return records

    @contextmanager
    def watched_by(self, watcher):
        """Tell of each request, by the operation's name, before it is answered."""
        self._watchers.append(watcher)
        try:
            yield
        finally:
            self._watchers.remove(watcher)

    @contextmanager
    def asked_through(self, wrapped):
        """Ask by way of what `wrapped` makes of the client, while this is open."""
        plain = self._client
        self._client = wrapped(plain)
        try:
            yield
        finally:
            self._client = plain

    def get_paginator(self, operation):
        """Follows a query from page to page; each page is asked for."""
        return Paginator(self, operation)

    def __getattr__(self, method):
        """Tell, and ask."""
        answered = getattr(self._client, method)
        operation = method.title().replace("_", "")

        def ask(**request):
            for watcher in tuple(self._watchers):
                watcher(operation)
            return answered(**request)

        return ask

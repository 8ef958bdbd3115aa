"""What the product asks of AWS, in the units that AWS bills, over a cloud whose table is in memory.

DynamoDB's units are worked out from the items' sizes by its own rules, which
tests/second_opinion/test_units.py holds to dynalite's answers as far as that has them.
"""

from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from chalicelib.adapters import items
from desk.offline.memory_table import values
from desk.offline.memory_table.schema import schema_from

READ_BYTES, WRITE_BYTES = 4096, 1024
"""Of an item, or of a query's page, that one unit covers."""
OVERHEAD = 100
"""Bytes that DynamoDB adds to the price of keeping each item."""
_SHOWN_IN_PART = ("ProjectionExpression", "FilterExpression")
_WRITES = {"put_item": "Put", "update_item": "Update", "delete_item": "Delete"}


@dataclass
class Meter:
    """Requests by service and operation, and the table's units."""

    requests: Counter[str] = field(default_factory=Counter)
    read_units: float = 0
    write_units: float = 0

    def take_away(self, other):
        """Less what another meter counted."""
        self.requests.subtract(other.requests)
        self.read_units -= other.read_units
        self.write_units -= other.write_units


class MeteredTable:
    """A client of the table in memory; each request is counted before its answer is handed on."""

    def __init__(self, client, meter):
        self._client, self._meter = client, meter
        self.table, self.exceptions = client.table, client.exceptions

    def query(self, **request):
        """A page: the bytes of all that was looked at, shown or not."""
        whole = {name: one for name, one in request.items() if name not in _SHOWN_IN_PART}
        size = sum(values.size_of(one) for one in self._client.query(**whole)["Items"])
        self._read("Query", size, consistent=request.get("ConsistentRead", False))
        return self._client.query(**request)

    def get_item(self, **request):
        """One item, whether or not it is there."""
        size = self._size(request["Key"])
        self._read("GetItem", size, consistent=request.get("ConsistentRead", False))
        return self._client.get_item(**request)

    def transact_get_items(self, **request):
        """Each item costs twice what it costs alone."""
        self._meter.requests["dynamodb.TransactGetItems"] += 1
        for one in request["TransactItems"]:
            self._meter.read_units += 2 * _units(self._size(one["Get"]["Key"]), READ_BYTES)
        return self._client.transact_get_items(**request)

    def transact_write_items(self, **request):
        """Each action costs twice what it costs alone; the indexes follow at the single price."""
        actions = [next(iter(one.items())) for one in request["TransactItems"]]
        with self._written("TransactWriteItems", actions, times=2):
            return self._client.transact_write_items(**request)

    def __getattr__(self, method):
        """A single write."""
        kind, answered = _WRITES[method], getattr(self._client, method)

        def write(**request):
            operation = method.title().replace("_", "")
            with self._written(operation, [(kind, request)], times=1):
                return answered(**request)

        return write

    def _read(self, operation, size, *, consistent):
        self._meter.requests[f"dynamodb.{operation}"] += 1
        self._meter.read_units += _units(size, READ_BYTES) * (1 if consistent else 0.5)

    @contextmanager
    def _written(self, operation, actions, times):
        """Count the actions by the items before and after, refused ones as well."""
        self._meter.requests[f"dynamodb.{operation}"] += 1
        keys = [self._key(kind, request) for kind, request in actions]
        before = [self.table.get(one) for one in keys]
        try:
            yield
        finally:
            after = [self.table.get(one) for one in keys]
            for old, new in zip(before, after, strict=True):
                sizes = [one.size for one in (old, new) if one]
                self._meter.write_units += times * _units(max(sizes, default=0), WRITE_BYTES)
                self._meter.write_units += self._index_units(old, new)

    def _index_units(self, old, new):
        """What the indexes take to follow: a change of a key is two writes, the same is none."""
        schema, images = self.table.schema, [one.item if one else None for one in (old, new)]
        return sum(
            _index_units(*(_entry(one, index, schema) for one in images), index.keys.names)
            for index in schema.indexes
        )

    def _key(self, kind, request):
        named = request["Item"] if kind == "Put" else request["Key"]
        return self.table.key(values.stored(named))

    def _size(self, key):
        kept = self.table.get(self.table.only_key(key))
        return kept.size if kept else 0


def _entry(item, index, schema):
    """An item as an index has it; None where it does not stand there."""
    if item is None or not all(name in item for name in index.keys.names):
        return None
    return index.shown(item, schema.keys)


def _index_units(old, new, keys):
    if old == new:
        return 0
    found = [one for one in (old, new) if one]
    if len(found) == 2 and any(old[name] != new[name] for name in keys):
        return sum(_units(values.size_of(one), WRITE_BYTES) for one in found)
    return _units(max(values.size_of(one) for one in found), WRITE_BYTES)


def _units(size, of):
    """Whole units, at least one."""
    return max(1, -(-size // of))


@contextmanager
def metered(cloud, meter):
    """Count what the product asks of the table and of its other services while this is open."""
    container = cloud.container
    clients = (container.identity.client, container.mailer.client, container.photo_store.client)

    def note(event_name, **_):
        service, operation = event_name.split(".")[1:]
        meter.requests[f"{service}.{operation}"] += 1

    with ExitStack() as until_then:
        until_then.enter_context(
            cloud.watched.asked_through(lambda plain: MeteredTable(plain, meter))
        )
        for one in clients:
            one.meta.events.register("before-send.*", note)
            until_then.callback(one.meta.events.unregister, "before-send.*", note)
        yield


def bytes_of_line(cloud, reference):
    """What a queue reads of one open complaint: its head and its words, as the index has them."""
    found = cloud.watched.query(
        TableName=cloud.table,
        IndexName="due",
        KeyConditionExpression="due_shard = :due",
        ExpressionAttributeValues={":due": {"S": items.DUE}},
    )["Items"]
    key = {"S": items.complaint_pk(reference)}
    return sum(values.size_of(one) for one in found if one["pk"] == key)


def bytes_kept(cloud, reference):
    """What is kept of a complaint, in the table and in its indexes."""
    key, schema = {"S": items.complaint_pk(reference)}, schema_from()
    own = [one for one in cloud.all_items() if one["pk"] == key]
    copies = [
        entry for one in own for index in schema.indexes if (entry := _entry(one, index, schema))
    ]
    return sum(values.size_of(one) + OVERHEAD for one in (*own, *copies))

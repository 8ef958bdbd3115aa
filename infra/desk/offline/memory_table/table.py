"""The table itself: items by their keys, sorted for each index, one writer at a time."""

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from heapq import heappop, heappush
from threading import RLock

from desk.offline.memory_table import values
from desk.offline.memory_table.errors import ValidationException
from desk.offline.memory_table.schema import Schema
from desk.offline.memory_table.stream import ItemChange, Stream
from desk.offline.memory_table.values import Item, Value

MOST_BYTES = 400 * 1024
"""Of an item, its names counted."""
_MOST_HASH_BYTES, _MOST_RANGE_BYTES = 2048, 1024
"""Of a key's value."""

SortKey = str | Decimal
Key = tuple[SortKey, SortKey]
"""An item's keys, as they are sorted."""
Entry = tuple[SortKey, Key]
"""A place in an index: the index's sort key, and the item's own keys."""


@dataclass(frozen=True)
class Kept:
    """An item and its size. It is never changed: whoever gets hold of it copies it first."""

    item: Item
    size: int


class Table:
    """Items under the schema. Hold `lock` to see or change several as of one moment."""

    def __init__(self, name: str, schema: Schema, region: str = "us-east-1") -> None:
        self.name, self.schema = name, schema
        self.lock = RLock()
        arn = f"arn:aws:dynamodb:{region}:123456789012:table/{name}/stream/offline"
        self.stream = Stream(schema.view, arn, region)
        self._kept: dict[Key, Kept] = {}
        self._sorted: dict[str, dict[SortKey, list[Entry]]] = {
            "": {},
            **{one.name: {} for one in schema.indexes},
        }
        self._expiries: list[tuple[int, Key]] = []
        keys = (schema.keys, *(one.keys for one in schema.indexes))
        self._most_bytes = {one.hash: _MOST_HASH_BYTES for one in keys} | {
            one.range: _MOST_RANGE_BYTES for one in keys
        }

    def __len__(self) -> int:
        return len(self._kept)

    def key(self, item: Item) -> Key:
        """The keys of an item. Raises ValidationException when one is missing or no key."""
        keys = self.schema.keys
        hash_key, range_key = (self._key_value(item, name) for name in keys.names)
        return values.sort_key(hash_key), values.sort_key(range_key)

    def only_key(self, item: Item) -> Key:
        """The keys of what may hold nothing else. Raises ValidationException."""
        if set(item) != set(self.schema.keys.names):
            raise ValidationException("The provided key element does not match the schema.")
        return self.key(values.stored(item))

    def get(self, key: Key) -> Kept | None:
        """The item under these keys."""
        return self._kept.get(key)

    def checked(self, item: Item) -> Kept:
        """An item as it would be kept. Raises ValidationException where DynamoDB refuses it."""
        self.key(item)
        for index in self.schema.indexes:
            for name in index.keys.names:
                if name in item:
                    self._key_value(item, name)
        size = values.size_of(item)
        if size > MOST_BYTES:
            raise ValidationException("Item size has exceeded the maximum allowed size")
        return Kept(item, size)

    def write(self, key: Key, after: Kept | None, *, expired: bool = False) -> None:
        """Put this item in the place of the one that stands, or remove that."""
        before = self._kept.get(key)
        if before == after:
            return
        if before:
            self._unsort(key, before.item)
            del self._kept[key]
        if after:
            self._kept[key] = after
            self._sort(key, after.item)
            self._note_expiry(key, after.item)
        images = (one.item if one else None for one in (before, after))
        self._tell(*images, expired=expired)

    def entries(self, index: str, hash_key: Value) -> list[Entry]:
        """A partition of an index, or of the table itself under "", in order; not to be changed."""
        return self._sorted[index].get(values.sort_key(hash_key), [])

    def expire(self, now: int) -> None:
        """Remove what was to be kept until then; epoch seconds. DynamoDB takes up to some days."""
        with self.lock:
            while self._expiries and self._expiries[0][0] <= now:
                at, key = heappop(self._expiries)
                kept = self._kept.get(key)
                if kept and _expiry(kept.item, self.schema.expires) == at:
                    self.write(key, None, expired=True)

    def _key_value(self, item: Item, name: str) -> Value:
        value, kind = item.get(name), self.schema.types[name]
        if value is None:
            raise ValidationException(f"One of the required keys was not given a value: {name}")
        if values.type_of(value) != kind:
            raise ValidationException(f"Type mismatch for key {name}: {kind} is expected")
        if value[kind] == "":
            raise ValidationException(f"The key {name} may not be an empty text.")
        if len(value[kind].encode()) > self._most_bytes[name]:
            raise ValidationException(f"The key {name} is too long.")
        return value

    def _tell(self, before: Item | None, after: Item | None, *, expired: bool) -> None:
        item = after or before or {}
        keys = {name: item[name] for name in self.schema.keys.names}
        self.stream.add(ItemChange(keys, before, after, expired))

    def _sort(self, key: Key, item: Item) -> None:
        for partitions, hash_key, entry in self._places(key, item):
            insort(partitions.setdefault(hash_key, []), entry)

    def _unsort(self, key: Key, item: Item) -> None:
        for partitions, hash_key, entry in self._places(key, item):
            entries = partitions[hash_key]
            del entries[bisect_left(entries, entry)]
            if not entries:
                del partitions[hash_key]

    def _places(
        self, key: Key, item: Item
    ) -> Iterator[tuple[dict[SortKey, list[Entry]], SortKey, Entry]]:
        """Where an item stands: in the table, and in each index whose keys it has."""
        yield self._sorted[""], key[0], (key[1], key)
        for index in self.schema.indexes:
            hash_key, range_key = (item.get(name) for name in index.keys.names)
            if hash_key and range_key:
                entry = values.sort_key(range_key), key
                yield self._sorted[index.name], values.sort_key(hash_key), entry

    def _note_expiry(self, key: Key, item: Item) -> None:
        at = _expiry(item, self.schema.expires)
        if at is not None:
            heappush(self._expiries, (at, key))


def _expiry(item: Item, name: str) -> int | None:
    value = item.get(name, {})
    return int(Decimal(value["N"])) if "N" in value else None

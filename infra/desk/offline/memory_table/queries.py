"""Queries: a partition of the table or of an index, a page at a time."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desk.offline.memory_table import parser, values
from desk.offline.memory_table.errors import ValidationException
from desk.offline.memory_table.expressions import (
    AllOf,
    Between,
    Comparison,
    Condition,
    Given,
    Operand,
    Path,
    look_up,
)
from desk.offline.memory_table.schema import Index, KeySchema
from desk.offline.memory_table.table import Entry, Kept, SortKey, Table
from desk.offline.memory_table.values import Item, Value

MOST_BYTES = 1024 * 1024
"""Of a page, before anything is filtered out of it."""
_LAST_CHARACTER = chr(0x10FFFF)


@dataclass(frozen=True)
class Query:
    """One query of a table, over one of its indexes or over its own keys."""

    table: Table
    index: Index | None
    request: Mapping[str, Any]
    given: Given

    def page(self) -> dict[str, Any]:
        """The answer, with `LastEvaluatedKey` where there is more."""
        found, size, looked_at = [], 0, 0
        last: Item | None = None
        for one in self._kept():
            looked_at += 1
            size += one.size
            if self._passes(one.item):
                found.append(one.item)
            if size >= MOST_BYTES or looked_at == self.request.get("Limit"):
                last = self._position(one.item)
                break
        answer = {"Items": self._projected(found), "Count": len(found), "ScannedCount": looked_at}
        return answer | ({"LastEvaluatedKey": last} if last else {})

    @property
    def keys(self) -> KeySchema:
        """The keys by which is asked."""
        return self.index.keys if self.index else self.table.schema.keys

    def _kept(self) -> Iterator[Kept]:
        """What the key condition finds, in order, from where the page before ended."""
        partition, narrower = self._conditions()
        name = self.index.name if self.index else ""
        entries = self.table.entries(name, self._key_value(partition.right, self.keys.hash))
        low, high = 0, len(entries)
        if narrower is not None:
            low, high = self._bounds(entries, narrower)
        forward = self.request.get("ScanIndexForward", True)
        low, high = self._after_the_last(entries, low, high, forward=forward)
        places = range(low, high) if forward else range(high - 1, low - 1, -1)
        for place in places:
            yield self._seen(entries[place])

    def _after_the_last(
        self, entries: list[Entry], low: int, high: int, *, forward: bool
    ) -> tuple[int, int]:
        start = self.request.get("ExclusiveStartKey")
        if start is None:
            return low, high
        entry = values.sort_key(start[self.keys.range]), self.table.key(start)
        if forward:
            return max(low, bisect_right(entries, entry)), high
        return low, min(high, bisect_left(entries, entry))

    def _seen(self, entry: Entry) -> Kept:
        """The item as the index holds it; it is not to be changed."""
        kept = self.table.get(entry[1])
        if kept is None:  # the lock is held, and an index holds what is there
            raise KeyError(entry)
        if self.index is None or self.index.whole:
            return kept
        shown = self.index.shown(kept.item, self.table.schema.keys)
        return Kept(shown, values.size_of(shown))

    def _position(self, item: Item) -> Item:
        names = dict.fromkeys((*self.table.schema.keys.names, *self.keys.names))
        return values.copied({name: item[name] for name in names})

    def _passes(self, item: Item) -> bool:
        text = self.request.get("FilterExpression")
        return text is None or parser.condition(text).holds(item, self.given)

    def _projected(self, found: list[Item]) -> list[Item]:
        text = self.request.get("ProjectionExpression")
        return [projected(one, text, self.given) for one in found]

    def _conditions(self) -> tuple[Comparison, Comparison | Between | None]:
        """What the partition is, and what is asked of the sort key."""
        whole = parser.condition(self.request["KeyConditionExpression"])
        asked = list(_parts(whole))
        parts = {self._key_name(one): one for one in asked}
        partition, narrower = parts.pop(self.keys.hash, None), parts.pop(self.keys.range, None)
        if not isinstance(partition, Comparison) or partition.operator != "=":
            raise _unfit()
        if len(asked) != (1 if narrower is None else 2):
            raise _unfit()
        return partition, narrower

    def _key_name(self, part: Comparison | Between) -> str:
        """The key that a part of the condition is about."""
        path = part.middle if isinstance(part, Between) else part.left
        steps = path.resolved(self.given) if isinstance(path, Path) else ()
        return str(steps[0]) if len(steps) == 1 else ""

    def _bounds(self, entries: list[Entry], narrower: Comparison | Between) -> tuple[int, int]:
        """From where to where the sort key is such."""
        if isinstance(narrower, Between):
            low, high = (self._sort_key(one) for one in (narrower.low, narrower.high))
            return _left(entries, low), _right(entries, high)
        if narrower.operator not in _BOUNDS:
            raise _unfit()
        return _BOUNDS[narrower.operator](entries, self._sort_key(narrower.right))

    def _sort_key(self, operand: Operand) -> SortKey:
        return values.sort_key(self._key_value(operand, self.keys.range))

    def _key_value(self, operand: Operand, name: str) -> Value:
        value = operand.value({}, self.given)
        if value is None or values.type_of(value) != self.table.schema.types[name]:
            raise ValidationException(f"The key {name} is asked for by another type than its own.")
        return value


def _parts(whole: Condition) -> Iterator[Comparison | Between]:
    for one in whole.parts if isinstance(whole, AllOf) else (whole,):
        if not isinstance(one, Comparison | Between):
            raise _unfit()
        yield one


def _left(entries: list[Entry], key: SortKey) -> int:
    return bisect_left(entries, key, key=_sort_key_of)


def _right(entries: list[Entry], key: SortKey) -> int:
    return bisect_right(entries, key, key=_sort_key_of)


_BOUNDS: dict[str, Callable[[list[Entry], SortKey], tuple[int, int]]] = {
    "=": lambda entries, key: (_left(entries, key), _right(entries, key)),
    "<": lambda entries, key: (0, _left(entries, key)),
    "<=": lambda entries, key: (0, _right(entries, key)),
    ">": lambda entries, key: (_right(entries, key), len(entries)),
    ">=": lambda entries, key: (_left(entries, key), len(entries)),
    "begins_with": lambda entries, key: (
        _left(entries, key),
        _right(entries, f"{key}{_LAST_CHARACTER}"),
    ),
}
"""From where to where in a partition."""


def _sort_key_of(entry: Entry) -> SortKey:
    return entry[0]


def _unfit() -> ValidationException:
    return ValidationException(
        "Query key condition not supported: it names the partition key's one value, and may "
        "narrow the sort key once."
    )


def projected(item: Item, text: str | None, given: Given) -> Item:
    """A copy of an item, or of those of its attributes that a projection names."""
    if text is None:
        return values.copied(item)
    found: Item = {}
    for path in parser.projection(text):
        (name, *more) = path.resolved(given)
        if more:
            raise ValidationException("Projections of parts of an attribute are not offered here.")
        value = look_up(item, (name,))
        if value is not None:
            found[str(name)] = value
    return values.copied(found)

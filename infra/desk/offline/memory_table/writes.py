"""One write: put, update, delete, or the check of a condition in a transaction."""

from dataclasses import dataclass

from desk.offline.memory_table import parser, values
from desk.offline.memory_table.errors import ConditionalCheckFailedException, ValidationException
from desk.offline.memory_table.expressions import Condition, Given, Update
from desk.offline.memory_table.requests import (
    Request,
    given_with,
    require_known,
    require_table,
)
from desk.offline.memory_table.table import Kept, Key, Table
from desk.offline.memory_table.updates import updated
from desk.offline.memory_table.values import Item

PUT, UPDATE, DELETE, CHECK = "Put", "Update", "Delete", "ConditionCheck"
RETURNED = ("NONE", "ALL_OLD", "ALL_NEW")
_ALWAYS = (
    "TableName",
    "ConditionExpression",
    "ExpressionAttributeNames",
    "ExpressionAttributeValues",
    "ReturnValues",
    "ReturnValuesOnConditionCheckFailure",
)
_KNOWN = {
    PUT: ("Item", *_ALWAYS),
    UPDATE: ("Key", "UpdateExpression", *_ALWAYS),
    DELETE: ("Key", *_ALWAYS),
    CHECK: ("Key", *_ALWAYS),
}


@dataclass(frozen=True)
class Outcome:
    """What a write does: the item before and after, either None."""

    key: Key
    before: Kept | None
    after: Kept | None


@dataclass(frozen=True)
class Write:
    """A write that is well formed. Hold the table's lock to carry it out."""

    table: Table
    kind: str
    item: Item
    """What is put, or the keys of what is changed."""
    key: Key
    given: Given
    condition: Condition | None
    update: Update | None
    tells_what_stood: bool

    def outcome(self) -> Outcome:
        """What it would do now.

        Raises ConditionalCheckFailedException, or ValidationException where the item cannot be
        changed so.
        """
        before = self.table.get(self.key)
        self._require_condition(before)
        match self.kind:
            case "Delete":
                return Outcome(self.key, before, None)
            case "ConditionCheck":
                return Outcome(self.key, before, before)
            case "Put":
                return Outcome(self.key, before, self.table.checked(self.item))
        return Outcome(self.key, before, self.table.checked(self._updated(before)))

    def _require_condition(self, before: Kept | None) -> None:
        if self.condition is None:
            return
        if not self.condition.holds(before.item if before else {}, self.given):
            stood = before if self.tells_what_stood else None
            raise ConditionalCheckFailedException(
                "The conditional request failed",
                **({"Item": values.copied(stood.item)} if stood else {}),
            )

    def _updated(self, before: Kept | None) -> Item:
        item = before.item if before else self.item
        if self.update is None:
            return values.copied(item)
        return updated(item, self.update, self.given, self.table.schema.keys)


def write_from(table: Table, kind: str, request: Request) -> Write:
    """The write that is asked for. Raises ValidationException, or ResourceNotFoundException."""
    require_known(request, _KNOWN[kind])
    require_table(table, request)
    condition, update = request.get("ConditionExpression"), request.get("UpdateExpression")
    if request.get("ReturnValues", "NONE") not in RETURNED:
        raise ValidationException(f"ReturnValues is one of {', '.join(RETURNED)} here.")
    if kind == CHECK and condition is None:
        raise ValidationException("A condition check needs a condition.")
    item = values.stored(request["Item" if kind == PUT else "Key"])
    return Write(
        table,
        kind,
        item,
        table.key(item) if kind == PUT else table.only_key(item),
        given_with(request),
        parser.condition(condition) if condition is not None else None,
        parser.update(update) if update is not None else None,
        request.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD",
    )

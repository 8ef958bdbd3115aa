"""Transactions: all of it or nothing, and for each action the reason why not."""

from collections.abc import Iterator
from typing import Any

from desk.offline.memory_table.errors import (
    ConditionalCheckFailedException,
    TransactionCanceledException,
    ValidationException,
)
from desk.offline.memory_table.queries import projected
from desk.offline.memory_table.requests import (
    Request,
    given_with,
    require_known,
    require_table,
)
from desk.offline.memory_table.table import Key, Table
from desk.offline.memory_table.writes import Outcome, Write, write_from

MOST_ACTIONS = 100
MOST_BYTES = 4 * 1024 * 1024
_READING = ("TableName", "Key", "ProjectionExpression", "ExpressionAttributeNames")


def write_all(table: Table, actions: list[dict[str, Request]]) -> None:
    """Carry all of it out, or nothing. Raises TransactionCanceledException with the reasons."""
    writes = [write_from(table, kind, request) for kind, request in _named(actions)]
    _require_apart([one.key for one in writes])
    tried = [_tried(one) for one in writes]
    reasons = [one if isinstance(one, dict) else {"Code": "None"} for one in tried]
    if any(isinstance(one, dict) for one in tried):
        raise _cancelled(reasons)
    done = [one for one in tried if isinstance(one, Outcome)]
    if sum(one.after.size for one in done if one.after) > MOST_BYTES:
        raise ValidationException("The items of a transaction exceed 4 MB.")
    for one in done:
        table.write(one.key, one.after)


def read_all(table: Table, actions: list[dict[str, Request]]) -> list[dict[str, Any]]:
    """The items as of one moment, each by its keys; an empty answer where there is none."""
    gets = [request for _, request in _named(actions)]
    for one in gets:
        require_known(one, _READING)
        require_table(table, one)
    keys = [table.only_key(one["Key"]) for one in gets]
    _require_apart(keys)
    found = [table.get(key) for key in keys]
    if sum(one.size for one in found if one) > MOST_BYTES:
        raise ValidationException("The items of a transaction exceed 4 MB.")
    return [
        {"Item": projected(kept.item, one.get("ProjectionExpression"), given_with(one))}
        if kept
        else {}
        for kept, one in zip(found, gets, strict=True)
    ]


def _named(actions: list[dict[str, Request]]) -> Iterator[tuple[str, Request]]:
    """Each action with its kind. Raises ValidationException where there are too many or none."""
    if not 1 <= len(actions) <= MOST_ACTIONS:
        raise ValidationException(f"A transaction has 1 to {MOST_ACTIONS} actions.")
    for action in actions:
        if len(action) != 1:
            raise ValidationException("An action of a transaction is of one kind.")
        yield from action.items()


def _require_apart(keys: list[Key]) -> None:
    if len(set(keys)) < len(keys):
        raise ValidationException(
            "Transaction request cannot include multiple operations on one item"
        )


def _tried(write: Write) -> Outcome | dict[str, Any]:
    """What a write would do, or the reason why it cannot."""
    try:
        return write.outcome()
    except ConditionalCheckFailedException as error:
        stood = {"Item": error.response["Item"]} if "Item" in error.response else {}
        return {"Code": "ConditionalCheckFailed", "Message": str(error), **stood}
    except ValidationException as error:
        return {"Code": "ValidationError", "Message": str(error)}


def _cancelled(reasons: list[dict[str, Any]]) -> TransactionCanceledException:
    codes = ", ".join(one["Code"] for one in reasons)
    return TransactionCanceledException(
        f"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]",
        CancellationReasons=reasons,
    )

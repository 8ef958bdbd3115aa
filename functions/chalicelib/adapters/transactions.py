"""Transactions of the table: all or nothing, tried again while others are at the same items."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.adapters.items import Item, is_event
from chalicelib.domain.errors import ChangedMeanwhileError

_TRIES = 4
_PAUSE = 0.05
_REFUSED = "ConditionalCheckFailed"
_AT_ONCE = 24
"""Items read in one transaction: twelve complaints, whose words stay within its 4 MB."""


@dataclass(frozen=True)
class Transactions:
    """Writes and reads of several items at once. Deletes nothing, ever."""

    client: Any
    table: str
    sleep: Callable[[float], None] = time.sleep

    def write(self, actions: list[Item]) -> Item | None:
        """Write all or nothing; the head that stood in the way, or None when all was written.

        The head is the first action. Two transactions on one item at once make one of
        them fail; it is tried again. Raises ChangedMeanwhileError when that does not help,
        or when something else than the head stood in the way.
        """
        for attempt in range(_TRIES):
            try:
                self.client.transact_write_items(TransactItems=actions)
            except self.client.exceptions.TransactionCanceledException as error:
                head, *others = error.response["CancellationReasons"]
                if head["Code"] == _REFUSED:
                    return dict(head.get("Item") or {})
                _require_conflict(error, [head, *others])
                self._pause(attempt)
            else:
                return None
        raise ChangedMeanwhileError

    def read(self, keys: Sequence[Item]) -> Iterator[Item]:
        """The items that stand under these keys, in this order.

        Authorised as GetItem, and what belongs together is read as of one moment. Raises
        ChangedMeanwhileError when others keep writing them.
        """
        gets = [{"Get": {"TableName": self.table, "Key": one}} for one in keys]
        for start in range(0, len(gets), _AT_ONCE):
            yield from self._read(gets[start : start + _AT_ONCE])

    def _read(self, gets: list[Item]) -> Iterator[Item]:
        for attempt in range(_TRIES):
            try:
                found = self.client.transact_get_items(TransactItems=gets)["Responses"]
            except self.client.exceptions.TransactionCanceledException as error:
                _require_conflict(error, error.response["CancellationReasons"])
                self._pause(attempt)
            else:
                return (one["Item"] for one in found if one.get("Item"))
        raise ChangedMeanwhileError

    def _pause(self, attempt: int) -> None:
        self.sleep(_PAUSE * 2**attempt * random.random())  # noqa: S311 - only spreads load


def put_new(table: str, item: Item) -> Item:
    """Put an item that must not stand yet."""
    action = _put(table, item)
    action["Put"]["ConditionExpression"] = "attribute_not_exists(pk)"
    action["Put"]["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return action


def put(table: str, item: Item) -> Item:
    """Put an item, whatever stands there. Raises ValueError for an event: it is never replaced."""
    if is_event(item):
        raise ValueError(f"{item['sk']['S']} of {item['pk']['S']} is an event: use put_new.")
    return _put(table, item)


def _put(table: str, item: Item) -> Item:
    return {"Put": {"TableName": table, "Item": item}}


def _require_conflict(error: ClientError, reasons: list[Item]) -> None:
    """Only a conflict is worth another try."""
    codes = {reason["Code"] for reason in reasons}
    if "TransactionConflict" in codes:
        return
    if _REFUSED in codes:
        raise ChangedMeanwhileError from error
    raise error

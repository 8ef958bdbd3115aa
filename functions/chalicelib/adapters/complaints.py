"""Complaints in the table: a submission is one request, a change is two."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.adapters import items
from chalicelib.adapters.items import Item
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import ChangedMeanwhileError, FormUsedError, NotFoundError
from chalicelib.service.history import History
from chalicelib.service.ports import Submitted

_TRIES = 4
_PAUSE = 0.05
_REFUSED = "ConditionalCheckFailed"


@dataclass(frozen=True)
class TableComplaints:
    """The `Complaints` port over a DynamoDB client."""

    client: Any
    table: str
    sleep: Callable[[float], None] = time.sleep

    def submit(
        self,
        history: History,
        digest: str,
        household: str,
        due_at: datetime | None,
        origin: str = "",
    ) -> Submitted:
        """Keep head, events and contact in one transaction; or answer with what stands."""
        complaint = history.complaint
        head = _head(complaint, digest, household, due_at, origin)
        contact = {**_key(complaint, "CONTACT"), **items.words_of(history.records)}
        events = items.event_items(history.records, complaint)
        puts = [_put(self.table, item) for item in (head, *events, contact)]
        stored = self._transact(puts)
        if stored is None:
            return Submitted(complaint, is_new=True, origin=origin)
        return _found(stored, digest)

    def load(self, reference: str) -> History:
        """All of a complaint's partition, as it is now. Raises NotFoundError."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": items.complaint_pk(reference)}},
            ConsistentRead=True,
        )
        history = items.history_from(item for page in pages for item in page["Items"])
        if not history.records:
            raise NotFoundError
        return history

    def keep(self, before: History, after: History, due_at: datetime | None) -> None:
        """Add events, words and the new head, if nobody changed it since it was loaded."""
        complaint, new = after.complaint, after.since(before)
        events = items.event_items(new, complaint)
        actions = [
            self._updated_head(complaint, before.complaint.version, due_at),
            *(_put(self.table, item) for item in events),
            *self._added_words(complaint, items.words_of(new)),
        ]
        if self._transact(actions) is not None:
            raise ChangedMeanwhileError

    def due(self, now: datetime) -> Iterator[str]:
        """The references due by `now`, earliest first, from the sparse index."""
        found = [due for shard in items.SHARDS for due in self._due_in(shard, now)]
        return (due.rsplit("#", 1)[1] for due in sorted(found))

    def _due_in(self, shard: str, now: datetime) -> Iterator[str]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            IndexName="due",
            KeyConditionExpression="due_shard = :shard AND due_at < :until",
            ProjectionExpression="due_at",
            ExpressionAttributeValues={
                ":shard": {"S": shard},
                ":until": {"S": f"{items.instant(now)}#~"},
            },
        )
        return (item["due_at"]["S"] for page in pages for item in page["Items"])

    def _updated_head(self, complaint: Complaint, version: int, due_at: datetime | None) -> Item:
        due = items.due_keys(complaint, due_at)
        values = {":doc": items.encoded(complaint), ":version": {"N": str(complaint.version)}}
        sets = ["doc = :doc", "version = :version", *(f"{name} = :{name}" for name in due)]
        removes = "" if due else " REMOVE due_shard, due_at"
        values |= {f":{name}": value for name, value in due.items()}
        return {
            "Update": {
                "TableName": self.table,
                "Key": _key(complaint, "HEAD"),
                "UpdateExpression": f"SET {', '.join(sets)}{removes}",
                "ConditionExpression": "version = :before",
                "ExpressionAttributeValues": {**values, ":before": {"N": str(version)}},
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }

    def _added_words(self, complaint: Complaint, words: Item) -> list[Item]:
        """Words go to the contact item; it must stand, for once erased it stays erased."""
        if not words:
            return []
        update = {
            "TableName": self.table,
            "Key": _key(complaint, "CONTACT"),
            "UpdateExpression": "SET " + ", ".join(f"{name} = :{name}" for name in words),
            "ConditionExpression": "attribute_exists(pk)",
            "ExpressionAttributeValues": {f":{name}": text for name, text in words.items()},
        }
        return [{"Update": update}]

    def _transact(self, actions: list[Item]) -> Item | None:
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
                self.sleep(_PAUSE * 2**attempt * random.random())  # noqa: S311 - only spreads load
            else:
                return None
        raise ChangedMeanwhileError


def _require_conflict(error: ClientError, reasons: list[Item]) -> None:
    """Only a conflict is worth another try."""
    codes = {reason["Code"] for reason in reasons}
    if "TransactionConflict" in codes:
        return
    if _REFUSED in codes:
        raise ChangedMeanwhileError from error
    raise error


def _found(stored: Item, digest: str) -> Submitted:
    """The complaint kept before under this reference, if it is the same one."""
    if stored.get("digest", {}).get("S") != digest:
        raise FormUsedError
    complaint = items.complaint_from(stored)
    return Submitted(complaint, is_new=False, origin=stored["origin"]["S"])


def _head(
    complaint: Complaint, digest: str, household: str, due_at: datetime | None, origin: str
) -> Item:
    return {
        **_key(complaint, "HEAD"),
        "version": {"N": str(complaint.version)},
        "digest": {"S": digest},
        "origin": {"S": origin},
        "household": {"S": household},
        "household_at": {"S": f"{items.instant(complaint.received_at)}#{complaint.reference}"},
        "doc": items.encoded(complaint),
        **items.due_keys(complaint, due_at),
    }


def _key(complaint: Complaint, sk: str) -> Item:
    return items.key(items.complaint_pk(complaint.reference), sk)


def _put(table: str, item: Item) -> Item:
    return {
        "Put": {
            "TableName": table,
            "Item": item,
            "ConditionExpression": "attribute_not_exists(pk)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }

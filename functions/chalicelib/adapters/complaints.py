"""Complaints in the table: a submission is one request, a change is two."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.items import Item
from chalicelib.adapters.transactions import Transactions, put_new
from chalicelib.application.history import History
from chalicelib.application.listed import ListedComplaint, listed
from chalicelib.application.records import Dossier, Line, Submitted
from chalicelib.domain.errors import ChangedMeanwhileError, FormUsedError, NotFoundError
from chalicelib.domain.events import EventRecord
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Policy

_ANY_ZONE = timedelta(hours=14)
"""No place is further from UTC."""


@dataclass(frozen=True)
class TableComplaints:
    """The `Complaints` port over a DynamoDB client.

    What is personal expires as the policy says, so many months after a complaint's end.
    """

    client: Any
    table: str
    policy: Policy
    sleep: Callable[[float], None] = time.sleep

    def submit(
        self,
        history: History,
        digest: str,
        households: Mapping[str, str],
        due_at: datetime | None,
        origin: str = "",
    ) -> Submitted:
        """Keep it all in one transaction; or answer with what stands."""
        complaint = history.complaint
        written = [
            _head(listed(history, self.policy), complaint, digest, due_at, origin),
            *items.event_items(history.records, complaint),
            self._contact(history, due_at),
            *items.text_items(history.records, complaint.reference),
            *items.household_items(complaint, households, self._months),
        ]
        stored = self._transactions.write([put_new(self.table, item) for item in written])
        if stored is None:
            return Submitted(complaint, is_new=True, origin=origin)
        return _found(stored, digest)

    def load(self, reference: str) -> History:
        """A complaint's record as it is now. Raises NotFoundError."""
        return _history_of(self._partition(reference))

    def dossier(self, reference: str) -> Dossier:
        """All of a complaint's partition as it is now. Raises NotFoundError."""
        # Only the desk's pages show letters and looks; nothing else imports what reads them.
        from chalicelib.adapters.access_log import access_from  # noqa: PLC0415 - as said

        found = self._partition(reference)
        return Dossier(_history_of(found), items.letters_from(found), access_from(found))

    def forget_texts(self, reference: str) -> None:
        """Empty each text of a complaint whose contact is gone; done twice, done once."""
        for item in self._partition(reference):
            if item["sk"]["S"].startswith(items.TEXT) and items.WORDS in item:
                self.client.update_item(
                    TableName=self.table,
                    Key={name: item[name] for name in ("pk", "sk")},
                    UpdateExpression=f"REMOVE {items.WORDS}",
                )

    def save(
        self,
        before: History,
        after: History,
        due_at: datetime | None,
        households: Mapping[str, str] | None = None,
    ) -> None:
        """Head, events and what is personal, if nobody changed it since it was loaded."""
        # A submission changes nothing, and need not pay for what only a change knows.
        from chalicelib.adapters.changes import Change  # noqa: PLC0415 - as said

        change = Change(self.table, before, after, self.policy)
        personal = (
            change.erasure(self._keys_that_stand(change.calls()))
            if change.erases
            else [
                *change.contact(due_at),
                *change.texts(),
                *change.households(households),
                *change.lesson(),
            ]
        )
        actions = [change.head(due_at), *change.events(), *personal]
        if self._transactions.write(actions) is not None:
            raise ChangedMeanwhileError

    def reschedule(self, complaint: Complaint, due_at: datetime | None) -> None:
        """One update of the head, unless somebody changed it."""
        try:
            self.client.update_item(
                TableName=self.table,
                Key=items.complaint_key(complaint.reference, "HEAD"),
                UpdateExpression="SET due_at = :due_at",
                ConditionExpression="version = :version",
                ExpressionAttributeValues={
                    ":due_at": items.due_keys(complaint, due_at)["due_at"],
                    ":version": {"N": str(complaint.version)},
                },
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            # Whoever changed it has kept its due time with it.
            return

    def due(self, now: datetime) -> Iterator[str]:
        """The references due by `now` from the sparse index, earliest first, open ones before."""
        found = (
            item
            for shard in (items.DUE, items.VISITS)
            for item in self._query(
                IndexName="due",
                KeyConditionExpression="due_shard = :due AND due_at < :until",
                ProjectionExpression="due_at",
                ExpressionAttributeValues={
                    ":due": {"S": shard},
                    ":until": {"S": f"{items.instant(now)}#~"},
                },
            )
        )
        return (item["due_at"]["S"].rsplit("#", 1)[1] for item in found)

    def open(self) -> tuple[Line, ...]:
        """Heads and contacts of one shard of the same index, whole."""
        return self._shard(items.DUE)

    def visits(self) -> tuple[Line, ...]:
        """The same of the shard of those that ended."""
        return self._shard(items.VISITS)

    def lines(self, references: Iterable[str]) -> tuple[Line, ...]:
        """Head and contact of each, as of one moment."""
        wanted = dict.fromkeys(references)
        keys = [items.complaint_key(one, sk) for one in wanted for sk in ("HEAD", "CONTACT")]
        return items.lines_from(self._transactions.read(keys))

    def of_household(self, key: str) -> tuple[str, ...]:
        """The references in the household's partition of its index, newest first."""
        found = self._query(
            IndexName="household",
            KeyConditionExpression="household = :household",
            ExpressionAttributeValues={":household": {"S": key}},
            ScanIndexForward=False,
        )
        return tuple(item["household_at"]["S"].rsplit("#", 1)[1] for item in found)

    def happened(
        self, community: str, start: datetime, end: datetime
    ) -> tuple[tuple[str, EventRecord], ...]:
        """The ledger between two instants (UTC), month by month of the community's calendar."""
        found = (
            item
            for month in _months(start - _ANY_ZONE, end + _ANY_ZONE)
            for item in self._query(
                IndexName="ledger",
                KeyConditionExpression="ledger = :ledger AND ledger_at BETWEEN :start AND :end",
                ExpressionAttributeValues={
                    ":ledger": {"S": f"{community}#{month}"},
                    ":start": {"S": items.instant(start)},
                    ":end": {"S": items.instant(end)},
                },
            )
        )
        return tuple(items.happened_from(item) for item in found)

    @property
    def _months(self) -> int:
        return self.policy.settings.keep_personal_data_months

    @cached_property
    def _transactions(self) -> Transactions:
        return Transactions(self.client, self.table, self.sleep)

    def _partition(self, reference: str) -> list[Item]:
        """What stands under the complaint's key."""
        return list(
            self._query(
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": items.complaint_pk(reference)}},
                ConsistentRead=True,
            )
        )

    def _shard(self, shard: str) -> tuple[Line, ...]:
        return items.lines_from(
            self._query(
                IndexName="due",
                KeyConditionExpression="due_shard = :due",
                ExpressionAttributeValues={":due": {"S": shard}},
            )
        )

    def _query(self, **query: Any) -> Iterator[Item]:  # noqa: ANN401 - as botocore takes it
        pages = self.client.get_paginator("query").paginate(TableName=self.table, **query)
        return (item for page in pages for item in page["Items"])

    def _contact(self, history: History, due_at: datetime | None) -> Item:
        complaint = history.complaint
        return {
            **items.complaint_key(complaint.reference, "CONTACT"),
            **items.receipt_words(history.records),
            **items.words_due_keys(complaint, due_at),
            **items.words_listed_keys(complaint),
            **items.expiry(complaint, self._months),
        }

    def _keys_that_stand(self, keys: list[Item]) -> list[Item]:
        """Those of these keys under which something stands: an update would make the others."""
        return [{name: one[name] for name in ("pk", "sk")} for one in self._transactions.read(keys)]


def _history_of(found: list[Item]) -> History:
    """The record among the items of a partition. Raises NotFoundError where there is none."""
    history = items.history_from(found)
    if not history.records:
        raise NotFoundError
    return history


def _found(stored: Item, digest: str) -> Submitted:
    """The complaint kept before under this reference, if it is the same one."""
    if stored.get("digest", {}).get("S") != digest:
        raise FormUsedError
    complaint = items.complaint_from(stored)
    return Submitted(complaint, is_new=False, origin=stored["origin"]["S"])


def _head(
    row: ListedComplaint, complaint: Complaint, digest: str, due_at: datetime | None, origin: str
) -> Item:
    return {
        **items.complaint_key(complaint.reference, "HEAD"),
        "version": {"N": str(complaint.version)},
        "digest": {"S": digest},
        "origin": {"S": origin},
        "doc": items.encoded(complaint),
        items.LISTED: items.encoded(row),
        **items.due_keys(complaint, due_at),
        **items.listed_keys(complaint),
    }


def _months(first: datetime, last: datetime) -> list[str]:
    """Each month from one instant to another, both among them: ``2026-11``."""
    from_, until = (one.year * 12 + one.month - 1 for one in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(from_, until + 1)]

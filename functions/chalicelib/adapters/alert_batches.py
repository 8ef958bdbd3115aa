"""Batches of alerts in the table: a partition each, an entry of its own that is due at its end.

Its `pending` key is another one than other entries have: the sweep asks for what has ended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.items import Item
from chalicelib.adapters.outbox import entry_from, entry_key, letter_key
from chalicelib.adapters.transactions import Transactions
from chalicelib.application.outbox import AlertBatch, ComplaintEvent
from chalicelib.application.ports.letters import LetterHeldError, LetterKey
from chalicelib.domain.errors import NotFoundError


@dataclass(frozen=True)
class TableAlertBatches:
    """The `AlertBatches` port over a DynamoDB client."""

    client: Any
    table: str

    def hold(self, key: LetterKey, batch: AlertBatch, claimed_at: datetime) -> None:
        """One transaction: the letter's record, if the claim is still ours, and the batch."""
        actions = [self._mark(key, batch, claimed_at), self._add(key, batch)]
        if Transactions(self.client, self.table).write(actions) is not None:
            raise LetterHeldError

    def close(self, batch: AlertBatch, now: datetime) -> frozenset[str]:
        """Close it, unless it is closed; what it holds is the answer."""
        try:
            found = self.client.update_item(
                TableName=self.table,
                Key=entry_key(batch),
                UpdateExpression="SET closed_at = if_not_exists(closed_at, :now)",
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeValues={":now": {"S": items.instant(now)}},
                ReturnValues="ALL_NEW",
            )
        except self.client.exceptions.ConditionalCheckFailedException as error:
            raise NotFoundError from error
        return frozenset(found["Attributes"]["held"]["SS"])

    def ended(self, now: datetime) -> Iterator[AlertBatch]:
        """One query of the `pending` index, up to now."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            IndexName="pending",
            KeyConditionExpression="#pending = :gathered AND pending_at <= :now",
            ExpressionAttributeNames={"#pending": "pending"},
            ExpressionAttributeValues={
                ":gathered": {"S": items.BATCHED},
                # "~" sorts after whatever follows the instant.
                ":now": {"S": f"{items.instant(now)}#~"},
            },
        )
        entries = (entry_from(item) for page in pages for item in page["Items"])
        return (one for one in entries if isinstance(one, AlertBatch))

    def _mark(self, key: LetterKey, batch: AlertBatch, claimed_at: datetime) -> Item:
        update = {
            "TableName": self.table,
            "Key": letter_key(key),
            "UpdateExpression": "SET #state = :gathered, gathering = :gathering REMOVE lease_until",
            "ConditionExpression": "#state = :claimed AND claimed_at = :claimed_at",
            "ExpressionAttributeNames": {"#state": "state"},
            "ExpressionAttributeValues": {
                ":gathered": {"S": "gathered"},
                ":gathering": {"S": batch.name},
                ":claimed": {"S": "claimed"},
                ":claimed_at": {"S": items.instant(claimed_at)},
            },
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        return {"Update": update}

    def _add(self, key: LetterKey, batch: AlertBatch) -> Item:
        due_at = f"{items.instant(batch.ends_at)}#{batch.community}#{batch.to}"
        update = {
            "TableName": self.table,
            "Key": entry_key(batch),
            "UpdateExpression": "SET #pending = :pending, pending_at = :due_at ADD held :held",
            "ConditionExpression": "attribute_not_exists(closed_at)",
            "ExpressionAttributeNames": {"#pending": "pending"},
            "ExpressionAttributeValues": {
                ":pending": {"S": items.BATCHED},
                ":due_at": {"S": due_at},
                ":held": {"SS": [_reference(key)]},
            },
        }
        return {"Update": update}


def _reference(key: LetterKey) -> str:
    """The complaint that a letter is about. Raises TypeError for a letter about anything else."""
    if not isinstance(key.about, ComplaintEvent):
        raise TypeError(f"No letter about {key.about.name} waits in a batch.")
    return key.about.reference

"""The record of letters, beside the events they follow from."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.items import Item
from chalicelib.adapters.outbox import entry_from, entry_key, letter_key, letter_key_from
from chalicelib.adapters.transactions import Transactions
from chalicelib.application.outbox import OutboxEntry
from chalicelib.application.ports.letters import DeliveryReport, LetterHeldError, LetterKey
from chalicelib.application.records import SentLetter
from chalicelib.domain.delivery import TO_SEE_TO, before
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError

_MOST_AT_ONCE = 100
"""What DynamoDB takes in one transaction."""
LEASE = timedelta(minutes=2)
"""How long a claim holds; longer than the notifier may run, so that none is sent twice."""


@dataclass(frozen=True)
class TableLetters:
    """The `Letters` port over a DynamoDB client. No address is ever kept here."""

    client: Any
    table: str

    def claim(self, key: LetterKey, letter: str, now: datetime) -> bool:
        """Take a letter that is not dealt with. Raises LetterHeldError while another holds it."""
        try:
            self.client.update_item(**self._claim(key, letter, now))
        except self.client.exceptions.ConditionalCheckFailedException as error:
            if error.response["Item"]["state"]["S"] == "claimed":
                raise LetterHeldError from error
            return False
        return True

    def claim_all(self, letters: Mapping[LetterKey, str], now: datetime) -> bool:
        """One transaction; more letters than fit into one are left to be claimed singly."""
        if len(letters) > _MOST_AT_ONCE:
            return False
        claims = [self._claim(key, letter, now) for key, letter in letters.items()]
        try:
            stood = self._transactions.write([{"Update": one} for one in claims])
        except ChangedMeanwhileError:
            return False
        return stood is None

    def mark_sent(self, key: LetterKey, now: datetime, message_id: str) -> None:
        """The mail service took the letter at `now`, under its own id."""
        with suppress(self.client.exceptions.ConditionalCheckFailedException):
            self.client.update_item(
                TableName=self.table,
                Key=letter_key(key),
                UpdateExpression="SET #state = :sent, sent_at = :now, message_id = :id"
                " REMOVE lease_until",
                # What is heard of a letter may come before this.
                ConditionExpression="#state = :claimed",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues={
                    ":claimed": {"S": "claimed"},
                    ":sent": {"S": "sent"},
                    ":now": {"S": items.instant(now)},
                    ":id": {"S": message_id},
                },
            )

    def tell(self, report: DeliveryReport) -> SentLetter:
        """One conditional update; what is no news answers with what stands."""
        try:
            found = self.client.update_item(**self._tell(report))["Attributes"]
        except self.client.exceptions.ConditionalCheckFailedException as error:
            found = error.response.get("Item")
            if not found:
                raise NotFoundError from error
        return items.letter_from(found)

    def find(self, key: LetterKey) -> SentLetter | None:
        """One read, as strong as what it decides."""
        found = self.client.get_item(
            TableName=self.table, Key=letter_key(key), ConsistentRead=True
        ).get("Item")
        return items.letter_from(found) if found else None

    def undelivered(self, since: datetime) -> Iterator[tuple[LetterKey, SentLetter]]:
        """One query of the `pending` index, page by page, and a read for each."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            IndexName="pending",
            KeyConditionExpression="#pending = :undelivered AND pending_at >= :since",
            ExpressionAttributeNames={"#pending": "pending"},
            ExpressionAttributeValues={
                ":undelivered": {"S": items.UNDELIVERED},
                ":since": {"S": items.instant(since)},
            },
            ScanIndexForward=False,
        )
        for key in (letter_key_from(item) for page in pages for item in page["Items"]):
            found = self.find(key)
            if found:
                yield key, found

    def release(self, key: LetterKey) -> None:
        """End a claim at once."""
        self.client.update_item(
            TableName=self.table,
            Key=letter_key(key),
            UpdateExpression="SET lease_until = :past",
            ExpressionAttributeValues={":past": {"S": ""}},
        )

    def tried(self, key: LetterKey, now: datetime) -> datetime:
        """End a claim at once; the first time it is kept when that was."""
        found = self.client.update_item(
            TableName=self.table,
            Key=letter_key(key),
            UpdateExpression="SET lease_until = :past, tried_at = if_not_exists(tried_at, :now)",
            ExpressionAttributeValues={":past": {"S": ""}, ":now": {"S": items.instant(now)}},
            ReturnValues="ALL_NEW",
        )["Attributes"]
        return datetime.fromisoformat(found["tried_at"]["S"])

    def withhold(self, key: LetterKey) -> None:
        """The letter is not sent, now or later."""
        self.client.update_item(
            TableName=self.table,
            Key=letter_key(key),
            UpdateExpression="SET #state = :withheld REMOVE lease_until",
            ExpressionAttributeNames={"#state": "state"},
            ExpressionAttributeValues={":withheld": {"S": "withheld"}},
        )

    def settle(self, entry: OutboxEntry) -> None:
        """Take the entry out of the `pending` index."""
        self.client.update_item(
            TableName=self.table,
            Key=entry_key(entry),
            UpdateExpression="REMOVE #pending, pending_at",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeNames={"#pending": "pending"},
        )

    def unsettled(self, before: datetime) -> Iterator[OutboxEntry]:
        """The entries in the `pending` index recorded before this instant, oldest first."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            IndexName="pending",
            KeyConditionExpression="#pending = :pending AND pending_at < :before",
            ExpressionAttributeNames={"#pending": "pending"},
            ExpressionAttributeValues={
                ":pending": {"S": items.PENDING},
                ":before": {"S": items.instant(before)},
            },
        )
        return (entry_from(item) for page in pages for item in page["Items"])

    @property
    def _transactions(self) -> Transactions:
        return Transactions(self.client, self.table)

    def _tell(self, report: DeliveryReport) -> Item:
        """The update that moves a letter on to a state, from whichever stands before it."""
        states = {f":s{place}": {"S": one} for place, one in enumerate(before(report.state))}
        sent_at = {":sent_at": {"S": items.instant(report.sent_at)}} if report.sent_at else {}
        keep_sent_at = ", sent_at = if_not_exists(sent_at, :sent_at)" if sent_at else ""
        see_to = report.state in TO_SEE_TO
        listed = ", #pending = :undelivered, pending_at = :listed_at" if see_to else ""
        stands = letter_key(report.key)
        listed_at = f"{items.instant(report.at)}#{stands['pk']['S']}#{stands['sk']['S']}"
        shelf = {":undelivered": {"S": items.UNDELIVERED}, ":listed_at": {"S": listed_at}}
        return {
            "TableName": self.table,
            "Key": stands,
            "UpdateExpression": f"SET #state = :state, told_at = :at{keep_sent_at}{listed}"
            " REMOVE lease_until",
            "ConditionExpression": " OR ".join(f"#state = {one}" for one in states),
            "ExpressionAttributeNames": {
                "#state": "state",
                **({"#pending": "pending"} if see_to else {}),
            },
            "ExpressionAttributeValues": {
                ":state": {"S": report.state},
                ":at": {"S": items.instant(report.at)},
                **(shelf if see_to else {}),
                **sent_at,
                **states,
            },
            "ReturnValues": "ALL_NEW",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }

    def _claim(self, key: LetterKey, letter: str, now: datetime) -> Item:
        """The update that takes a letter which nobody holds or has dealt with."""
        return {
            "TableName": self.table,
            "Key": letter_key(key),
            "UpdateExpression": "SET #state = :claimed, claimed_at = :now, lease_until = :until,"
            " letter = :letter",
            "ConditionExpression": "attribute_not_exists(pk) OR "
            "(#state = :claimed AND lease_until < :now)",
            "ExpressionAttributeNames": {"#state": "state"},
            "ExpressionAttributeValues": {
                ":claimed": {"S": "claimed"},
                ":until": {"S": items.instant(now + LEASE)},
                ":now": {"S": items.instant(now)},
                ":letter": {"S": letter},
            },
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }

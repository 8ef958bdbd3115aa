"""Carries the table's stream to the notifier, as Lambda's event source mapping does."""

import threading
from typing import Any

from chalicelib.bootstrap import Container

_TRIES = 3
_BATCH = 100


class Pump:
    """Reads the stream and invokes the notifier with what is new.

    After a cancelled transaction moto answers nothing more to an iterator held from
    before, so each look takes a fresh one.
    """

    def __init__(self, container: Container, functions: Any, written: threading.Event) -> None:  # noqa: ANN401 - the module app.py
        self._functions = functions
        self._written = written
        self._client = container.client("dynamodbstreams")
        table = container.settings.table_name
        self._arn = self._client.list_streams(TableName=table)["Streams"][0]["StreamArn"]
        self._after: dict[str, str] = {}
        self._failures: dict[str, int] = {}
        self._lock = threading.Lock()

    def run(self, stopping: threading.Event) -> None:
        """Carry whatever is written, until told to stop."""
        while not stopping.is_set():
            if self._written.wait(timeout=0.5):
                self._written.clear()
                self.drain()

    def drain(self) -> None:
        """Carry all there is; returns when the stream has nothing new."""
        with self._lock:
            while any([self._carry(shard) for shard in self._shards()]):  # noqa: C419 - each shard
                pass

    def _shards(self) -> list[str]:
        described = self._client.describe_stream(StreamArn=self._arn)
        return [shard["ShardId"] for shard in described["StreamDescription"]["Shards"]]

    def _carry(self, shard: str) -> bool:
        """Hand one batch to the notifier; whether there may be more."""
        records = self._records(shard)
        if not records:
            return False
        answer = self._functions.notifier(_lambda_event(records, self._arn), None)
        failed = [one["itemIdentifier"] for one in answer["batchItemFailures"]]
        self._advance(shard, [record["dynamodb"]["SequenceNumber"] for record in records], failed)
        return True

    def _records(self, shard: str) -> list[dict[str, Any]]:
        after = self._after.get(shard)
        where = (
            {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": after}
            if after
            else {"ShardIteratorType": "TRIM_HORIZON"}
        )
        found = self._client.get_shard_iterator(StreamArn=self._arn, ShardId=shard, **where)
        records: list[dict[str, Any]] = self._client.get_records(
            ShardIterator=found["ShardIterator"], Limit=_BATCH
        )["Records"]
        return records

    def _advance(self, shard: str, numbers: list[str], failed: list[str]) -> None:
        """Go on after what was handled; what keeps failing is left to the rounds."""
        done = numbers[: numbers.index(failed[0])] if failed else numbers
        if failed:
            self._failures[failed[0]] = self._failures.get(failed[0], 0) + 1
            if self._failures[failed[0]] >= _TRIES:
                done = [*done, failed[0]]
        if done:
            self._after[shard] = done[-1]


def _lambda_event(records: list[dict[str, Any]], arn: str) -> dict[str, Any]:
    """The records as the event source mapping hands them over."""
    return {
        "Records": [
            {
                "eventID": record["eventID"],
                "eventName": record["eventName"],
                "eventVersion": record.get("eventVersion", "1.1"),
                "eventSource": "aws:dynamodb",
                "awsRegion": record["awsRegion"],
                "dynamodb": _plain(record["dynamodb"]),
                "eventSourceARN": arn,
            }
            for record in records
        ]
    }


def _plain(change: dict[str, Any]) -> dict[str, Any]:
    """A change with its instant as seconds, as Lambda has it."""
    at = change.get("ApproximateCreationDateTime")
    return {**change, "ApproximateCreationDateTime": at.timestamp() if at else None}

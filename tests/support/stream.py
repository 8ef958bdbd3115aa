"""The table's stream as Lambda's event source mapping reads it, for tests."""

from functools import cache

from botocore.session import get_session

import app


@cache
def _client():
    return get_session().create_client("dynamodbstreams")


def carry(new_records):
    """Hand what is new to the notifier, until nothing is; the ids of what failed."""
    failures = []
    while records := new_records():
        failures += hand_over(records)
    return failures


def hand_over(records):
    """Invoke the notifier with these records; the ids of those that it could not handle."""
    answer = app.notifier({"Records": records}, None)
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


class Stream:
    """Brings the new records of moto's table to the notifier's handler.

    Each look takes a fresh iterator: after a cancelled transaction moto answers nothing more
    to an iterator held from before.
    """

    def __init__(self, table):
        self._client = _client()
        self.arn = self._client.list_streams(TableName=table)["Streams"][0]["StreamArn"]
        self._seen = 0

    def all_records(self, begin=0):
        """Every record since the table was made, or but the first, as Lambda hands them over."""
        described = self._client.describe_stream(StreamArn=self.arn)["StreamDescription"]
        (shard,) = described["Shards"]
        number = int(shard["SequenceNumberRange"]["StartingSequenceNumber"]) + begin
        iterator = self._client.get_shard_iterator(
            StreamArn=self.arn,
            ShardId=shard["ShardId"],
            ShardIteratorType="AT_SEQUENCE_NUMBER",
            SequenceNumber=str(number),
        )["ShardIterator"]
        found = self._client.get_records(ShardIterator=iterator)["Records"]
        return [self._as_lambda_has_it(record) for record in found]

    def new_records(self):
        """What came since this was last asked for."""
        records = self.all_records(self._seen)
        self._seen += len(records)
        return records

    def deliver(self):
        """Hand over what is new, until nothing is; the ids of what failed."""
        return carry(self.new_records)

    def _as_lambda_has_it(self, record):
        change = {**record["dynamodb"]}
        change["ApproximateCreationDateTime"] = change["ApproximateCreationDateTime"].timestamp()
        return {**record, "dynamodb": change, "eventSourceARN": self.arn}


class WaitingRecords:
    """The records that the offline cloud's pump has not carried yet, over moto's stream."""

    def __init__(self, table):
        self._stream, self._carried = Stream(table), 0

    def first(self, most):
        """The oldest of them."""
        return self._stream.all_records(self._carried)[:most]

    def forget(self, count):
        """So many of them were carried."""
        self._carried += count

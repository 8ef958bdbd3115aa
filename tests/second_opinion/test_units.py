"""The units that are counted over the table in memory are those that dynalite bills.

It knows nothing of transactions, and of an index only what a query of it reads; what the two
cost beside a single write is DynamoDB's documented rule alone (tests/support/metering.py).
"""

import pytest

from second_opinion.metering import create_table
from support.memory import memory_client
from support.metering import Meter, MeteredTable

TABLE = "units"
SIZES = (10, 990, 1_100, 4_000, 4_200, 9_000)
"""Characters in an item, about the bounds of a unit."""
DUE = {"due_shard": {"S": "DUE"}, "due_at": {"S": "2026-11-24"}}


def item(size):
    """An item of a complaint that is due, with so many characters in it."""
    return {"pk": {"S": "C#1"}, "sk": {"S": f"E#{size:06}"}, "doc": {"S": "x" * size}}


@pytest.fixture(scope="module")
def theirs(dynalite):
    """Dynalite, with what each request cost."""
    client = dynalite.client("dynamodb")
    create_table(client, TABLE)

    def ask(operation, **request):
        answer = getattr(client, operation)(
            TableName=TABLE, ReturnConsumedCapacity="TOTAL", **request
        )
        return answer["ConsumedCapacity"]["CapacityUnits"]

    return ask


@pytest.fixture(scope="module")
def ours():
    """The same of the table in memory, with what was counted."""
    client = memory_client(TABLE)

    def ask(operation, **request):
        meter = Meter()
        getattr(MeteredTable(client, meter), operation)(TableName=TABLE, **request)
        return meter.read_units + meter.write_units

    return ask


def both(theirs, ours, operation, **request):
    """What one request costs on each."""
    return ours(operation, **request), theirs(operation, **request)


def key(size):
    return {name: item(size)[name] for name in ("pk", "sk")}


@pytest.mark.parametrize("size", SIZES)
def test_an_item(theirs, ours, size):
    """Put, changed, and read, strongly and not."""
    counted, billed = both(theirs, ours, "put_item", Item=item(size))
    assert counted == billed
    change = {
        "Key": key(size),
        "UpdateExpression": "SET #more = :more",
        "ExpressionAttributeNames": {"#more": "more"},
        "ExpressionAttributeValues": {":more": {"S": "y" * 50}},
    }
    counted, billed = both(theirs, ours, "update_item", **change)
    assert counted == billed
    for consistent in (True, False):
        asked = {"Key": key(size), "ConsistentRead": consistent}
        counted, billed = both(theirs, ours, "get_item", **asked)
        assert counted == billed


@pytest.mark.parametrize("consistent", [True, False])
def test_a_partition(theirs, ours, consistent):
    """All bytes of it together, shown or not."""
    for size in SIZES:
        both(theirs, ours, "put_item", Item=item(size))
    asked = {
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": {"S": "C#1"}},
        "ConsistentRead": consistent,
    }
    whole = both(theirs, ours, "query", **asked)
    shown_in_part = both(theirs, ours, "query", **asked, ProjectionExpression="sk")
    assert len({*whole, *shown_in_part}) == 1


def test_what_is_not_there(theirs, ours):
    """A look at nothing costs a unit, or half."""
    counted, billed = both(theirs, ours, "get_item", Key=key(1), ConsistentRead=True)
    assert counted == billed == 1


def test_an_index(theirs, ours):
    """A query of it is never a strong one; what entering it costs dynalite leaves out."""
    counted, billed = both(theirs, ours, "put_item", Item=item(2_000) | DUE)
    assert (counted, billed) == (2 + 2, 2)
    asked = {
        "IndexName": "due",
        "KeyConditionExpression": "due_shard = :due",
        "ExpressionAttributeValues": {":due": {"S": "DUE"}},
    }
    counted, billed = both(theirs, ours, "query", **asked)
    assert counted == billed == 0.5

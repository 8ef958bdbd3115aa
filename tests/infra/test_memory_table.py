"""The table in memory answers as DynamoDB does: what the adapters rely on, beside moto."""

import threading
from collections import Counter

import pytest
from botocore.exceptions import ClientError

from desk.offline.memory_table import parser
from desk.offline.memory_table.expressions import Given
from support.clouds import a_cloud
from support.memory import memory_client

TABLE = "complaint-desk"
KEY = {"pk": {"S": "C#1"}, "sk": {"S": "HEAD"}}
ITEM = {
    "state": {"S": "open"},
    "count": {"N": "3"},
    "held": {"SS": ["a", "b"]},
    "numbers": {"NS": ["1", "2"]},
    "map": {"M": {"in": {"S": "side"}}},
    "list": {"L": [{"S": "first"}, {"S": "second"}]},
    "true": {"BOOL": True},
    "none": {"NULL": True},
}
VALUES = {
    ":a": {"S": "a"},
    ":open": {"S": "open"},
    ":op": {"S": "op"},
    ":p": {"S": "p"},
    ":z": {"S": "z"},
    ":two": {"N": "2"},
    ":three": {"N": "3.0"},
    ":four": {"N": "4"},
    ":first": {"S": "first"},
    ":side": {"S": "side"},
    ":held": {"SS": ["b", "a"]},
    ":type": {"S": "SS"},
}
HOLDING = (
    "#state = :open",
    "#state <> :a",
    "absent <> :a",
    "#count = :three",
    "#count > :two AND #count >= :three AND #count < :four AND #count <= :three",
    "#count BETWEEN :two AND :four",
    "#state IN (:a, :open)",
    "attribute_exists(held) AND attribute_not_exists(absent)",
    "attribute_exists(#map.#in) AND attribute_not_exists(#map.absent)",
    "attribute_exists(#list[1]) AND attribute_not_exists(#list[2])",
    "attribute_type(held, :type)",
    "begins_with(#state, :op)",
    "contains(#state, :p) AND contains(held, :a) AND contains(#list, :first)",
    "size(held) = :two AND size(#state) = :four",
    "held = :held",
    "#map.#in = :side AND #list[0] = :first",
    "NOT #state = :a",
    "#state = :a OR #state = :open AND #count = :three",
    "(#state = :a OR #count = :three) AND NOT (attribute_exists(absent))",
)
FAILING = (
    "#state = :two",
    "absent = :a",
    "absent < :a",
    "contains(absent, :a)",
    "contains(held, :z)",
    "contains(#count, :two)",
    "begins_with(#count, :op)",
    "#state BETWEEN :p AND :z",
    "attribute_type(absent, :type)",
    "NOT #state = :open OR #state = :a",
)
NAMES = {"#state": "state", "#count": "count", "#map": "map", "#list": "list", "#in": "in"}
UPDATES = {
    "SET #state = :z": {"state": {"S": "z"}},
    "SET fresh = if_not_exists(fresh, :two) + :two": {"fresh": {"N": "4"}},
    "SET #count = #count - :two, before_it = #count": {
        "count": {"N": "1"},
        "before_it": {"N": "3"},
    },
    "SET #map.added = :z": {"map": {"M": {"in": {"S": "side"}, "added": {"S": "z"}}}},
    "SET #list[0] = :z": {"list": {"L": [{"S": "z"}, {"S": "second"}]}},
    "SET #list = list_append(#list, #list)": {"list": {"L": ITEM["list"]["L"] * 2}},
    "REMOVE #state, absent": {"state": None},
    "REMOVE #map.#in": {"map": {"M": {}}},
    "REMOVE #list[0]": {"list": {"L": [{"S": "second"}]}},
    "ADD #count :two": {"count": {"N": "5"}},
    "ADD fresh :two": {"fresh": {"N": "2"}},
    "ADD held :more": {"held": {"SS": ["a", "b", "c"]}},
    "ADD fresh :more": {"fresh": {"SS": ["b", "c"]}},
    "DELETE held :more": {"held": {"SS": ["a"]}},
    "DELETE held :held": {"held": None},
    "DELETE absent :held": {},
    "SET #state = :z REMOVE #count ADD fresh :two": {
        "state": {"S": "z"},
        "count": None,
        "fresh": {"N": "2"},
    },
}
UPDATE_VALUES = {**VALUES, ":more": {"SS": ["b", "c"]}}
WRONG_UPDATES = (
    "SET absent = other",
    "SET #map.absent.deep = :z",
    "SET pk = :z",
    "SET #state = :z, #state = :a",
    "SET #map = :z, #map.#in = :a",
    "ADD #state :two",
    "SET #state = :z SET #count = :two",
    "SET #state :z",
    "PUT #state = :z",
    "SET #state = :never_given",
)


@pytest.fixture(params=["moto", "memory_table"])
def client(request):
    """A client of an empty table."""
    if request.param == "memory_table":
        yield memory_client(TABLE)
        return
    with a_cloud(staff=()) as cloud:
        yield cloud.dynamodb


@pytest.fixture
def memory():
    """A client of an empty table in memory, for what moto does not keep."""
    return memory_client(TABLE)


def used(given, expression):
    """Those of these names or values that the expression uses."""
    return {name: one for name, one in given.items() if name in parser.used(expression)}


def filled(expression, values=VALUES):
    """What goes with an expression."""
    given = {
        "ExpressionAttributeNames": used(NAMES, expression),
        "ExpressionAttributeValues": used(values, expression),
    }
    return {name: one for name, one in given.items() if one}


def put(client, item=None, **more):
    """Put an item under the key, or under another."""
    client.put_item(TableName=TABLE, Item={**KEY, **(ITEM if item is None else item)}, **more)


def got(client, **key):
    """The item that stands there."""
    return client.get_item(TableName=TABLE, Key={**KEY, **key}, ConsistentRead=True).get("Item")


def code_of(error):
    """The code of what was raised."""
    return error.value.response["Error"]["Code"]


def is_met(client, condition):
    """Whether a condition holds of the item."""
    try:
        put(client, ConditionExpression=condition, **filled(condition))
    except client.exceptions.ConditionalCheckFailedException:
        return False
    return True


def test_conditions_hold_as_in_dynamodb(client):
    """Each comparison and function, over what is there and what is not; AND before OR."""
    put(client)
    assert [one for one in HOLDING if not is_met(client, one)] == []
    assert [one for one in FAILING if is_met(client, one)] == []


@pytest.mark.parametrize(("expression", "changed"), UPDATES.items())
def test_an_update_changes_what_it_names(client, expression, changed):
    """Each action over the item as it was before; the answer is the item as it is then."""
    put(client)
    answer = client.update_item(
        TableName=TABLE,
        Key=KEY,
        UpdateExpression=expression,
        ReturnValues="ALL_NEW",
        **filled(expression, UPDATE_VALUES),
    )
    expected = {name: one for name, one in {**KEY, **ITEM, **changed}.items() if one is not None}
    for found in (answer["Attributes"], got(client)):
        for one in found.values():
            one.get("SS", []).sort()
        assert found == expected


@pytest.mark.parametrize("expression", WRONG_UPDATES)
def test_an_update_that_cannot_be_is_refused(memory, expression):
    """A absent parent or operand, a key, a path twice, another type, a wrong word."""
    put(memory)
    with pytest.raises(memory.exceptions.ValidationException):
        memory.update_item(
            TableName=TABLE,
            Key=KEY,
            UpdateExpression=expression,
            **filled(expression, UPDATE_VALUES),
        )
    assert got(memory) == {**KEY, **ITEM}


def test_an_update_makes_what_is_not_there(client):
    """Without a condition an update of nothing is a new item."""
    client.update_item(
        TableName=TABLE,
        Key=KEY,
        UpdateExpression="ADD looks :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
    )
    assert got(client) == {**KEY, "looks": {"N": "1"}}


def test_what_stood_in_the_way_is_told_where_it_was_asked_for(client):
    """A failed condition answers with the item, or without where nobody asked or nothing stood."""
    put(client)
    refused = client.exceptions.ConditionalCheckFailedException
    never = {"ConditionExpression": "attribute_not_exists(pk)"}
    with pytest.raises(refused) as error:
        put(client, **never, ReturnValuesOnConditionCheckFailure="ALL_OLD")
    assert error.value.response["Item"]["state"] == {"S": "open"}
    with pytest.raises(refused) as error:
        put(client, **never)
    assert "Item" not in error.value.response
    with pytest.raises(ClientError) as error:
        client.update_item(
            TableName=TABLE,
            Key={**KEY, "sk": {"S": "none"}},
            UpdateExpression="REMOVE fresh",
            ConditionExpression="attribute_exists(pk)",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    assert code_of(error) == "ConditionalCheckFailedException"
    assert "Item" not in error.value.response


def test_a_deleted_item_is_gone(client):
    """And deleting nothing is no fault."""
    put(client)
    for _ in "ab":
        client.delete_item(TableName=TABLE, Key=KEY)
    assert got(client) is None


def an_action(kind, sk, **more):
    """An action of a transaction on another item of the partition."""
    key = {**KEY, "sk": {"S": sk}}
    return {
        kind: {"TableName": TABLE, **({"Item": key} if kind == "Put" else {"Key": key}), **more}
    }


def test_a_transaction_writes_all_or_nothing_and_says_why(client):
    """Each action has its reason, and the item that stood in its way where it was asked for."""
    put(client)
    new = {"ConditionExpression": "attribute_not_exists(pk)"}
    actions = [
        an_action("Put", "E#1", **new),
        an_action("Put", "HEAD", **new, ReturnValuesOnConditionCheckFailure="ALL_OLD"),
        an_action("ConditionCheck", "E#2", ConditionExpression="attribute_exists(pk)"),
        an_action("Update", "E#3", UpdateExpression="REMOVE fresh"),
    ]
    with pytest.raises(client.exceptions.TransactionCanceledException) as error:
        client.transact_write_items(TransactItems=actions)
    reasons = error.value.response["CancellationReasons"]
    codes = ["None", "ConditionalCheckFailed", "ConditionalCheckFailed", "None"]
    assert [one["Code"] for one in reasons] == codes
    assert reasons[1]["Item"]["state"] == {"S": "open"}
    assert "Item" not in reasons[2]
    assert got(client, sk={"S": "E#1"}) is None
    client.transact_write_items(TransactItems=[actions[0], actions[3]])
    found = client.transact_get_items(
        TransactItems=[an_action("Get", sk) for sk in ("E#1", "E#2", "E#3")]
    )["Responses"]
    assert [one.get("Item", {}).get("sk", {}).get("S") for one in found] == ["E#1", None, "E#3"]


def test_a_transaction_has_its_limits(memory):
    """One action an item, a hundred in all, four megabytes."""
    twice = [an_action("Put", "A"), an_action("Delete", "A")]
    many = [an_action("Put", f"{number}") for number in range(101)]
    large = [
        {
            "Put": {
                "TableName": TABLE,
                "Item": {**KEY, "sk": {"S": f"{n}"}, "x": {"S": "x" * 390_000}},
            }
        }
        for n in range(11)
    ]
    for actions in (twice, many, large, []):
        with pytest.raises(memory.exceptions.ValidationException):
            memory.transact_write_items(TransactItems=actions)
    assert len(memory.table) == 0
    memory.transact_write_items(TransactItems=many[:100])
    memory.transact_write_items(TransactItems=large[:10])
    assert len(memory.table) == 100
    with pytest.raises(memory.exceptions.ValidationException):
        memory.transact_get_items(TransactItems=[an_action("Get", "1")] * 2)


@pytest.mark.parametrize(
    "item",
    [
        {"x": {"S": "x" * 400 * 1024}},
        {"字": {"S": "字" * (400 * 1024 // 3)}},
        {"pk": {"S": ""}},
        {"pk": {"N": "1"}},
        {"pk": {"S": "x" * 2049}},
        {"sk": {"S": "x" * 1025}},
        {"pending": {"S": ""}},
        {"pending_at": {"N": "1"}},
        {"set": {"SS": []}},
        {"set": {"SS": ["a", "a"]}},
        {"number": {"N": "much"}},
        {"number": {"N": "1" * 39}},
        {"number": {"N": 1}},
        {"text": {"S": 1}},
        {"text": {"S": "a", "N": "1"}},
        {"bytes": {"B": b"1"}},
        {"map": {"M": {"in": {"X": "1"}}}},
    ],
)
def test_an_item_that_dynamodb_refuses_is_refused(memory, item):
    """Too large, a key that is none, an empty set, what is no value; and the table stays empty."""
    with pytest.raises(memory.exceptions.ValidationException):
        put(memory, item)
    assert len(memory.table) == 0


def test_an_update_cannot_let_an_item_grow_too_large(memory):
    """The limit of 400 KB holds for what comes of it."""
    put(memory, {"x": {"S": "x" * 390_000}})
    with pytest.raises(memory.exceptions.ValidationException):
        memory.update_item(
            TableName=TABLE,
            Key=KEY,
            UpdateExpression="SET y = :y",
            ExpressionAttributeValues={":y": {"S": "y" * 20_000}},
        )


@pytest.mark.parametrize(
    ("typed", "kept"), [("1.50", "1.5"), ("007", "7"), ("1E2", "100"), ("-0", "0")]
)
def test_numbers_come_back_as_dynamodb_writes_them(memory, typed, kept):
    """Without zeros in front, behind, or an exponent."""
    put(memory, {"n": {"N": typed}})
    assert got(memory)["n"] == {"N": kept}


def test_what_is_not_implemented_is_refused(memory):
    """An argument, a type of answer or an operation that is not known is never ignored."""
    refused = memory.exceptions.ValidationException
    with pytest.raises(refused):
        put(memory, ReturnConsumedCapacity="TOTAL")
    with pytest.raises(refused):
        put(memory, ReturnValues="UPDATED_NEW")
    with pytest.raises(refused):
        memory.get_item(TableName=TABLE, Key=KEY, AttributesToGet=["pk"])
    with pytest.raises(refused):
        memory.get_item(TableName=TABLE, Key=ITEM)
    with pytest.raises(refused):
        put(memory, ExpressionAttributeValues={":unused": {"S": "x"}})
    with pytest.raises(memory.exceptions.ResourceNotFoundException):
        memory.get_item(TableName="another", Key=KEY)


def keep_pending(client, number, **more):
    """An item that stands in the `pending` index."""
    item = {
        "sk": {"S": f"E#{number:03}"},
        "pending": {"S": "PENDING"},
        "pending_at": {"S": f"2026-11-{30 - number:02}"},
        "text": {"S": "字"},
        **more,
    }
    put(client, item)


def asked(client, condition, given, **more):
    """The sort keys that a query finds, over all its pages."""
    names = {"#pending": "pending"} if "#pending" in condition else None
    pages = client.get_paginator("query").paginate(
        TableName=TABLE,
        KeyConditionExpression=condition,
        ExpressionAttributeValues={f":{name}": {"S": one} for name, one in given.items()},
        **({"ExpressionAttributeNames": names} if names else {}),
        **more,
    )
    return [item["sk"]["S"] for page in pages for item in page["Items"]]


def test_a_query_finds_a_part_of_a_partition_in_order(client):
    """By each comparison of the sort key, forwards and backwards, in the table and in an index."""
    for number in (3, 1, 2):
        keep_pending(client, number)
    put(client, {"sk": {"S": "HEAD"}})
    pk = {"pk": "C#1"}
    one, two, three = "E#001", "E#002", "E#003"
    assert asked(client, "pk = :pk", pk) == [one, two, three, "HEAD"]
    assert asked(client, "pk = :pk", {"pk": "C#2"}) == []
    for part, found in {
        "begins_with(sk, :sk)": [two],
        "sk = :sk": [two],
        "sk < :sk": [one],
        "sk <= :sk": [one, two],
        "sk > :sk": [three, "HEAD"],
        "sk >= :sk": [two, three, "HEAD"],
    }.items():
        assert asked(client, f"pk = :pk AND {part}", {**pk, "sk": two}) == found
    between = {**pk, "low": two, "high": three}
    assert asked(client, "pk = :pk AND sk BETWEEN :low AND :high", between) == [two, three]
    pending = {"pending": "PENDING"}
    asking = "#pending = :pending"
    assert asked(client, asking, pending, IndexName="pending") == [three, two, one]
    last = asked(client, asking, pending, IndexName="pending", ScanIndexForward=False)
    assert last == [one, two, three]


def test_an_index_follows_its_items(client):
    """Without the index's keys an item is not in it, and an index of keys hands over keys alone."""
    keep_pending(client, 1)
    query = {
        "TableName": TABLE,
        "IndexName": "pending",
        "KeyConditionExpression": "#pending = :pending",
        "ExpressionAttributeNames": {"#pending": "pending"},
        "ExpressionAttributeValues": {":pending": {"S": "PENDING"}},
    }
    (found,) = client.query(**query)["Items"]
    assert sorted(found) == ["pending", "pending_at", "pk", "sk"]
    client.update_item(
        TableName=TABLE,
        Key={**KEY, "sk": {"S": "E#001"}},
        UpdateExpression="REMOVE #pending, pending_at",
        ExpressionAttributeNames={"#pending": "pending"},
    )
    assert client.query(**query)["Items"] == []


def test_texts_and_numbers_have_no_order(memory):
    """A comparison of different types, or with nothing, is false; moto fails on it."""
    put(memory)
    assert not is_met(memory, "#state < :two OR #state >= :two")
    assert not is_met(memory, "size(absent) > :two")


def test_pages_follow_each_other(client):
    """A limit, and filters that leave things out of a page, lose nothing and tell nothing twice."""
    for number in range(1, 8):
        keep_pending(client, number, **({"odd": {"S": "yes"}} if number % 2 else {}))
    whole = [f"E#{number:03}" for number in range(1, 8)]
    pk = {"pk": "C#1"}
    for limit in (1, 3, 7):
        assert asked(client, "pk = :pk", pk, Limit=limit) == whole
        backwards = asked(client, "pk = :pk", pk, Limit=limit, ScanIndexForward=False)
        assert backwards == whole[::-1]
        index = {"IndexName": "pending", "Limit": limit}
        pending = {"pending": "PENDING"}
        assert asked(client, "#pending = :pending", pending, **index) == whole[::-1]
        odd = {"FilterExpression": "attribute_exists(odd)"}
        assert asked(client, "pk = :pk", pk, Limit=limit, **odd) == whole[::2]


def test_a_page_ends_at_a_megabyte(memory):
    """Three items of 390 KB are two pages, and asked for by name they stay so."""
    for number in range(3):
        keep_pending(memory, number, x={"S": "x" * 390_000})
    pages = list(
        memory.get_paginator("query").paginate(
            TableName=TABLE,
            KeyConditionExpression="pk = :pk",
            ProjectionExpression="sk",
            ExpressionAttributeValues={":pk": {"S": "C#1"}},
        )
    )
    assert [page["Count"] for page in pages] == [3, 0]
    assert pages[0]["Items"][0] == {"sk": {"S": "E#000"}}


@pytest.mark.parametrize(
    "condition",
    [
        "sk = :one",
        "pk > :one",
        "pk = :one AND pk = :one",
        "pk = :one OR sk = :one",
        "pk = :one AND sk <> :one",
        "pk = :one AND contains(sk, :one)",
        "pk = :one AND other = :one",
        "pk = :one AND sk = :one AND sk < :one",
        "pk = :one AND",
        "pk ~ :one",
    ],
)
def test_a_query_that_dynamodb_cannot_answer_is_refused(memory, condition):
    """It names the one partition, and narrows the sort key once."""
    with pytest.raises(memory.exceptions.ValidationException):
        asked(memory, condition, {"one": "1"})
    with pytest.raises(memory.exceptions.ResourceNotFoundException):
        asked(memory, "pk = :one", {"one": "1"}, IndexName="none")


def test_whoever_gets_an_item_may_change_it(memory):
    """What was put, and what comes back, is a copy: the table is changed by requests alone."""
    given = {"map": {"M": {"in": {"SS": ["a"]}}}, "list": {"L": [{"S": "a"}]}}
    put(memory, given)
    for one in (given, got(memory)):
        one["map"]["M"]["in"]["SS"].append("b")
        one["list"]["L"].append({"S": "b"})
    found = got(memory)
    assert (found["map"]["M"]["in"]["SS"], found["list"]["L"]) == (["a"], [{"S": "a"}])


def test_the_stream_tells_each_change_in_order(memory):
    """Inserted, changed, removed, with keys alone as the template has it; no change, no record."""
    put(memory, {})
    put(memory, {})
    put(memory, {"x": {"S": "x"}})
    with pytest.raises(memory.exceptions.ConditionalCheckFailedException):
        put(memory, {}, ConditionExpression="attribute_not_exists(pk)")
    memory.delete_item(TableName=TABLE, Key=KEY)
    records = memory.table.stream.first(10)
    assert [one["eventName"] for one in records] == ["INSERT", "MODIFY", "REMOVE"]
    numbers = [one["dynamodb"]["SequenceNumber"] for one in records]
    assert numbers == sorted(set(numbers))
    assert {tuple(one["dynamodb"]["Keys"]) for one in records} == {("pk", "sk")}
    assert not {"NewImage", "OldImage"} & records[0]["dynamodb"].keys()
    memory.table.stream.forget(2)
    assert memory.table.stream.first(10) == records[2:]
    assert memory.table.stream.wait(0)
    memory.table.stream.forget(1)
    assert not memory.table.stream.wait(0)


def test_what_was_to_be_kept_until_now_is_removed(memory):
    """By its latest expiry, and the stream says that the table did it; lifted, it stays."""
    for sk, expiries in {"A": ("10",), "B": ("10", "20"), "C": ("10", "")}.items():
        for at in expiries:
            put(memory, {"sk": {"S": sk}, **({"expires_at": {"N": at}} if at else {})})
    memory.table.stream.forget(5)
    memory.table.expire(15)
    assert [got(memory, sk={"S": one}) is None for one in "ABC"] == [True, False, False]
    (record,) = memory.table.stream.first(10)
    assert record["eventName"] == "REMOVE"
    assert record["userIdentity"]["principalId"] == "dynamodb.amazonaws.com"
    memory.table.expire(20)
    assert [got(memory, sk={"S": one}) is None for one in "ABC"] == [True, True, False]


def test_writers_at_once_lose_nothing(memory):
    """Eight writers that each move the same two numbers on: transactions follow each other."""
    add = {
        "UpdateExpression": "ADD n :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}},
    }
    refusals = Counter()

    def work():
        for number in range(50):
            sks = ("A", "B") if number % 2 else ("B", "A")
            actions = [an_action("Update", sk, **add) for sk in sks]
            if number % 5 == 0:
                never = {"ConditionExpression": "attribute_exists(never)"}
                actions.append(an_action("ConditionCheck", "C", **never))
            try:
                memory.transact_write_items(TransactItems=actions)
            except memory.exceptions.TransactionCanceledException:
                refusals["cancelled"] += 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert {got(memory, sk={"S": sk})["n"]["N"] for sk in "AB"} == {"320"}
    assert refusals["cancelled"] == 80


def test_expressions_are_parsed_once():
    """What is asked again and again costs no parsing: the adapters' expressions are few."""
    text = "attribute_exists(parsed_once)"
    assert parser.condition(text) is parser.condition(text)
    assert not parser.condition(text).holds({}, Given({}, {}))

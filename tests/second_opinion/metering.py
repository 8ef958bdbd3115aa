"""Dynalite as the product's table: its schema, what a read costs, and transactions it lacks."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore.awsrequest import AWSResponse
from cfnlint.decode.cfn_yaml import loads

from second_opinion.programs import STORAGE

_SCHEMA = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
_READS = frozenset({"Query", "GetItem", "BatchGetItem", "Scan"})
_ALONE = {"Put": "put_item", "Update": "update_item", "Delete": "delete_item"}


def create_table(client: Any, name: str) -> None:
    """The table of infra/storage.yaml; dynalite has no CloudFormation to make it."""
    template = json.loads(json.dumps(loads(STORAGE.read_text("utf-8"))))
    properties = template["Resources"]["Table"]["Properties"]
    client.create_table(TableName=name, **{each: properties[each] for each in _SCHEMA})


@dataclass
class Meter:
    """The reads that a client sent: each operation with its read units."""

    reads: list[tuple[str, float]] = field(default_factory=list)

    @property
    def units(self) -> float:
        """All of them together."""
        return sum(units for _, units in self.reads)


@contextmanager
def metered(client: Any) -> Iterator[Meter]:
    """Ask with each read what it costs, while this is open."""
    meter = Meter()

    def ask(params: Any, model: Any, **_: Any) -> Any:
        return params | {"ReturnConsumedCapacity": "TOTAL"} if model.name in _READS else params

    def note(parsed: Any, model: Any, **_: Any) -> None:
        if model.name in _READS:
            meter.reads.append((model.name, parsed["ConsumedCapacity"]["CapacityUnits"]))

    client.meta.events.register("provide-client-params.dynamodb", ask)
    client.meta.events.register("after-call.dynamodb", note)
    try:
        yield meter
    finally:
        client.meta.events.unregister("provide-client-params.dynamodb", ask)
        client.meta.events.unregister("after-call.dynamodb", note)


def do_transactions_one_by_one(client: Any) -> None:
    """Send what stands in a transaction as requests of its own: nobody else is at the table."""

    def write(params: Any, **_: Any) -> tuple[AWSResponse, dict[str, Any]]:
        for action in json.loads(params["body"])["TransactItems"]:
            ((kind, request),) = action.items()
            getattr(client, _ALONE[kind])(**request)
        return _answer({})

    def read(params: Any, **_: Any) -> tuple[AWSResponse, dict[str, Any]]:
        gets = json.loads(params["body"])["TransactItems"]
        found = [client.get_item(ConsistentRead=True, **one["Get"]) for one in gets]
        return _answer({"Responses": [{"Item": one.get("Item", {})} for one in found]})

    client.meta.events.register("before-call.dynamodb.TransactWriteItems", write)
    client.meta.events.register("before-call.dynamodb.TransactGetItems", read)


def _answer(parsed: dict[str, Any]) -> tuple[AWSResponse, dict[str, Any]]:
    return AWSResponse("", 200, {}, None), parsed

"""The staff directory in the table: one partition, so that it is read in one request."""

from dataclasses import dataclass
from typing import Any

import msgspec

from chalicelib.adapters import items
from chalicelib.domain.roles import Directory, Staff

PARTITION = "STAFF"


@dataclass(frozen=True)
class TableStaff:
    """The `StaffBook` port over a DynamoDB client."""

    client: Any
    table: str

    def directory(self) -> Directory:
        """All staff, in the order of their ids."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": PARTITION}},
            ConsistentRead=True,
        )
        found = (item for page in pages for item in page["Items"])
        return Directory(tuple(msgspec.json.decode(one["doc"]["S"], type=Staff) for one in found))

    def put(self, staff: Staff) -> None:
        """Add or replace a member of staff."""
        item = {**items.key(PARTITION, f"S#{staff.id}"), "doc": items.encoded(staff)}
        self.client.put_item(TableName=self.table, Item=item)

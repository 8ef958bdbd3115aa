"""The staff in the table: one partition, so that one request tells who asks and who they are.

Beside what a person is (`doc`) the item holds the sessions (`signed_in`), a map from the
digest of each token; so a session ends by removing an attribute, and no function needs to
delete items. The filters that a person keeps (`saved_filters`) are a map, too, from the page
and the name of each.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.documents import read
from chalicelib.adapters.staff_log import items_of_change
from chalicelib.adapters.transactions import Transactions, put_new
from chalicelib.application.saved_filters import MOST, QUEUE, SavedFilter
from chalicelib.application.sessions import Session, StaffSnapshot
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError
from chalicelib.domain.staff import Directory, Staff
from chalicelib.domain.staff_log import StaffRecord

PARTITION = "STAFF"
_NONE: items.Item = {"M": {}}


@dataclass(frozen=True)
class TableStaff:
    """The `StaffBook` port over a DynamoDB client. Records of changes expire after `months`."""

    client: Any
    table: str
    months: int

    def directory(self) -> Directory:
        """All staff, in the order of their ids."""
        return self.snapshot().directory

    def snapshot(self) -> StaffSnapshot:
        """All staff with their sessions, as they are now."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": PARTITION}},
            ConsistentRead=True,
        )
        found = {_id(item): item for page in pages for item in page["Items"]}
        return StaffSnapshot(
            Directory(tuple(_staff(item) for item in found.values())),
            {key: _sessions(item) for key, item in found.items()},
            {key: int(item["version"]["N"]) for key, item in found.items()},
            {key: _filters(item) for key, item in found.items()},
        )

    def put(
        self, staff: Staff, version: int | None = None, record: StaffRecord | None = None
    ) -> None:
        """Add or replace a member of staff, beside their sessions; a disabled one keeps none.

        A record is numbered by the change, so it is kept with a version that was read.
        """
        if record and version is None:
            version = self.snapshot().versions.get(staff.id, 0)
        kept = ":none" if staff.disabled else "if_not_exists(signed_in, :none)"
        values: items.Item = {
            ":doc": items.encoded(staff),
            ":one": {"N": "1"},
            ":zero": {"N": "0"},
            ":none": _NONE,
            ":no_filters": _NONE,  # by itself: ministack puts one operand under both names
        }
        update = self._request(
            staff.id,
            "SET doc = :doc, version = if_not_exists(version, :zero) + :one,"
            f" signed_in = {kept}, saved_filters = if_not_exists(saved_filters, :no_filters)",
            values | _expected(version),
            _condition(version),
        )
        if record is None:
            if not self._done(update):
                raise ChangedMeanwhileError
            return
        added = items_of_change(record, (version or 0) + 1, self.months)
        puts = [put_new(self.table, item) for item in added]
        if Transactions(self.client, self.table).write([{"Update": update}, *puts]) is not None:
            raise ChangedMeanwhileError

    def begin_session(
        self, staff_id: str, digest: str, session: Session, dropped: Iterable[str] = ()
    ) -> None:
        """Keep a session, and remove those that make room for it."""
        names = {f"#d{number}": one for number, one in enumerate(dropped)}
        removed = ", ".join(f"signed_in.{name}" for name in names)
        if not self._update(
            staff_id,
            "SET signed_in.#it = :it" + (f" REMOVE {removed}" if names else ""),
            {":it": items.encoded(session)},
            "attribute_exists(signed_in)",
            {"#it": digest, **names},
        ):
            raise NotFoundError

    def renew_session(self, staff_id: str, digest: str, session: Session) -> bool:
        """Replace a session that is still there."""
        return self._update(
            staff_id,
            "SET signed_in.#it = :it",
            {":it": items.encoded(session)},
            "attribute_exists(signed_in.#it)",
            {"#it": digest},
        )

    def end_session(self, staff_id: str, digest: str) -> None:
        """Remove one session."""
        there = "attribute_exists(signed_in)"
        self._update(staff_id, "REMOVE signed_in.#it", {}, there, {"#it": digest})

    def end_sessions(self, staff_id: str) -> None:
        """Remove all sessions of a person."""
        there = "attribute_exists(signed_in)"
        self._update(staff_id, "SET signed_in = :none", {":none": _NONE}, there)

    def keep_filter(self, staff_id: str, one: SavedFilter) -> bool:
        """Put a filter into the map, unless there is no room for another."""
        return self._update(
            staff_id,
            "SET saved_filters.#it = :it",
            {":it": items.encoded(one.asked), ":most": {"N": str(MOST)}},
            "attribute_exists(saved_filters)"
            " AND (attribute_exists(saved_filters.#it) OR size(saved_filters) < :most)",
            {"#it": _filter_key(one.page, one.name)},
        )

    def drop_filter(self, staff_id: str, name: str, page: str = QUEUE) -> None:
        """Take a filter out of the map."""
        there = "attribute_exists(saved_filters)"
        names = {"#it": _filter_key(page, name)}
        self._update(staff_id, "REMOVE saved_filters.#it", {}, there, names)

    def _update(
        self,
        staff_id: str,
        expression: str,
        values: items.Item,
        condition: str = "",
        names: Mapping[str, str] | None = None,
    ) -> bool:
        """Change one person's item; False when the condition was not met."""
        return self._done(self._request(staff_id, expression, values, condition, names))

    def _request(
        self,
        staff_id: str,
        expression: str,
        values: items.Item,
        condition: str = "",
        names: Mapping[str, str] | None = None,
    ) -> items.Item:
        given = {
            "ConditionExpression": condition,
            "ExpressionAttributeValues": values,
            "ExpressionAttributeNames": names,
        }
        return {
            "TableName": self.table,
            "Key": items.key(PARTITION, f"S#{staff_id}"),
            "UpdateExpression": expression,
            **{name: value for name, value in given.items() if value},
        }

    def _done(self, request: items.Item) -> bool:
        try:
            self.client.update_item(**request)
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _condition(version: int | None) -> str:
    match version:
        case None:
            return ""
        case 0:
            return "attribute_not_exists(pk)"
        case _:
            return "version = :expected"


def _expected(version: int | None) -> items.Item:
    return {":expected": {"N": str(version)}} if version else {}


def _id(item: items.Item) -> str:
    key: str = item["sk"]["S"]
    return key.removeprefix("S#")


def _staff(item: items.Item) -> Staff:
    return read(item["doc"]["S"], Staff)


def _filters(item: items.Item) -> tuple[SavedFilter, ...]:
    kept = item["saved_filters"]["M"]
    return tuple(_filter(key, read(kept[key]["S"], dict[str, str])) for key in sorted(kept))


def _filter(key: str, asked: dict[str, str]) -> SavedFilter:
    page, _, name = key.partition(":")
    return SavedFilter(name, asked, page)


def _filter_key(page: str, name: str) -> str:
    return f"{page}:{name}"


def _sessions(item: items.Item) -> dict[str, Session]:
    kept = item["signed_in"]["M"]
    return {key: read(one["S"], Session) for key, one in kept.items()}

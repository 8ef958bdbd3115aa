"""Complaints as items of the table, and back. The schema is that of infra/storage.yaml.

What a complaint or an event says is one JSON document in ``doc``; beside it stand
only the keys of the table and of its indexes. Words are kept in the contact item
alone, so that erasing that one item erases the person.
"""

import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from chalicelib.domain.complaint import Complaint
from chalicelib.domain.events import EVENTS, EndedElsewhere, Received, Recorded
from chalicelib.service.history import History

Item = dict[str, Any]

SHARDS = tuple(f"DUE#{shard}" for shard in range(4))
PENDING = "PENDING"
NOTHING_SCHEDULED = "9999"
"""Sorts after every instant: an open complaint for which no clock is running."""


def key(pk: str, sk: str) -> Item:
    """A key of the table."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def complaint_pk(reference: str) -> str:
    """The partition in which everything about one complaint stands."""
    return f"C#{reference}"


def event_sk(number: int) -> str:
    """Where an event stands; zero-padded, so that the table's order is history's."""
    return f"E#{number:06}"


def words_name(number: int) -> str:
    """The attribute of the contact item that holds the words of one event."""
    return f"w{number:06}"


def instant(at: datetime) -> str:
    """An instant (UTC) as an index sorts it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def encoded(value: object) -> Item:
    """A value as the JSON document that is kept."""
    return {"S": msgspec.json.encode(value).decode()}


def event_items(records: Iterable[Recorded], complaint: Complaint) -> list[Item]:
    """An item for each record, pending until its letters went out."""
    return [_event_item(record, complaint) for record in records]


def words_of(records: Iterable[Recorded]) -> Item:
    """The words of these records, as attributes of the contact item."""
    return {words_name(one.number): encoded(dict(one.words)) for one in records if one.words}


def due_keys(complaint: Complaint, due_at: datetime | None) -> Item:
    """The keys of the `due` index; none for a complaint that has ended."""
    if not complaint.is_open:
        return {}
    when = instant(due_at) if due_at else NOTHING_SCHEDULED
    shard = SHARDS[zlib.crc32(complaint.reference.encode()) % len(SHARDS)]
    return {"due_shard": {"S": shard}, "due_at": {"S": f"{when}#{complaint.reference}"}}


def complaint_from(head: Item) -> Complaint:
    """The state that a head item keeps."""
    return msgspec.json.decode(head["doc"]["S"], type=Complaint)


def history_from(items: Iterable[Item]) -> History:
    """A history from all items of a partition, in the table's order."""
    by_sk = {item["sk"]["S"]: item for item in items}
    contact = by_sk.get("CONTACT", {})
    events = (item for sk, item in sorted(by_sk.items()) if sk.startswith("E#"))
    return History(tuple(_record(item, contact) for item in events))


def _event_item(record: Recorded, complaint: Complaint) -> Item:
    at = _occurred_at(record)
    reference = complaint.reference
    return {
        **key(complaint_pk(reference), event_sk(record.number)),
        "kind": {"S": record.kind},
        "at": {"S": instant(record.at)},
        "by": {"S": record.by},
        "doc": encoded(record.event),
        "pending": {"S": PENDING},
        "pending_at": {"S": f"{instant(record.at)}#{reference}#{record.number:06}"},
        "ledger": {"S": f"{complaint.community}#{at.astimezone(complaint.tz):%Y-%m}"},
        "ledger_at": {"S": f"{instant(at)}#{reference}#{record.number:06}"},
    }


def _occurred_at(record: Recorded) -> datetime:
    """When it happened, which for an import is before it was recorded."""
    match record.event:
        case Received(received_at=at) | EndedElsewhere(ended_at=at):
            return at
        case _:
            return record.at


def _record(item: Item, contact: Mapping[str, Any]) -> Recorded:
    number = int(item["sk"]["S"].removeprefix("E#"))
    words = contact.get(words_name(number))
    return Recorded(
        number=number,
        at=datetime.fromisoformat(item["at"]["S"]),
        by=item["by"]["S"],
        event=msgspec.json.decode(item["doc"]["S"], type=EVENTS[item["kind"]["S"]]),
        words=msgspec.json.decode(words["S"], type=dict[str, str]) if words else {},
    )

"""Complaints as items of the table, and back. The schema is that of infra/storage.yaml.

What a complaint or an event says is one JSON document in ``doc``; beside it stand
only the keys of the table and of its indexes. What the resident said at receipt, and how they
are reached, is the contact item; each later text is an item of its own, so that no number of
them meets the limit of an item. Without its contact item a complaint has no words at all.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from chalicelib.adapters.documents import read
from chalicelib.application.history import History, occurred_at
from chalicelib.application.records import Line, SentLetter
from chalicelib.domain.events import EVENTS, ContactCorrected, EventRecord
from chalicelib.domain.evolve import corrected_words
from chalicelib.domain.model import Complaint
from chalicelib.domain.working_time import months_after

Item = dict[str, Any]

DUE = "DUE"
VISITS = "VISITS"
"""Beside the open complaints, where the queue does not read them: ended ones to be asked after."""
PENDING = "PENDING"
BATCHED = "BATCHED"
UNDELIVERED = "UNDELIVERED"
WAITING = "WAITING"
"""In the `pending` index: letters that wait together until their time has come."""
NOTHING_SCHEDULED = "9999"
"""Sorts after every instant: an open complaint without a running deadline."""
TEXT = "T#"
WORDS = "words"
"""The attribute, of the contact item or of a text's, that holds the words of an event."""
LISTED = "listed"
"""The attribute of the head that holds its row of the list."""
_WORDS_SHARD = "W"
"""Sorts after every instant, so that a sweep up to now, or a list of rows, reads nobody's words."""
WORDS_FIRST = f"{_WORDS_SHARD}#"
"""Stands before the instant of the words in the list's indexes."""


def key(pk: str, sk: str) -> Item:
    """A key of the table."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def complaint_pk(reference: str) -> str:
    """The partition in which everything about one complaint stands."""
    return f"C#{reference}"


def complaint_key(reference: str, sk: str) -> Item:
    """The key of one of a complaint's items."""
    return key(complaint_pk(reference), sk)


def reference_of(keys: Item) -> str:
    """The complaint whose partition holds an item."""
    return str(keys["pk"]["S"].removeprefix("C#"))


def is_event(keys: Item) -> bool:
    """Whether an item is an event of its partition."""
    return str(keys["sk"]["S"]).startswith("E#")


def event_sk(number: int) -> str:
    """Where an event stands; zero-padded, so that the table's order is history's."""
    return f"E#{number:06}"


def text_key(reference: str, number: int) -> Item:
    """The key of the words of an event after the first."""
    return complaint_key(reference, f"{TEXT}{number:06}")


def instant(at: datetime) -> str:
    """An instant (UTC) as an index sorts it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def encoded(value: object) -> Item:
    """A value as the JSON document that is kept."""
    return {"S": msgspec.json.encode(value).decode()}


def pending_keys(at: datetime, what: str) -> Item:
    """The keys of the `pending` index: an event whose letters are still to go out."""
    return {"pending": {"S": PENDING}, "pending_at": {"S": f"{instant(at)}#{what}"}}


def event_items(records: Iterable[EventRecord], complaint: Complaint) -> list[Item]:
    """An item for each record, pending until its letters went out."""
    return [_event_item(record, complaint) for record in records]


def receipt_words(records: Iterable[EventRecord]) -> Item:
    """The words of the receipt, if it is among these records, as the contact item has them."""
    words = next((dict(one.words) for one in records if one.number == 1), {})
    return {WORDS: encoded(words)} if words else {}


def text_items(records: Iterable[EventRecord], reference: str) -> list[Item]:
    """An item for the words of each of these records but the receipt's."""
    later = (one for one in records if one.number > 1 and one.words)
    return [{**text_key(reference, one.number), WORDS: encoded(dict(one.words))} for one in later]


def contact_now(history: History, new: Iterable[EventRecord]) -> Item:
    """How the resident is reached now, where that was corrected: laid over the receipt's words."""
    if not any(isinstance(one.event, ContactCorrected) for one in new):
        return {}
    return {"corrected": encoded(corrected_words(history.records))}


def due_keys(complaint: Complaint, due_at: datetime | None) -> Item:
    """The keys of the `due` index; none for an ended complaint without a return visit."""
    if complaint.is_open:
        return _due(DUE, instant(due_at) if due_at else NOTHING_SCHEDULED, complaint)
    return _due(VISITS, instant(due_at), complaint) if due_at else {}


def words_due_keys(complaint: Complaint, due_at: datetime | None) -> Item:
    """The keys under which the desk's lists find the words: beside the head."""
    if complaint.is_open:
        return _due(DUE, _WORDS_SHARD, complaint)
    return _due(VISITS, _WORDS_SHARD, complaint) if due_at else {}


def listed_keys(complaint: Complaint) -> Item:
    """The keys under which the list finds a row: by receipt, and by the end once it has ended."""
    return _by_month("received", complaint.received_at, "", complaint) | _ended("", complaint)


def words_listed_keys(complaint: Complaint) -> Item:
    """The keys under which the list finds the words: in the same months, after the rows."""
    received_at, before = complaint.received_at, WORDS_FIRST
    return _by_month("received", received_at, before, complaint) | _ended(before, complaint)


def household_items(complaint: Complaint, keys: Mapping[str, str], months: int) -> list[Item]:
    """The items by which a complaint is found: by its unit, by telephone, by e-mail."""
    at = f"{instant(complaint.received_at)}#{complaint.reference}"
    return [
        {
            **complaint_key(complaint.reference, f"K#{kind}"),
            "household": {"S": household},
            "household_at": {"S": at},
            **expiry(complaint, months),
        }
        for kind, household in keys.items()
    ]


def expiry(complaint: Complaint, months: int) -> Item:
    """When what is personal of an ended complaint expires; never while it is open."""
    if complaint.ended_at is None:
        return {}
    return expires_at(months_after(complaint.ended_at, months, complaint.tz))


def expires_at(at: datetime) -> Item:
    """The attribute that ends an item's life, in epoch seconds."""
    return {"expires_at": {"N": str(int(at.timestamp()))}}


def complaint_from(head: Item) -> Complaint:
    """The state that a head item keeps."""
    return read(head["doc"]["S"], Complaint)


def history_from(items: Iterable[Item]) -> History:
    """A history from all items of a partition, in the table's order."""
    by_sk = {item["sk"]["S"]: item for item in items}
    contact = by_sk.get("CONTACT", {})
    # Whose contact is gone said nothing, even before each text has been emptied.
    is_gone = not contact or "erased" in contact
    texts = {} if is_gone else {sk: one for sk, one in by_sk.items() if sk.startswith(TEXT)}
    events = (item for sk, item in sorted(by_sk.items()) if sk.startswith("E#"))
    return History(tuple(_record(item, contact, texts) for item in events))


def letters_from(items: Iterable[Item]) -> tuple[SentLetter, ...]:
    """The letters among the items of a partition, in the order of their events."""
    return tuple(letter_from(item) for item in items if item["sk"]["S"].startswith("L#"))


def lines_from(items: Iterable[Item]) -> tuple[Line, ...]:
    """The complaints whose heads are among these items, in their order, each with its words."""
    found = list(items)
    words = {one["pk"]["S"]: words_from(one) for one in found if one["sk"]["S"] == "CONTACT"}
    heads = (one for one in found if one["sk"]["S"] == "HEAD")
    return tuple(
        Line(complaint_from(one), words.get(one["pk"]["S"], {}), _scheduled(one)) for one in heads
    )


def words_from(contact: Item) -> dict[str, str]:
    """What the resident said, and how they are reached now, from the contact item alone."""
    words = _texts(contact, WORDS) | _texts(contact, "corrected")
    return {name: text for name, text in words.items() if text}


def happened_from(item: Item) -> tuple[str, EventRecord]:
    """An event of the ledger with its complaint's reference, without words."""
    return reference_of(item), _record(item, {}, {})


def _due(shard: str, when: str, complaint: Complaint) -> Item:
    return {"due_shard": {"S": shard}, "due_at": {"S": f"{when}#{complaint.reference}"}}


def _ended(before: str, complaint: Complaint) -> Item:
    at = complaint.ended_at
    return _by_month("ended", at, before, complaint) if at else {}


def _by_month(index: str, at: datetime, before: str, complaint: Complaint) -> Item:
    month = f"{at.astimezone(complaint.tz):%Y-%m}"
    when = f"{before}{instant(at)}#{complaint.reference}"
    return {index: {"S": month}, f"{index}_at": {"S": when}}


def _scheduled(head: Item) -> datetime | None:
    """When a head stands in the `due` index; None when no deadline runs, or it is not there."""
    when = head["due_at"]["S"].partition("#")[0] if "due_at" in head else NOTHING_SCHEDULED
    return None if when == NOTHING_SCHEDULED else datetime.fromisoformat(when)


def _event_item(record: EventRecord, complaint: Complaint) -> Item:
    at, reference = occurred_at(record), complaint.reference
    return {
        **complaint_key(reference, event_sk(record.number)),
        "kind": {"S": record.kind},
        "at": {"S": instant(record.at)},
        "by": {"S": record.by},
        "doc": encoded(record.event),
        **({"origin": {"S": record.origin}} if record.origin else {}),
        **pending_keys(record.at, f"{reference}#{record.number:06}"),
        "ledger": {"S": f"{complaint.community}#{at.astimezone(complaint.tz):%Y-%m}"},
        "ledger_at": {"S": f"{instant(at)}#{reference}#{record.number:06}"},
    }


def _record(item: Item, contact: Mapping[str, Any], texts: Mapping[str, Item]) -> EventRecord:
    number = int(item["sk"]["S"].removeprefix("E#"))
    said = contact if number == 1 else texts.get(f"{TEXT}{number:06}", {})
    return EventRecord(
        number=number,
        at=datetime.fromisoformat(item["at"]["S"]),
        by=item["by"]["S"],
        event=read(item["doc"]["S"], EVENTS[item["kind"]["S"]]),
        words=_texts(said, WORDS),
        origin=item.get("origin", {}).get("S", ""),
    )


def _texts(contact: Mapping[str, Any], name: str) -> dict[str, str]:
    return read(contact[name]["S"], dict[str, str]) if name in contact else {}


def letter_from(item: Item) -> SentLetter:
    """A letter's record."""
    _, number, to = item["sk"]["S"].split("#", 2)
    state = item["state"]["S"]
    at = item[_SINCE.get(state, "told_at")]["S"]
    sent_at = datetime.fromisoformat(item["sent_at"]["S"]) if "sent_at" in item else None
    since = datetime.fromisoformat(at)
    return SentLetter(int(number), to, item["letter"]["S"], state, since, sent_at)


_SINCE = {
    "sent": "sent_at",
    **dict.fromkeys(("claimed", "gathered", "withheld"), "claimed_at"),
}
"""The attribute that says since when a letter is in a state; what was heard of it, otherwise."""

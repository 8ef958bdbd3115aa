"""The outbox in the table: under which key each kind of entry stands, and what a key says.

Whatever has letters to go out stands under ``E#<number>``, so that settling is one thing for
all of them. A letter's record stands beside it, under ``L#<number>#<recipient>``.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.items import Item
from chalicelib.application.outbox import (
    AddressChanged,
    AlertBatch,
    ComplaintEvent,
    EntryWritten,
    ImportFinished,
    OutboxEntry,
    WorkdayStart,
)
from chalicelib.application.ports.letters import LetterKey

LETTER_TAG = "letter"
"""The tag under which a letter's key comes back with what the mail service tells of it."""


def entry_key(entry: OutboxEntry) -> Item:
    """Where an entry stands."""
    return items.key(_partition(entry), items.event_sk(_number(entry)))


def letter_key(key: LetterKey) -> Item:
    """Where the record of a letter stands."""
    return items.key(_partition(key.about), f"L#{_number(key.about):06}#{key.to}")


def letter_key_from(keys: Item) -> LetterKey:
    """The letter that an item's keys name. Raises KeyError for a key of something else."""
    _, number, to = keys["sk"]["S"].split("#", 2)
    return LetterKey(entry_from({"pk": keys["pk"], "sk": {"S": f"E#{number}"}}), to)


def letter_tag(key: LetterKey) -> str:
    """The key of a letter in letters, digits and ``-_``, as a mail service takes a tag."""
    stands = letter_key(key)
    plain = f"{stands['pk']['S']}|{stands['sk']['S']}".encode()
    return urlsafe_b64encode(plain).rstrip(b"=").decode()


def letter_from_tag(tag: str) -> LetterKey:
    """The letter that a tag names. Raises ValueError for a tag of something else."""
    try:
        plain = urlsafe_b64decode(tag + "=" * (-len(tag) % 4)).decode()
        pk, _, sk = plain.partition("|")
        return letter_key_from({"pk": {"S": pk}, "sk": {"S": sk}})
    except (ValueError, KeyError, IndexError) as error:
        raise ValueError(f"No letter is called {tag!r}.") from error


def pending_keys(entry: OutboxEntry, at: datetime) -> Item:
    """The keys of the `pending` index, for an entry recorded at this instant (UTC)."""
    return items.pending_keys(at, f"{_partition(entry)}#{_number(entry):06}")


def duty_log_partition(community: str, on: date) -> str:
    """Where the entries of a day of the duty log stand."""
    return f"LOG#{community}#{on:%Y-%m-%d}"


def entry_from(keys: Item) -> OutboxEntry:
    """The entry that an item's keys name. Raises KeyError for a key of something else."""
    kind, _, rest = keys["pk"]["S"].partition("#")
    return _READ[kind](rest.split("#"), int(keys["sk"]["S"].removeprefix("E#")))


def _partition(entry: OutboxEntry) -> str:
    return _PARTITIONS[type(entry)](entry)


def _number(entry: OutboxEntry) -> int:
    """Its number in its partition; what is alone there is the first."""
    return entry.number if isinstance(entry, ComplaintEvent | EntryWritten | AddressChanged) else 1


def _batch_partition(batch: AlertBatch) -> str:
    return f"BATCH#{batch.community}#{batch.to}#{items.instant(batch.ends_at)}"


_PARTITIONS: Mapping[type[OutboxEntry], Callable[[Any], str]] = {
    ComplaintEvent: lambda event: items.complaint_pk(event.reference),
    EntryWritten: lambda entry: duty_log_partition(entry.community, entry.on),
    ImportFinished: lambda finished: f"IMPORT#{finished.run_id}",
    AlertBatch: _batch_partition,
    WorkdayStart: lambda start: f"WORKDAY#{start.community}#{start.on:%Y-%m-%d}",
    AddressChanged: lambda changed: f"ADDRESS#{changed.staff_id}",
}
_READ: Mapping[str, Callable[[list[str], int], OutboxEntry]] = {
    "C": lambda parts, number: ComplaintEvent(parts[0], number),
    "LOG": lambda parts, number: EntryWritten(parts[0], date.fromisoformat(parts[1]), number),
    "IMPORT": lambda parts, _: ImportFinished(parts[0]),
    "BATCH": lambda parts, _: AlertBatch(parts[0], parts[1], datetime.fromisoformat(parts[2])),
    "ADDRESS": lambda parts, number: AddressChanged(parts[0], number),
    "WORKDAY": lambda parts, _: WorkdayStart(parts[0], date.fromisoformat(parts[1])),
}

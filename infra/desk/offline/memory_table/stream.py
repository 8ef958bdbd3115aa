"""The table's stream: what was written, in order, until it was carried on.

One shard, which the offline pump reads by itself. A record is as Lambda hands it over.
"""

import threading
import time
from collections import deque
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

from desk.offline.memory_table import values
from desk.offline.memory_table.values import Item

Record = dict[str, Any]

_EXPIRY = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
_IMAGES = {
    "KEYS_ONLY": (),
    "NEW_IMAGE": ("NewImage",),
    "OLD_IMAGE": ("OldImage",),
    "NEW_AND_OLD_IMAGES": ("NewImage", "OldImage"),
}


@dataclass(frozen=True)
class ItemChange:
    """One change of the table: an item before and after; `expired` when its time was over."""

    keys: Item
    before: Item | None
    after: Item | None
    expired: bool = False

    @property
    def name(self) -> str:
        """What DynamoDB calls the change."""
        if self.before is None:
            return "INSERT"
        return "REMOVE" if self.after is None else "MODIFY"


class Stream:
    """The records that wait to be carried."""

    def __init__(self, view: str, arn: str, region: str) -> None:
        self.arn = arn
        self._view, self._region = view, region
        self._numbers = count(1)
        self._waiting: deque[Record] = deque()
        self._arrived = threading.Condition()

    def add(self, change: ItemChange) -> None:
        """A change was made."""
        with self._arrived:
            self._waiting.append(self._record(change))
            self._arrived.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait so long at the most until a record waits; whether one does."""
        with self._arrived:
            return self._arrived.wait_for(lambda: bool(self._waiting), seconds)

    def first(self, most: int) -> list[Record]:
        """The oldest records that wait, so many at the most."""
        with self._arrived:
            return list(islice(self._waiting, most))

    def forget(self, count: int) -> None:
        """So many of the oldest records were carried."""
        with self._arrived:
            for _ in range(count):
                self._waiting.popleft()

    def _record(self, change: ItemChange) -> Record:
        number = f"{next(self._numbers):021}"
        images = {"NewImage": change.after, "OldImage": change.before}
        shown = {name: images[name] for name in _IMAGES[self._view]}
        record = {
            "ApproximateCreationDateTime": int(time.time()),  # noqa: TID251 - as DynamoDB has it
            "Keys": change.keys,
            **{name: values.copied(image) for name, image in shown.items() if image},
            "SequenceNumber": number,
            "SizeBytes": values.size_of(change.keys),
            "StreamViewType": self._view,
        }
        return {
            "eventID": number,
            "eventName": change.name,
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": self._region,
            "dynamodb": record,
            "eventSourceARN": self.arn,
            **({"userIdentity": _EXPIRY} if change.expired else {}),
        }

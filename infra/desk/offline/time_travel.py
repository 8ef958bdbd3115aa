"""Moves the offline clock from due time to due time, as the days would have gone."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.clock import MovableClock
from chalicelib.bootstrap import Container
from desk.offline.stream import Pump

_SHARDS = (
    ("due", "due_shard", items.DUE),
    ("due", "due_shard", items.VISITS),
    ("pending", "pending", items.BATCHED),
)
"""What the sweep asks for, each an index and a key in it: complaints, visits, alert batches."""
_A_DAY = timedelta(days=1)


def _nothing_expires(_: datetime) -> None:
    """For a table that keeps what has expired, as moto's does."""


@dataclass(frozen=True)
class TimeTravel:
    """Advances the clock; the sweep runs at each due time on the way.

    One journey at a time: two that are asked for at once follow each other. `expire` removes
    what the table was to keep until then.
    """

    container: Container
    clock: MovableClock
    pump: Pump
    expire: Callable[[datetime], None] = _nothing_expires
    _under_way: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def advance(self, by: timedelta) -> datetime:
        """Let this much time pass; returns the new time when every letter due was sent."""
        with self._under_way:
            return self._travel(by)

    def _travel(self, by: timedelta) -> datetime:
        self.pump.drain()
        until = self.clock.now() + by
        handled = ""
        while (due := self._next_due(handled)) <= items.instant(until):
            self._arrive(max(datetime.fromisoformat(due), self.clock.now()))
            handled = due
        return self._arrive(until)

    def _arrive(self, at: datetime) -> datetime:
        self.clock.move_to(at)
        self.expire(self.clock.now())
        self.container.sweep.go()
        self.pump.drain()
        return self.clock.now()

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401 - botocore's clients have no type
        return self.container.client("dynamodb")

    def _next_due(self, handled: str) -> str:
        """The earliest due time after the one handled, as the sweep's indexes sort it.

        What is still due after its round has failed, and holds nothing else up.
        """
        found = [self._first_due(*shard, handled) for shard in _SHARDS]
        return min(one for one in (*found, self._next_opening(handled)) if one)

    def _next_opening(self, handled: str) -> str:
        """When the next morning is begun; today's too, as long as no sweep went after it."""
        today = self.clock.now() - _A_DAY
        after = max(datetime.fromisoformat(handled), today) if handled else today
        return items.instant(self.container.start_workday.next_after(after))

    def _first_due(self, index: str, name: str, key: str, handled: str) -> str:
        at = f"{index}_at"
        found = self._client.query(
            TableName=self.container.settings.table_name,
            IndexName=index,
            KeyConditionExpression="#key = :key AND #at BETWEEN :after AND :never",
            ExpressionAttributeNames={"#key": name, "#at": at},
            ExpressionAttributeValues={
                ":key": {"S": key},
                ":after": {"S": f"{handled}#~"},
                ":never": {"S": items.NOTHING_SCHEDULED},
            },
            Limit=1,
        )["Items"]
        return next((item[at]["S"].partition("#")[0] for item in found), "")

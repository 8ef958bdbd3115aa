"""Moves the offline clock from due time to due time, as the days would have gone."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.clock import MovableClock
from chalicelib.bootstrap import Parts
from desk.offline.stream import Pump


@dataclass(frozen=True)
class TimeTravel:
    """Advances the clock; the rounds are made at each due time on the way.

    One journey at a time: two that are asked for at once follow each other.
    """

    parts: Parts
    clock: MovableClock
    pump: Pump
    _under_way: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def advance(self, by: timedelta) -> datetime:
        """Let this much time pass; returns the new time when every letter due was sent."""
        with self._under_way:
            return self._travel(by)

    def _travel(self, by: timedelta) -> datetime:
        self.pump.drain()
        until = self.clock.now() + by
        handled = ""
        while (due := self._next_due(handled)) and due <= items.instant(until):
            self._arrive(max(datetime.fromisoformat(due), self.clock.now()))
            handled = due
        return self._arrive(until)

    def _arrive(self, at: datetime) -> datetime:
        self.clock.move_to(at)
        self.parts.rounds.go()
        self.pump.drain()
        return self.clock.now()

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401 - botocore's clients have no type
        return self.parts.client("dynamodb")

    def _next_due(self, handled: str) -> str:
        """The earliest due time after the one handled, as the rounds' index sorts it; or none.

        What is still due after its round has failed, and holds nothing else up.
        """
        found = (self._first_due(shard, handled) for shard in (items.DUE, items.VISITS))
        return min((one for one in found if one), default="")

    def _first_due(self, shard: str, handled: str) -> str:
        found = self._client.query(
            TableName=self.parts.settings.table_name,
            IndexName="due",
            KeyConditionExpression="due_shard = :due AND due_at BETWEEN :after AND :never",
            ExpressionAttributeValues={
                ":due": {"S": shard},
                ":after": {"S": f"{handled}#~"},
                ":never": {"S": items.NOTHING_SCHEDULED},
            },
            Limit=1,
        )["Items"]
        return next((item["due_at"]["S"].partition("#")[0] for item in found), "")

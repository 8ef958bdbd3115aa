"""The rounds: what time has brought due, found by one query and handled one by one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.commands import TakeStock
from chalicelib.service.desk import Desk
from chalicelib.service.gatherings import Gatherings
from chalicelib.service.ports import Letters
from chalicelib.service.postroom import Postroom

STREAM_GRACE = timedelta(minutes=5)
"""How long the stream has to bring an event before the rounds look after its letters."""


@dataclass(frozen=True)
class RoundsReport:
    """What one round did: complaints looked at, events whose letters it took over, failures."""

    looked_at: int
    posted: int
    failed: tuple[str, ...]


@dataclass(frozen=True)
class Rounds:
    """The clock's own work. Safe to run twice: nothing is recorded or sent twice."""

    desk: Desk
    postroom: Postroom
    letters: Letters
    gatherings: Gatherings

    def go(self) -> RoundsReport:
        """Take stock of what is due, then post what was gathered or left behind by the stream."""
        now = self.desk.clock.now()
        due, late = self._each_due(now)
        gathered, kept = _one_by_one(self.gatherings.ended(now), self.postroom.post)
        posted, stuck = self._each_unsettled(now)
        return RoundsReport(due, gathered + posted, (*late, *kept, *stuck))

    def _each_due(self, now: datetime) -> tuple[int, list[str]]:
        references = self.desk.complaints.due(now)
        return _one_by_one(references, lambda one: self.desk.act(one, TakeStock(), by="clock"))

    def _each_unsettled(self, now: datetime) -> tuple[int, list[str]]:
        return _one_by_one(self.letters.unsettled(now - STREAM_GRACE), self.postroom.post)


def _one_by_one(items: Iterable[Any], handle: Callable[[Any], object]) -> tuple[int, list[str]]:
    """Handle each by itself: one that fails stops no other."""
    count, failed = 0, []
    for item in items:
        count += 1
        try:
            handle(item)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
            failed.append(f"{item}: {error!r}")
    return count, failed

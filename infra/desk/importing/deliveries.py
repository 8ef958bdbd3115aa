"""Deliveries: what one source brought since its last finished import, announced once.

An import that broke off leaves its rows under an unfinished delivery; the next run of
the source goes on with it, whatever became of the file in between. So each owner reads
of each open complaint in one summary, and a finished import run again tells nobody.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

from chalicelib.application.ports.imports import Imports
from chalicelib.application.records import ImportRun, Submitted
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.model import Complaint

ENDED_ELSEWHERE = "ended_elsewhere"
_ALERTED = "+alerts"
"""Ends the origin of complaints whose owner was told of each; no summary counts them."""


@dataclass(frozen=True)
class Delivery:
    """A delivery under way: the complaints it brought, in this run or one that broke off."""

    id: str
    source: str
    arrived: dict[str, Submitted] = field(default_factory=dict)

    def origin(self, *, alert: bool) -> str:
        """What a complaint keeps of how it came."""
        return f"{self.id}{_ALERTED}" if alert else self.id

    def add(self, submitted: Submitted) -> None:
        """Count a complaint, new or found, if this delivery brought it."""
        if submitted.origin in (self.id, self.origin(alert=True)):
            self.arrived[submitted.complaint.reference] = submitted

    def run(self) -> ImportRun:
        """The record of it: what is open by owner and severity, and how many had ended."""
        ended = sum(one.complaint.status == ENDED_ELSEWHERE for one in self.arrived.values())
        return ImportRun(self.id, self.source, self._owners(), ended)

    def _owners(self) -> Mapping[str, Mapping[str, int]]:
        owners: dict[str, Counter[str]] = defaultdict(Counter)
        for one in self._to_announce():
            if one.owner.staff:
                owners[one.owner.staff][one.severity or ""] += 1
        return owners

    def _to_announce(self) -> list[Complaint]:
        quiet = (one for one in self.arrived.values() if one.origin == self.id)
        return [one.complaint for one in quiet if one.complaint.is_open]


def next_delivery(source: str, imports: Imports) -> Delivery:
    """The first delivery of a source that is not finished."""
    name = hashlib.sha256(source.encode()).hexdigest()[:16]
    ids = (f"{name}-{number}" for number in count(1))
    return Delivery(next(one for one in ids if not _is_finished(one, imports)), source)


def _is_finished(delivery: str, imports: Imports) -> bool:
    try:
        imports.run(delivery)
    except NotFoundError:
        return False
    return True

"""Complaints in a dictionary."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain.errors import ChangedMeanwhileError, FormUsedError, NotFoundError
from chalicelib.service.history import History
from chalicelib.service.ports import Submitted


@dataclass(frozen=True)
class Kept:
    """What stands under one reference."""

    history: History
    digest: str
    origin: str
    due_at: datetime | None


@dataclass
class FakeComplaints:
    """The `Complaints` port."""

    kept: dict[str, Kept] = field(default_factory=dict)

    def submit(self, history, digest, household, due_at, origin=""):  # noqa: ARG002 - the port's
        """Keep it, or answer with what stands."""
        fresh = Kept(history, digest, origin, due_at)
        stood = self.kept.setdefault(history.complaint.reference, fresh)
        if stood.digest != digest:
            raise FormUsedError
        return Submitted(stood.history.complaint, stood is fresh, stood.origin)

    def load(self, reference):
        """What stands, whole."""
        if reference not in self.kept:
            raise NotFoundError
        return self.kept[reference].history

    def keep(self, before, after, due_at):
        """Replace what stands, if it is what was loaded."""
        stood = self.kept[after.complaint.reference]
        if len(stood.history.records) != len(before.records):
            raise ChangedMeanwhileError
        self.kept[after.complaint.reference] = replace(stood, history=after, due_at=due_at)

    def due(self, now):
        """What is open and scheduled by now, earliest first."""
        scheduled = {ref: one.due_at for ref, one in self.kept.items() if one.due_at}
        is_open = {ref for ref in scheduled if self.kept[ref].history.complaint.is_open}
        return sorted((ref for ref in is_open if scheduled[ref] <= now), key=scheduled.get)

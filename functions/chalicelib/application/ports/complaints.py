"""Where complaints are kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from chalicelib.application.history import History
from chalicelib.application.records import (
    Dossier,
    Line,
    Submitted,
)
from chalicelib.domain.events import EventRecord
from chalicelib.domain.model import Complaint


class Complaints(Protocol):
    """Where complaints are kept: the record, and indexes of what is due and of whose it is."""

    def submit(
        self,
        history: History,
        digest: str,
        households: Mapping[str, str],
        due_at: datetime | None,
        origin: str = "",
    ) -> Submitted:
        """Save a new complaint in one request, or find the same one saved before.

        `households` are the keys under which it is found again, by kind: unit, phone and
        email, those that there are. `origin` names the import that it came from. Raises
        FormUsedError when the reference stands with another digest.
        """
        ...

    def load(self, reference: str) -> History:
        """The whole record. Raises NotFoundError."""
        ...

    def dossier(self, reference: str) -> Dossier:
        """The whole record with its letters, in one request. Raises NotFoundError."""
        ...

    def forget_texts(self, reference: str) -> None:
        """Remove what was said of a complaint since its receipt, once its contact is gone."""
        ...

    def save(
        self,
        before: History,
        after: History,
        due_at: datetime | None,
        households: Mapping[str, str] | None = None,
    ) -> None:
        """Add what is new in one transaction. Raises ChangedMeanwhileError.

        `households` replace the keys under which it was found, where a contact was
        corrected. Once it is erased no word of any record is left, and no key. What is
        personal is kept for the policy's months after the end, and again without an end
        when it opens again.
        """
        ...

    def reschedule(self, complaint: Complaint, due_at: datetime | None) -> None:
        """Look at an open complaint at another time; left alone when it has changed meanwhile.

        This records nothing and tells nobody.
        """
        ...

    def open(self) -> tuple[Line, ...]:
        """Every open complaint, in one request."""
        ...

    def visits(self) -> tuple[Line, ...]:
        """Every ended complaint that is still to be asked after, in one request."""
        ...

    def lines(self, references: Iterable[str]) -> tuple[Line, ...]:
        """These complaints, open or ended, in this order; unknown ones are left out."""
        ...

    def of_household(self, key: str) -> tuple[str, ...]:
        """The references of the complaints that stand under a household's key, newest first."""
        ...

    def happened(
        self, community: str, start: datetime, end: datetime
    ) -> tuple[tuple[str, EventRecord], ...]:
        """What happened in a community from `start` to before `end` (UTC), oldest first.

        Each with its complaint's reference, and without words. A receipt or an end that
        was imported counts when it happened.
        """
        ...

    def due(self, now: datetime) -> Iterable[str]:
        """The references of complaints whose next due time has come, earliest first."""
        ...

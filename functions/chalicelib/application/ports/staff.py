"""The staff directory, and the sessions of its people and the filters that they keep."""

from collections.abc import Iterable
from typing import Protocol

from chalicelib.application.saved_filters import QUEUE, SavedFilter
from chalicelib.application.sessions import Session, StaffSnapshot
from chalicelib.domain.staff import Directory, Staff
from chalicelib.domain.staff_log import StaffRecord


class StaffReader(Protocol):
    """The staff directory, to look at."""

    def directory(self) -> Directory:
        """All staff, in one request."""
        ...


class StaffBook(StaffReader, Protocol):
    """The staff directory, and beside each member of staff their sessions and filters."""

    def snapshot(self) -> StaffSnapshot:
        """All staff with their sessions and filters, in one request."""
        ...

    def put(
        self, staff: Staff, version: int | None = None, record: StaffRecord | None = None
    ) -> None:
        """Add or replace a member of staff; their sessions stay, unless disabled.

        Their filters stay, too. The `record` of it is kept in the same transaction, and with
        it the outbox's entry of a change of address.

        `version` is the one that was read before the change, 0 for somebody new. Raises
        ChangedMeanwhileError when it is not that any more.
        """
        ...

    def begin_session(
        self, staff_id: str, digest: str, session: Session, dropped: Iterable[str] = ()
    ) -> None:
        """Keep a session in place of some others. Raises NotFoundError for nobody's."""
        ...

    def renew_session(self, staff_id: str, digest: str, session: Session) -> bool:
        """Write down that a session is used; False when it has ended meanwhile."""
        ...

    def end_session(self, staff_id: str, digest: str) -> None:
        """End one session, if there is such a one."""
        ...

    def end_sessions(self, staff_id: str) -> None:
        """End all sessions of one person."""
        ...

    def keep_filter(self, staff_id: str, one: SavedFilter) -> bool:
        """Keep a filter in place of one of the same page and name.

        False where the person is nobody, or keeps `saved_filters.MOST` others.
        """
        ...

    def drop_filter(self, staff_id: str, name: str, page: str = QUEUE) -> None:
        """Keep a filter no longer, if there is such a one."""
        ...

"""Who of the staff is asking, from the token that their browser shows."""

from dataclasses import dataclass

from chalicelib.application.keys import Keys
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.staff import StaffBook
from chalicelib.application.saved_filters import SavedFilter
from chalicelib.application.sessions import (
    Session,
    StaffSnapshot,
    browser_of,
    digest_of,
    is_over,
    is_stale,
    token_from,
)
from chalicelib.domain.staff import Directory, Staff


@dataclass(frozen=True)
class Principal:
    """A member of staff who is signed in, all their colleagues, and the sign of their forms.

    `filters` are those that they keep.
    """

    staff: Staff
    directory: Directory
    csrf: str
    filters: tuple[SavedFilter, ...] = ()


@dataclass(frozen=True)
class Authentication:
    """Begins and ends sessions and knows them again, with one request for each page."""

    staff: StaffBook
    keys: Keys
    clock: Clock

    def begin(self, staff_id: str, user_agent: str) -> str:
        """A new session, and its token: always a fresh one, whatever the browser had before."""
        now = self.clock.now()
        token = token_from(self.keys.entropy(32))
        session = Session(now, now, browser_of(user_agent))
        dropped = self.staff.snapshot().to_drop(staff_id, now)
        self.staff.begin_session(staff_id, digest_of(token), session, dropped)
        return token

    def principal(self, token: str, user_agent: str) -> Principal | None:
        """Who shows this token; None when it is nobody's, over, or another browser's.

        A token that turns up in another browser was copied: it ends for both.
        """
        if not token:
            return None
        digest = digest_of(token)
        snapshot = self.staff.snapshot()
        found = snapshot.holder(digest)
        if found is None or found[0].disabled or is_over(found[1], self.clock.now()):
            return None
        staff, session = found
        if session.browser != browser_of(user_agent):
            self.staff.end_session(staff.id, digest)
            return None
        return self._seen(snapshot, staff, digest, session, token)

    def end(self, token: str) -> None:
        """Sign this browser out; nothing when it was not signed in."""
        digest = digest_of(token)
        found = self.staff.snapshot().holder(digest)
        if found:
            self.staff.end_session(found[0].id, digest)

    def end_all(self, staff_id: str) -> None:
        """Sign a member of staff out everywhere."""
        self.staff.end_sessions(staff_id)

    def _seen(
        self, snapshot: StaffSnapshot, staff: Staff, digest: str, session: Session, token: str
    ) -> Principal | None:
        now = self.clock.now()
        if is_stale(session, now):
            seen = Session(session.began_at, now, session.browser)
            if not self.staff.renew_session(staff.id, digest, seen):
                return None
        kept = snapshot.filters.get(staff.id, ())
        return Principal(staff, snapshot.directory, self.keys.form_sign(token), kept)

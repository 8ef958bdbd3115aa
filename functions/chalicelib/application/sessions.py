"""Sessions of the staff: what one is, how long it lasts, and when it is over.

The browser holds a token; kept is only its digest, beside the member of staff whose it
is, so that one look at the staff tells who asks and whether they still may.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.application.saved_filters import SavedFilter
from chalicelib.domain.staff import Directory, Staff

IDLE = timedelta(minutes=60)
"""Who does nothing for this long is signed out."""
LONGEST = timedelta(hours=12)
"""However busy somebody is, they sign in again after this."""
SEEN_EVERY = timedelta(minutes=5)
"""A session's use is written down no more often than this."""
MOST = 10
"""The sessions that one person may have at once."""

_TOKEN_BYTES = 32


@dataclass(frozen=True)
class Session:
    """A sign-in: when it began and was last used (UTC), and the digest of its browser."""

    began_at: datetime
    seen_at: datetime
    browser: str


@dataclass(frozen=True)
class StaffSnapshot:
    """All staff with their sessions, by staff id and then by the digest of the token.

    `versions` count the changes of each person's entry, so that two editors notice each other;
    `filters` are those that each keeps, in the order of their names.
    """

    directory: Directory
    sessions: Mapping[str, Mapping[str, Session]] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    filters: Mapping[str, tuple[SavedFilter, ...]] = field(default_factory=dict)

    def holder(self, digest: str) -> tuple[Staff, Session] | None:
        """Whose session this is, disabled or not."""
        for staff in self.directory.staff:
            session = self.sessions.get(staff.id, {}).get(digest)
            if session:
                return staff, session
        return None

    def to_drop(self, staff_id: str, now: datetime) -> tuple[str, ...]:
        """The sessions that make room for a new one: those over, and the oldest beyond the most."""
        own = self.sessions.get(staff_id, {})
        over = {digest for digest, one in own.items() if is_over(one, now)}
        oldest_first = sorted(own.keys() - over, key=lambda digest: own[digest].began_at)
        return (*sorted(over), *oldest_first[: max(0, len(oldest_first) - MOST + 1)])


def is_over(session: Session, now: datetime) -> bool:
    """Whether it was idle for too long, or has lasted for long enough."""
    return now - session.seen_at >= IDLE or now - session.began_at >= LONGEST


def is_stale(session: Session, now: datetime) -> bool:
    """Whether it is time to write down that somebody is still there."""
    return now - session.seen_at >= SEEN_EVERY


def token_from(entropy: bytes) -> str:
    """The token of a new session: 256 bits, as a cookie can carry them."""
    return entropy[:_TOKEN_BYTES].hex()


def digest_of(token: str) -> str:
    """What is kept of a token: enough to know it again, and nothing to sign in with."""
    return hashlib.sha256(token.encode()).hexdigest()


def browser_of(user_agent: str) -> str:
    """What is kept of a browser: enough to notice that it is another one."""
    return hashlib.sha256(user_agent.encode()).hexdigest()[:16]

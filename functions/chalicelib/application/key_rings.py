"""The server's keys as they are kept: two rings, each key with its number and its days.

One ring is for what lasts, the residents' codes, references and households; the other for the
signs of forms, which end with a session. A new key is accepted at once and makes nothing for
`SETTLING`: a function that is warm has read the keys already, and would refuse what a newer one
makes.
"""

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.application.keys import LEAST_BYTES, WeakKeyError, require_strong

Ring = Literal["codes", "forms"]
RINGS: tuple[Ring, ...] = ("codes", "forms")
SETTLING = timedelta(hours=24)
"""Longer than any function stays warm."""
KEPT: dict[Ring, int] = {"codes": 8, "forms": 2}
"""How many keys of a ring are accepted: codes stand in letters for years, forms a day at most."""


class TooSoonError(Exception):
    """Raised for a ring whose newest key makes nothing yet; `until` is when it begins to."""

    def __init__(self, ring: Ring, until: datetime) -> None:
        super().__init__(f"{ring}: the newest key makes nothing before {until.isoformat()}")
        self.ring, self.until = ring, until


class StoredKey(Struct, frozen=True):
    """A key: made at, making from (instants in UTC), and its bytes in base64."""

    number: int
    made_at: datetime
    makes_from: datetime
    secret: str


class KeyRings(Struct, frozen=True):
    """Both rings, each newest first."""

    codes: tuple[StoredKey, ...]
    forms: tuple[StoredKey, ...]

    def ring(self, name: Ring) -> tuple[StoredKey, ...]:
        """The ring of this name."""
        return self.codes if name == "codes" else self.forms

    def secrets(self, name: Ring, source: str, now: datetime) -> tuple[bytes, ...]:
        """The keys of a ring, the one that makes first. Raises WeakKeyError naming a bad one."""
        ring = self.ring(name)
        settled = [key for key in ring if key.makes_from <= now]
        waiting = [key for key in ring if key.makes_from > now]
        ring_name = f"{source}: {name}"
        ordered = (*settled, *waiting)
        named = {f"key {key.number}": _decoded(key, ring_name) for key in ordered}
        return require_strong(ring_name, named)


Entropy = Callable[[int], bytes]


def new_rings(now: datetime, entropy: Entropy) -> KeyRings:
    """One key in each ring, making from now on."""
    return KeyRings(*((_key(1, now, now, entropy),) for _ in RINGS))


def rotated(  # noqa: PLR0913 - what a new key depends on
    rings: KeyRings,
    name: Ring,
    now: datetime,
    entropy: Entropy,
    keep: int | None = None,
    *,
    at_once: bool = False,
) -> KeyRings:
    """A new key in this ring; of the others the newest stay, `KEPT` unless `keep` says how many.

    `at_once` makes by it from now on, and warm functions refuse that until they end. Raises
    TooSoonError while the newest makes nothing yet.
    """
    ring = rings.ring(name)
    if not at_once and ring and ring[0].makes_from > now:
        raise TooSoonError(name, ring[0].makes_from)
    number = 1 + max((key.number for key in ring), default=0)
    new = _key(number, now, now if at_once else now + SETTLING, entropy)
    return replace(rings, **{name: (new, *ring)[: keep or KEPT[name]]})


def _key(number: int, now: datetime, makes_from: datetime, entropy: Entropy) -> StoredKey:
    secret = base64.urlsafe_b64encode(entropy(LEAST_BYTES)).decode()
    return StoredKey(number, now, makes_from, secret)


def _decoded(key: StoredKey, ring_name: str) -> bytes:
    try:
        return base64.b64decode(key.secret, altchars=b"-_", validate=True)
    except ValueError:
        raise WeakKeyError(f"{ring_name}: key {key.number} is not base64.") from None

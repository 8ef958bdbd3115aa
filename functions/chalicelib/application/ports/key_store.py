"""Where the server's keys are kept, out of reach of whoever may read a function's settings."""

from typing import Protocol

from chalicelib.application.key_rings import KeyRings


class NoKeysError(Exception):
    """Raised where no keys are kept yet; the message names the place."""


class KeysExistError(Exception):
    """Raised instead of writing new keys over others, which would void every resident's code."""


class KeyStore(Protocol):
    """One place with both rings."""

    def read(self) -> KeyRings:
        """Both rings, in one request. Raises NoKeysError, or WeakKeyError when it is no ring."""
        ...

    def create(self, rings: KeyRings) -> None:
        """Keep the first keys. Raises KeysExistError."""
        ...

    def replace(self, rings: KeyRings) -> None:
        """Keep these in the place of what was there."""
        ...

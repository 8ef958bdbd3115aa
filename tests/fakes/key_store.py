"""The server's keys, in memory."""

from chalicelib.application.key_rings import KeyRings
from chalicelib.application.ports.key_store import KeysExistError, NoKeysError


class FakeKeyStore:
    """The `KeyStore` port without a cloud."""

    def __init__(self):
        self.rings: KeyRings | None = None

    def read(self):
        """Both rings."""
        if self.rings is None:
            raise NoKeysError("nowhere")
        return self.rings

    def create(self, rings):
        """The first keys."""
        if self.rings is not None:
            raise KeysExistError("here")
        self.rings = rings

    def replace(self, rings):
        """Others in their place."""
        self.rings = rings

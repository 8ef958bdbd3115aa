"""Storage of photos in dictionaries."""

import hashlib
from dataclasses import dataclass, field

from chalicelib.application.ports.photo_store import Arrived
from chalicelib.domain.errors import NotFoundError


@dataclass
class FakePhotoStore:
    """The `PhotoStore` port."""

    incoming: dict = field(default_factory=dict)
    saved: dict = field(default_factory=dict)

    def send(self, key, content):
        """A browser sends a file."""
        self.incoming[key] = content

    def arrived(self, key):
        """The file, while it is there."""
        if key not in self.incoming:
            raise NotFoundError
        content = self.incoming[key]
        return Arrived(content, hashlib.md5(content, usedforsecurity=False).hexdigest())

    def dismiss(self, key):
        """Forget it."""
        self.incoming.pop(key, None)

    def save(self, reference, photo, copies):
        """Keep both copies."""
        self.saved[reference, photo] = copies

    def kept(self, reference, photo):
        """The large copy."""
        copies = self.saved.get((reference, photo))
        return copies.large if copies else b""

    def discard(self, reference, photo):
        """Forget both."""
        self.saved.pop((reference, photo), None)

    def discard_all(self, reference):
        """Forget all of one complaint."""
        self.saved = {key: copies for key, copies in self.saved.items() if key[0] != reference}

    def photos(self, reference):
        """The ids of what is kept of a complaint."""
        return {photo for owner, photo in self.saved if owner == reference}

"""Addresses that say what they are for."""

from chalicelib.application.ports.presigned_urls import LARGE, Upload


class FakePresignedUrls:
    """The `PresignedUrls` port."""

    origin = "https://photos.example"

    def upload(self, folder, back):
        """Where to, and what for."""
        return Upload(self.origin, {"key": f"{folder}${{filename}}", "then": back})

    def link(self, reference, photo, which=LARGE):
        """An address that says what it shows."""
        return f"{self.origin}/{reference}/{photo}{which}"

    def file(self, key):
        """An address that says what it leads to."""
        return f"{self.origin}/{key}"

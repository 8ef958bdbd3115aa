"""A craft that takes whatever begins with ``picture`` for one."""

from chalicelib.application.ports.image_processor import Copies, ImageRefusedError


class FakeImageProcessor:
    """The `ImageProcessor` port."""

    def copies(self, content):
        """Copies that tell what they are of."""
        if not content.startswith(b"picture"):
            raise ImageRefusedError("not_a_picture")
        return Copies(b"large " + content, b"small " + content)

"""Files aside in S3, under a name that nobody guesses; the bucket deletes them after a day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chalicelib.application.ports.presigned_urls import PresignedUrls

FOLDER = "exports/"
_BYTES = 24


@dataclass(frozen=True)
class S3Downloads:
    """The `Downloads` port over an S3 client."""

    client: Any
    bucket: str
    urls: PresignedUrls
    entropy: Callable[[int], bytes]

    def offer(self, name: str, kind: str, content: bytes) -> str:
        """Put the object, and sign its address."""
        key = f"{FOLDER}{self.entropy(_BYTES).hex()}/{name}"
        self.client.put_object(
            Bucket=self.bucket,
            Key=key,
            Body=content,
            ContentType=kind,
            ContentDisposition=f'attachment; filename="{name}"',
            CacheControl="private, no-store",
        )
        return self.urls.file(key)

"""Photos in S3: where files arrive, and where the copies are kept."""

from dataclasses import dataclass
from typing import Any

from chalicelib.application.ports.image_processor import Copies
from chalicelib.application.ports.photo_store import Arrived
from chalicelib.application.ports.presigned_urls import LARGE, SMALL
from chalicelib.domain.errors import NotFoundError


def photo_key(reference: str, photo: str, which: str = LARGE) -> str:
    """Where a copy of a photo is kept."""
    return f"{_folder(reference)}{photo}{which}.jpg"


@dataclass(frozen=True)
class S3Photos:
    """The `PhotoStore` port over an S3 client."""

    client: Any
    bucket: str

    def arrived(self, key: str) -> Arrived:
        """The object. Raises NotFoundError; that takes the right to list the bucket (else 403)."""
        try:
            answer = self.client.get_object(Bucket=self.bucket, Key=key)
        except self.client.exceptions.NoSuchKey:
            raise NotFoundError from None
        return Arrived(answer["Body"].read(), answer["ETag"].strip('"'))

    def dismiss(self, key: str) -> None:
        """Delete the object; there may be none."""
        self.client.delete_object(Bucket=self.bucket, Key=key)

    def save(self, reference: str, photo: str, copies: Copies) -> None:
        """Put both copies; the small one last, as it is the one that a page shows."""
        for which, content in ((LARGE, copies.large), (SMALL, copies.small)):
            self.client.put_object(
                Bucket=self.bucket,
                Key=photo_key(reference, photo, which),
                Body=content,
                ContentType="image/jpeg",
                CacheControl="private, max-age=3600",
            )

    def kept(self, reference: str, photo: str) -> bytes:
        """The large copy of a photo; nothing where there is none any more."""
        try:
            key = photo_key(reference, photo, LARGE)
            answer = self.client.get_object(Bucket=self.bucket, Key=key)
        except self.client.exceptions.NoSuchKey:
            return b""
        content: bytes = answer["Body"].read()
        return content

    def discard(self, reference: str, photo: str) -> None:
        """Delete both copies; there may be none."""
        for which in (LARGE, SMALL):
            self.dismiss(photo_key(reference, photo, which))

    def discard_all(self, reference: str) -> None:
        """Delete whatever stands in the complaint's folder, on the record or not."""
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=_folder(reference)
        )
        for found in (one for page in pages for one in page.get("Contents", ())):
            self.dismiss(found["Key"])


def _folder(reference: str) -> str:
    return f"photos/{reference}/"

"""Signed leave to send a file to S3, or to see one: computed here, without a request or a client.

A client of S3 would read its whole model first, on the resident's own page; the signing alone
needs none of it. The signatures hold for the real time, whatever the product's clock says, and
no longer than the credentials that made them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import quote

from botocore.auth import S3SigV4PostAuth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest

from chalicelib.adapters.photo_store import photo_key
from chalicelib.application.ports.presigned_urls import LARGE, Upload
from chalicelib.domain.photos import MOST_BYTES

UPLOAD_FOR = timedelta(minutes=15)
LINK_FOR = timedelta(hours=1)
FILE_FOR = timedelta(minutes=5)
_ANY_PICTURE = "image/jpeg"
"""What a form without a script calls its file; `PhotoProcessing` looks at the file itself."""


@dataclass(frozen=True)
class SignedUrls:
    """The `PresignedUrls` port. `endpoint` leads to another cloud than AWS's own, if any."""

    bucket: str
    region: str
    endpoint: str
    credentials: Callable[[], Any]

    @cached_property
    def origin(self) -> str:
        """S3's own host of the bucket; another cloud has one host for all of them."""
        if self.endpoint:
            return self.endpoint.rstrip("/")
        suffix = ".cn" if self.region.startswith("cn-") else ""
        return f"https://{self.bucket}.s3.{self.region}.amazonaws.com{suffix}"

    def upload(self, folder: str, back: str) -> Upload:
        """A signed policy: this folder, this size, a picture, and where it leads thereafter."""
        key = f"{folder}${{filename}}"
        then = {"success_action_redirect": back} if back else {"success_action_status": "201"}
        fields = {"key": key, **then, "Content-Type": _ANY_PICTURE}
        conditions: list[Any] = [
            {"bucket": self.bucket},
            ["starts-with", "$key", folder],
            ["content-length-range", 1, MOST_BYTES],
            ["starts-with", "$Content-Type", "image/"],
            then,
        ]
        expires_at = datetime.now(UTC) + UPLOAD_FOR  # noqa: TID251 - S3 reads the real time
        policy = {"expiration": f"{expires_at:%Y-%m-%dT%H:%M:%SZ}", "conditions": conditions}
        request = AWSRequest("POST", self._address)
        request.context |= {"s3-presign-post-fields": fields, "s3-presign-post-policy": policy}
        S3SigV4PostAuth(self.credentials(), "s3", self.region).add_auth(request)
        return Upload(self._address, fields)

    def link(self, reference: str, photo: str, which: str = LARGE) -> str:
        """A signed address of a copy."""
        return self._signed(photo_key(reference, photo, which), LINK_FOR)

    def file(self, key: str) -> str:
        """A signed address of the object itself."""
        return self._signed(key, FILE_FOR)

    def _signed(self, key: str, lasting: timedelta) -> str:
        request = AWSRequest("GET", f"{self._address.rstrip('/')}/{quote(key)}")
        seconds = int(lasting.total_seconds())
        auth = S3SigV4QueryAuth(self.credentials(), "s3", self.region, expires=seconds)
        auth.add_auth(request)
        return str(request.url)

    @property
    def _address(self) -> str:
        return f"{self.origin}/{self.bucket}" if self.endpoint else f"{self.origin}/"

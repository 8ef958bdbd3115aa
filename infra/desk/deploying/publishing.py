"""Puts the built site into its bucket, and has the edge ask for it anew.

What has not changed is not sent, what the site no longer has is taken away last, and the edge is
told once at the end: nobody is led to a page that is not there yet.
"""

import hashlib
import mimetypes
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HASHED = re.compile(r"\.[0-9a-f]{8,}\.(min\.)?\w+$")
"""Theme files whose name changes with their content: `bundle.79ae519e.min.js`."""
_FOR_GOOD = "public, max-age=31536000, immutable"
_TEXTS = ("text/", "application/javascript", "application/json", "application/xml", "image/svg")
_MOST_AT_ONCE = 1000


@dataclass(frozen=True)
class Published:
    """How many files were sent and taken away."""

    sent: int
    removed: int


@dataclass(frozen=True)
class StaticSite:
    """A site's bucket and the distribution before it, over clients of S3 and CloudFront."""

    s3: Any
    cloudfront: Any
    bucket: str
    distribution: str

    def compare(self, site: Path) -> Published:
        """How many files would be sent and taken away."""
        _, changed, gone = self._differences(site)
        return Published(len(changed), len(gone))

    def publish(self, site: Path) -> Published:
        """Bring the bucket to what stands in the folder `site`."""
        files, changed, gone = self._differences(site)
        # Pages last: what they load is there before they are.
        for name in sorted(changed, key=lambda name: (name.endswith(".html"), name)):
            self._put(name, files[name])
        for start in range(0, len(gone), _MOST_AT_ONCE):
            named = [{"Key": name} for name in gone[start : start + _MOST_AT_ONCE]]
            self.s3.delete_objects(Bucket=self.bucket, Delete={"Objects": named, "Quiet": True})
        self._forget_at_the_edge()
        return Published(len(changed), len(gone))

    def _differences(self, site: Path) -> tuple[dict[str, Path], list[str], list[str]]:
        """The site's files by name, the names of those that are new or changed, and of the gone."""
        there = dict(self._kept())
        files = {path.relative_to(site).as_posix(): path for path in _files(site)}
        changed = [name for name, path in files.items() if there.get(name) != _tag(path)]
        return files, changed, sorted(set(there) - set(files))

    def _kept(self) -> Iterator[tuple[str, str]]:
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        for page in pages:
            for one in page.get("Contents", ()):
                yield one["Key"], one["ETag"].strip('"')

    def _put(self, name: str, path: Path) -> None:
        headers = {"ContentType": content_type(name)}
        if _HASHED.search(name):
            headers["CacheControl"] = _FOR_GOOD
        self.s3.put_object(Bucket=self.bucket, Key=name, Body=path.read_bytes(), **headers)

    def _forget_at_the_edge(self) -> None:
        """One path, whatever changed: a thousand of them a month cost nothing.

        Each time, as a deployment that broke off may have sent files and told nobody.
        """
        self.cloudfront.create_invalidation(
            DistributionId=self.distribution,
            InvalidationBatch={
                "Paths": {"Quantity": 1, "Items": ["/*"]},
                "CallerReference": secrets.token_hex(16),
            },
        )


def content_type(name: str) -> str:
    """What a browser is told that a file is; texts are UTF-8."""
    kind, packed = _KINDS.guess_type(name)
    if packed or kind is None:
        return "application/gzip" if packed == "gzip" else "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(_TEXTS) else kind


# This machine's own table of types is left alone: it differs from one to the next.
_KINDS = mimetypes.MimeTypes(filenames=())
_KINDS.add_type("application/javascript", ".js")
_KINDS.add_type("font/woff2", ".woff2")


def _files(site: Path) -> Iterator[Path]:
    """What is shown; hidden files are the build's own."""
    for path in sorted(site.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path


def _tag(path: Path) -> str:
    """What S3 calls this content, where it encrypts by its own keys."""
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()

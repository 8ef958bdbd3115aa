"""What was deployed, kept in the bucket of releases.yaml: the code, and the company's files.

Code is kept under its content, so that what has not changed is neither sent nor deployed anew.
The company's files are kept under the moment and their content; the application's stack names
the version that runs.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from desk.company import CompanyFiles
from desk.deploying.stage import Stage

ORGANISATION_FILE = "organisation.toml"
POLICY_FILE = "policy.toml"
"""What the company's files are called under their version."""

_SHOWN = 12
"""Digits of a content's hash that tell one version of the files from another."""


class UnreadableFilesError(Exception):
    """The files that run are not there, or none for this checkout's code; says which and why."""


def code_key(path: Path) -> str:
    """Where a zip is kept: by its content."""
    return f"code/{hashlib.sha256(path.read_bytes()).hexdigest()}/{path.name}"


def version_of(company: CompanyFiles, running: str, now: datetime) -> str:
    """The name of the files' version: the one that runs while they are the same, else a new one.

    `now` is in UTC.
    """
    content = b"\0".join(path.read_bytes() for path in (company.organisation, company.policy))
    digest = hashlib.sha256(content).hexdigest()[:_SHOWN]
    if running.endswith(f"-{digest}"):
        return running
    return f"company/{now.astimezone(UTC):%Y-%m-%dT%H.%M.%SZ}-{digest}"


@dataclass(frozen=True)
class Releases:
    """The bucket, over an S3 client."""

    client: Any
    bucket: str

    def keep_code(self, archives: Iterable[Path]) -> None:
        """Put the zips that are not there yet."""
        for path in archives:
            key = code_key(path)
            if not self._is_kept(key):
                self.client.put_object(Bucket=self.bucket, Key=key, Body=path.read_bytes())

    def keep_company(self, version: str, company: CompanyFiles) -> bool:
        """Put both files under this version, which is never written again; whether it is new."""
        is_new = False
        for path, name in (
            (company.organisation, ORGANISATION_FILE),
            (company.policy, POLICY_FILE),
        ):
            key = f"{version}/{name}"
            if not self._is_kept(key):
                self.client.put_object(Bucket=self.bucket, Key=key, Body=path.read_bytes())
                is_new = True
        return is_new

    def fetch_company(self, version: str, into: Path) -> CompanyFiles:
        """The files of a version, written into a folder."""
        for name in (ORGANISATION_FILE, POLICY_FILE):
            (into / name).write_bytes(self.company_file(version, name))
        return CompanyFiles(into / ORGANISATION_FILE, into / POLICY_FILE)

    def company_file(self, version: str, name: str) -> bytes:
        """One of the files of a version. Raises UnreadableFilesError where it is not there."""
        key = f"{version}/{name}"
        try:
            found = self.client.get_object(Bucket=self.bucket, Key=key)
        except self.client.exceptions.NoSuchKey as error:
            raise UnreadableFilesError(f"s3://{self.bucket}/{key}") from error
        content: bytes = found["Body"].read()
        return content

    def newest_company(self) -> str:
        """The newest version of the company's files; blank where there is none."""
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix="company/"
        )
        keys = (one["Key"] for page in pages for one in page.get("Contents", ()))
        return max((key.rpartition("/")[0] for key in keys), default="")

    def _is_kept(self, key: str) -> bool:
        try:
            self.client.head_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:  # noqa: PLR2004 - HTTP's
                return False
            raise
        return True


def running_version(stage: Stage) -> str:
    """The version of the company's files that runs, or that ran last; blank where none ever did."""
    releases, application = stage.stack("releases"), stage.stack("application")
    if application:
        return application.outputs["CompanyFiles"]
    if not releases:
        return ""
    return Releases(stage.client("s3"), releases.outputs["ReleasesBucket"]).newest_company()


def code_places(bucket: str, archives: Iterable[Path]) -> Mapping[str, str]:
    """Where each zip is, by its name, as CloudFormation is told."""
    return {path.name: f"s3://{bucket}/{code_key(path)}" for path in archives}

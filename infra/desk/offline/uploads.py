"""S3's answer to a form, offline: moto takes any form, S3 only what its signed policy allows.

What a browser sees here is what it would see of S3: the same statuses, the same XML, the same
redirect, and to a script of another origin than the site's nothing at all.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.sax.saxutils import escape

from botocore.auth import S3SigV4PostAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from werkzeug.wrappers import Request, Response

Put = Callable[[str, str, bytes, str], str]
"""Keeps an object: bucket, key, content, type; its tag comes back."""
_UNSIGNED = ("file", "policy", "x-amz-signature")


class S3RefusedError(Exception):
    """Raised for a form that S3 would not take: status, code and what it says."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


@dataclass(frozen=True)
class Uploads:
    """Takes forms for S3, with the one pair of keys that there is offline.

    `site_url` is the origin that the bucket's CORS rule names.
    """

    credentials: Credentials
    region: str
    site_url: str
    put: Put

    def answer(self, request: Request) -> Response:
        """What S3 answers to this form."""
        answer = self._answer(request.path.strip("/"), request)
        if request.headers.get("Origin") == self.site_url:
            answer.headers["Access-Control-Allow-Origin"] = self.site_url
            answer.headers["Vary"] = "Origin"
        return answer

    def _answer(self, bucket: str, request: Request) -> Response:
        try:
            return self._taken(bucket, request)
        except S3RefusedError as refused:
            body = _xml("Error", {"Code": refused.code, "Message": refused.message})
            return Response(body, refused.status, mimetype="application/xml")

    def _taken(self, bucket: str, request: Request) -> Response:
        file = request.files.get("file")
        if file is None:
            raise S3RefusedError(400, "InvalidArgument", "POST requires exactly one file upload.")
        form = {**request.form, "bucket": bucket}
        name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
        form["key"] = form.get("key", "").replace("${filename}", name)
        content = file.read()
        self._check(form, content)
        tag = self.put(bucket, form["key"], content, form.get("Content-Type", ""))
        return _done(form, tag)

    def _check(self, form: Mapping[str, str], content: bytes) -> None:
        """Raises S3RefusedError where the policy does not allow it."""
        policy = form.get("policy", "")
        if self._signature(policy, form) != form.get("x-amz-signature"):
            raise S3RefusedError(403, "SignatureDoesNotMatch", "The signature does not match.")
        signed = json.loads(base64.b64decode(policy))
        if datetime.now(UTC) > datetime.fromisoformat(signed["expiration"]):  # noqa: TID251 - as S3 does
            raise _denied("Policy expired.")
        for condition in signed["conditions"]:
            _require(condition, form, len(content))
        _require_known(signed["conditions"], form)

    def _signature(self, policy: str, form: Mapping[str, str]) -> str:
        request = AWSRequest("POST", "")
        request.context["timestamp"] = form.get("x-amz-date", "")
        auth = S3SigV4PostAuth(self.credentials, "s3", self.region)
        return str(auth.signature(policy, request))


def is_form(request: Request) -> bool:
    """Whether this is a form for S3."""
    return request.method == "POST" and request.mimetype == "multipart/form-data"


def _require(condition: Any, form: Mapping[str, str], size: int) -> None:  # noqa: ANN401 - as JSON has it
    match condition:
        case ["content-length-range", low, high]:
            if size < low:
                raise S3RefusedError(400, "EntityTooSmall", "Your proposed upload is too small.")
            if size > high:
                raise S3RefusedError(400, "EntityTooLarge", "Your proposed upload is too large.")
        case ["starts-with", name, start]:
            if not form.get(name.removeprefix("$"), "").startswith(start):
                raise _failed(condition)
        case dict():
            if any(form.get(name) != value for name, value in condition.items()):
                raise _failed(condition)


def _require_known(conditions: list[Any], form: Mapping[str, str]) -> None:
    """S3 takes no field that its policy does not speak of."""
    known: set[str] = set(_UNSIGNED)
    for one in conditions:
        known |= set(one) if isinstance(one, dict) else {str(one[1]).removeprefix("$")}
    extra = sorted(set(form) - known)
    if extra:
        raise _denied(f"Extra input fields: {', '.join(extra)}")


def _failed(condition: Any) -> S3RefusedError:  # noqa: ANN401 - as above
    return _denied(f"Policy Condition failed: {json.dumps(condition)}")


def _denied(message: str) -> S3RefusedError:
    return S3RefusedError(403, "AccessDenied", f"Invalid according to Policy: {message}")


def _done(form: Mapping[str, str], tag: str) -> Response:
    where = {"bucket": form["bucket"], "key": form["key"], "etag": tag}
    if back := form.get("success_action_redirect"):
        mark = "&" if urlsplit(back).query else "?"
        return Response("", 303, headers={"Location": f"{back}{mark}{urlencode(where)}"})
    if form.get("success_action_status") == "201":
        told = {"Bucket": form["bucket"], "Key": form["key"], "ETag": tag}
        return Response(_xml("PostResponse", told), 201, mimetype="application/xml")
    return Response("", 204)


def _xml(root: str, values: Mapping[str, str]) -> str:
    inside = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}>{inside}</{root}>'

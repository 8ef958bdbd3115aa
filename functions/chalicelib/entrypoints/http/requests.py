"""What a request sent, and the language its reader understands."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

from chalice.app import Request

from chalicelib import locales
from chalicelib.entrypoints.http.media_types import FORM, JSON

MOST_BYTES = 128 * 1024
"""A full form in percent-encoded Chinese takes less than half of it."""
MOST_FIELDS = 200


class RequestError(Exception):
    """Raised for a body that cannot be taken: the status, and the key of its sentence."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(f"{status} {key}")
        self.status = status
        self.key = key


def content_type(request: Request) -> str:
    """The media type of the body, without parameters."""
    return str(request.headers.get("content-type", "")).split(";")[0].strip().lower()


def fields(request: Request) -> dict[str, object]:
    """The fields of a form or a JSON object.

    Raises RequestError: 413 too large, 415 of another type, 400 not readable.
    """
    readers = {FORM: _form, JSON: _json}
    reader = readers.get(content_type(request))
    if reader is None:
        raise RequestError(415, "wrong_type")
    body: bytes = request.raw_body  # type: ignore[assignment] # it is always bytes
    if len(body) > MOST_BYTES:
        raise RequestError(413, "too_large")
    try:
        return reader(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise RequestError(400, "unreadable") from error


def query(request: Request, name: str) -> str:
    """One value of the address; blank when it is not there."""
    found: Mapping[str, str] = request.query_params or {}
    return str(found.get(name, ""))


def wants_json(request: Request) -> bool:
    """Whether the reader is a program: it asks for JSON, or sends it and asks for no page."""
    accept = str(request.headers.get("accept", ""))
    return JSON in accept or (content_type(request) == JSON and "text/html" not in accept)


def language(request: Request, sent: object = None) -> str:
    """The reader's language: the one sent with the form, else the browser's."""
    if sent in locales.LANGUAGES:
        return str(sent)
    return locales.preferred(str(request.headers.get("accept-language", "")))


def _form(body: str) -> dict[str, object]:
    pairs = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    return dict(pairs)


def _json(body: str) -> dict[str, object]:
    """API Gateway hands JSON over as text, with U+FFFD for what was not UTF-8."""
    if "\ufffd" in body:
        raise ValueError("Not UTF-8.")
    value = json.loads(body, parse_constant=_no_constant)
    if not isinstance(value, dict):
        raise ValueError("A JSON object is expected.")  # noqa: TRY004 - unreadable like the rest
    return value


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON.")

"""Answers text compressed, as the services in front of site and functions do."""

import gzip

from werkzeug.wrappers import Request, Response

LEAST_BYTES = 1000
"""What is smaller goes as it is: CloudFront compresses no less."""
_TEXT = ("application/javascript", "application/json", "application/problem+json")
_ENDINGS = ("+json", "+xml", "/xml")


def compressed(request: Request, response: Response) -> Response:
    """The answer, compressed where it is text and whoever asks takes gzip."""
    if not _is_text(response.mimetype) or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code == 200 and request.accept_encodings["gzip"] > 0:  # noqa: PLR2004 - OK
        _compress(response)
    return response


def _compress(response: Response) -> None:
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < LEAST_BYTES:
        return
    response.set_data(gzip.compress(body, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.remove("Accept-Ranges")
    tag, _ = response.get_etag()
    if tag:
        # Other bytes than those that the tag was made of, though of the same content.
        response.set_etag(tag, weak=True)


def _is_text(kind: str | None) -> bool:
    kind = kind or ""
    return kind in _TEXT or kind.startswith("text/") or kind.endswith(_ENDINGS)

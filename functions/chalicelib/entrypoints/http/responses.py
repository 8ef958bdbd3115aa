"""What is answered: pages, JSON and problems, each with the headers that protect it."""

import json
from collections.abc import Mapping

from chalice.app import Response

from chalicelib import locales

_Headers = dict[str, str | list[str]]
PROTECTION = {
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every answer has, whoever gives it: functions, API Gateway by itself, static pages."""
_ALWAYS: _Headers = {**PROTECTION, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def html(body: str, status: int = 200, photos_from: str = "") -> Response:
    """A page of ours; one with photos says where they come from."""
    from chalicelib.pages import security_policy
    from chalicelib.pages.with_photos import photo_policy

    policy = photo_policy(photos_from) if photos_from else security_policy()
    headers: _Headers = {
        **_ALWAYS,
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
    }
    return Response(body, status_code=status, headers=headers)


def desk_html(body: str, status: int = 200, photos_from: str = "") -> Response:
    """A page of the staff's desk: it may run its own script, and its forms say where they are."""
    from chalicelib.pages.desk import security_policy

    headers: _Headers = {
        **_ALWAYS,
        # Without a referrer policy of its own a browser would hide the origin of a form.
        "Referrer-Policy": "same-origin",
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": f"{security_policy(photos_from)}; frame-ancestors 'none'",
    }
    return Response(body, status_code=status, headers=headers)


def with_cookies(response: Response, *cookies: str) -> Response:
    """The same answer, which also sets these cookies."""
    before = response.headers.get("Set-Cookie", [])
    headers = {**response.headers, "Set-Cookie": [*before, *cookies]}
    return Response(response.body, status_code=response.status_code, headers=headers)


def with_header(response: Response, name: str, value: str) -> Response:
    """The same answer, with one more header."""
    headers = {**response.headers, name: value}
    return Response(response.body, status_code=response.status_code, headers=headers)


def data(value: Mapping[str, object], status: int = 200) -> Response:
    """A JSON object."""
    headers: _Headers = {**_ALWAYS, "Content-Type": "application/json"}
    return Response(_json(value), status_code=status, headers=headers)


def problem(status: int, title: str, errors: list[dict[str, str]] | None = None) -> Response:
    """A problem as RFC 9457 has it; `errors` are the fields' faults."""
    body: dict[str, object] = {"type": "about:blank", "title": title, "status": status}
    if errors is not None:
        body["errors"] = errors
    headers: _Headers = {**_ALWAYS, "Content-Type": "application/problem+json"}
    return Response(_json(body), status_code=status, headers=headers)


def see_other(path: str) -> Response:
    """Go and look there, with a GET."""
    return Response("", status_code=303, headers={**_ALWAYS, "Location": path})


def file(text: str, kind: str, name: str) -> Response:
    """A file to be kept under this name."""
    headers: _Headers = {
        **_ALWAYS,
        "Content-Type": f"{kind}; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(text, status_code=200, headers=headers)


def message(language: str, status: int, title: str, sentence: str) -> Response:
    """A page that says one thing."""
    from chalicelib.pages import page

    return html(page("message.j2", language, title=title, sentence=sentence), status)


def sorry(language: str, status: int, key: str, *, as_json: bool) -> Response:
    """The sentence ``request.<key>``, as a page or as a problem."""
    sentence = locales.say(language, f"request.{key}")
    if as_json:
        return problem(status, sentence)
    return message(language, status, locales.say(language, "request.title"), sentence)


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)

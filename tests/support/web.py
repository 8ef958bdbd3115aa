"""The functions over HTTP, as API Gateway asks them."""

import base64
import json
from urllib.parse import unquote, urlencode

from chalice.test import Client

import app

HTTP = Client(app.app).http
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def post_form(form, path="/complaints", **headers):
    """A browser sends a form; the one of a complaint as checked, from the page to check it."""
    return post_unchecked(
        {"checked": "yes", **form} if path == "/complaints" else form, path, **headers
    )


def post_unchecked(form, path="/complaints", **headers):
    """A browser sends the form as it was filled in."""
    body = urlencode(form).encode()
    return HTTP.post(path, headers={"content-type": FORM, **_named(headers)}, body=body)


def post_json(value, **headers):
    """A program sends JSON; a `bytes` value goes as it is."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return HTTP.post("/complaints", headers={"content-type": JSON, **_named(headers)}, body=body)


def post_bytes(body, content_type, **headers):
    """Bytes of some type, as API Gateway hands over what it does not take for text."""
    event = {
        "requestContext": {
            "httpMethod": "POST",
            "resourcePath": "/complaints",
            "path": "/complaints",
            "identity": {"sourceIp": "127.0.0.1"},
        },
        "headers": {"content-type": content_type, **_named(headers)},
        "pathParameters": {},
        "multiValueQueryStringParameters": None,
        "stageVariables": {},
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }
    return app.app(event, None)


def get(path, **headers):
    """A look at an address, its path decoded as API Gateway does."""
    plain, mark, query = path.partition("?")
    return HTTP.get(unquote(plain) + mark + query, headers=_named(headers))


def _named(headers):
    return {name.replace("_", "-"): value for name, value in headers.items()}

"""Addresses of the desk: which one was asked for, and to which a sign-in may lead."""

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlencode

from chalice.app import Request

HOME = "/desk"
SIGN_IN = "/desk/sign-in"
_OURS = re.compile(r"/desk(/[\w.~-]+)*(\?[\w.~%&=+-]*)?", re.ASCII)
_TRICKS = re.compile(r"/\.|%(?![2-9A-Fa-f][0-9A-Fa-f])")
_NOWHERE = ("/desk/sign-in", "/desk/sign-out")


def allowed(address: str) -> str:
    """The same address when it is one of the desk's own pages, else the desk itself.

    So that no link leads somebody who has just signed in to another site.
    """
    fits = _OURS.fullmatch(address) and not _TRICKS.search(address)
    return address if fits and not address.startswith(_NOWHERE) else HOME


def asked_for(request: Request) -> str:
    """The address of this request, with its query."""
    params = {name: quote(unquote(value), safe="") for name, value in _params(request).items()}
    path = request.path.format(**params)
    query = urlencode(query_of(request))
    return f"{path}?{query}" if query else path


def query_of(request: Request) -> dict[str, str]:
    """The query's parameters, the last of each name."""
    return {name: str(value) for name, value in (request.query_params or {}).items()}


def _params(request: Request) -> Mapping[str, str]:
    return request.uri_params or {}

"""Whether a slip is still being given out in this browser: until another page is opened.

A cookie ties it to the session and to the complaint; what leads away from reception forgets it.
"""

from chalice.app import Request, Response

from chalicelib.bootstrap import container
from chalicelib.entrypoints.http import cookies, responses
from chalicelib.entrypoints.http.blueprint import blueprint

_RECEPTION = ("/desk/new", "/desk/households")
_COMPLAINTS = "/desk/complaints/"


def begun(response: Response, reference: str) -> Response:
    """The same answer; from now on this browser gives out the complaint's slip."""
    site_url = container().settings.site_url
    value = _sign(blueprint.current_request, reference)
    return responses.with_cookies(response, cookies.written(cookies.RECEPTION, value, site_url))


def is_at(reference: str) -> bool:
    """Whether the browser has been at reception ever since the code was made."""
    request = blueprint.current_request
    return _given_out(request) == _sign(request, reference)


def left(request: Request, address: str, response: Response) -> Response:
    """The same answer, which forgets the slip where the address is no page of reception."""
    path = address.partition("?")[0]
    if not _given_out(request) or path in _RECEPTION:
        return response
    if path.startswith(_COMPLAINTS) and is_at(path.removeprefix(_COMPLAINTS).split("/")[0]):
        return response
    site_url = container().settings.site_url
    return responses.with_cookies(response, cookies.written(cookies.RECEPTION, "", site_url))


def _given_out(request: Request) -> str:
    return cookies.read(request, cookies.RECEPTION, container().settings.site_url)


def _sign(request: Request, reference: str) -> str:
    found = container()
    token = cookies.read(request, cookies.SIGNED_IN, found.settings.site_url)
    return found.keys.form_sign(f"{token}/{reference}")

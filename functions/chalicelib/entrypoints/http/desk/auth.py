"""Lets the staff in: who asks, whether the form is their own, and what was typed.

Nothing typed is ever lost: whoever is signed out meanwhile, or sends a form of an earlier
session, gets it back filled in, and nothing is done until it is sent again.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl

from botocore.exceptions import BotoCoreError, ClientError
from chalice.app import Request, Response

from chalicelib import locales
from chalicelib.application.saved_filters import SavedFilter
from chalicelib.bootstrap import Container, container
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.staff import Directory, Staff
from chalicelib.entrypoints.http import cookies, requests, responses
from chalicelib.entrypoints.http.blueprint import blueprint
from chalicelib.entrypoints.http.desk import addresses, auth_pages
from chalicelib.entrypoints.http.requests import RequestError
from chalicelib.entrypoints.http.routes import ROUTES, view_of

CSRF = "csrf"
AGAIN = "again"
"""The field of a form that shows what was typed once more, and does nothing."""


@dataclass(frozen=True)
class Visitor:
    """Who is signed in, and what they sent.

    `sent` are the fields of the form, without the token and the button; `kept` says that they
    are only to be shown again, for they were typed before signing in. `filters` are those that
    they keep.
    """

    staff: Staff
    directory: Directory
    csrf: str
    language: str
    sent: Mapping[str, str]
    query: Mapping[str, str]
    container: Container = field(repr=False)
    kept: bool = False
    filters: tuple[SavedFilter, ...] = ()


View = Callable[..., Response]
_VIEWS: dict[Any, View] = {}


def staff_only(view: View) -> View:
    """Stand before a view: it is called with a `Visitor` and what its address says."""

    @wraps(view)
    def guarded(**path: str) -> Response:
        return _guarded(view, path)

    _VIEWS[guarded] = view
    return guarded


def show_again(visitor: Visitor, return_to: "auth_pages.ReturnTo") -> Response:
    """The form that was sent before the sign-in, filled in as it was."""
    path, _, query = return_to.path.partition("?")
    view, params = _view_at(path)
    if view is None:
        return responses.see_other(addresses.HOME)
    asked = dict(parse_qsl(query, keep_blank_values=True))
    shown = replace(visitor, sent=return_to.typed or {}, query=asked, kept=True)
    return _called(view, shown, params, return_to.path)


def visitor_of(request: Request, token: str, sent: Mapping[str, str]) -> Visitor | None:
    """Who shows this token with this request; None for nobody."""
    found = container()
    principal = found.authentication.principal(token, user_agent(request))
    if principal is None:
        return None
    staff, query = principal.staff, addresses.query_of(request)
    kept = AGAIN in sent
    typed = {name: value for name, value in sent.items() if name not in (CSRF, AGAIN)}
    return Visitor(
        staff,
        principal.directory,
        principal.csrf,
        staff.language,
        typed,
        query,
        found,
        kept=kept,
        filters=principal.filters,
    )


def token_of(request: Request) -> str:
    """The token that the browser shows, or nothing."""
    return cookies.read(request, cookies.SIGNED_IN, container().settings.site_url)


def user_agent(request: Request) -> str:
    """How the browser calls itself."""
    return str(request.headers.get("user-agent", ""))


def _guarded(view: View, path: Mapping[str, str]) -> Response:
    request = blueprint.current_request
    is_post = request.method == "POST"
    try:
        sent = auth_pages.form_of(request) if is_post else {}
    except RequestError as error:
        language = requests.language(request)
        return responses.sorry(language, error.status, error.key, as_json=False)
    token = token_of(request)
    visitor = visitor_of(request, token, sent)
    address = addresses.asked_for(request)
    if visitor is None:
        return auth_pages.closed(
            request, auth_pages.ReturnTo(address, _typed(sent) if is_post else None)
        )
    if is_post and not container().keys.accepts_form_sign(token, sent.get(CSRF, "")):
        return _once_more(visitor, address, 403, ("nothing_done", "not_this_session"))
    from chalicelib.entrypoints.http.desk import at_reception

    return at_reception.left(request, address, _called(view, visitor, path, address))


def _called(view: View, visitor: Visitor, path: Mapping[str, str], address: str) -> Response:
    try:
        return view(visitor, **path)
    except NotFoundError:
        return _not_found(visitor)
    except (BotoCoreError, ClientError):
        blueprint.log.exception("The desk could not answer.")
        return _once_more(visitor, address, 503, ("no_answer", "failed"))


def _once_more(visitor: Visitor, address: str, status: int, keys: tuple[str, str]) -> Response:
    """A page that says title and sentence, keeps what was typed and leads back to the form."""
    from chalicelib.pages.desk import desk_page

    words = locales.desk(visitor.language)["sign_in"]
    body = desk_page(
        "once_more.j2",
        visitor,
        title=words[keys[0]],
        sentence=words[keys[1]],
        address=address,
        again=AGAIN,
        is_post=blueprint.current_request.method == "POST",
    )
    return responses.desk_html(body, status)


def _not_found(visitor: Visitor) -> Response:
    from chalicelib.pages.desk import desk_page

    words = locales.desk(visitor.language)["not_found"]
    title, sentence = words["title"], words["sentence"]
    return responses.desk_html(desk_page("sorry.j2", visitor, title=title, sentence=sentence), 404)


def _typed(sent: Mapping[str, str]) -> dict[str, str]:
    """What may stand in a page again: no sign of a session, and no password."""
    return {
        name: value
        for name, value in sent.items()
        if name not in (CSRF, AGAIN) and not name.startswith("password")
    }


def _view_at(path: str) -> tuple[View | None, dict[str, str]]:
    """The view that takes a form at this address, and what the address says to it."""
    for one in sorted(ROUTES, key=lambda route: route.path.count("{")):
        match = re.fullmatch(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", one.path), path)
        if match and "POST" in one.methods:
            return _VIEWS.get(view_of(one)), match.groupdict()
    return None, {}

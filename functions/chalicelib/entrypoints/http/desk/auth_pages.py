"""What the pages before a sign-in carry with them, and how their forms prove themselves.

Until somebody has signed in there is no session to sign a form with. So each such form
carries the sign of a cookie that only this browser has, and what another site sends is
refused before anything of it is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from chalice.app import Request, Response

from chalicelib import locales
from chalicelib.bootstrap import container
from chalicelib.entrypoints.http import cookies, requests, responses
from chalicelib.entrypoints.http.desk import addresses, csrf
from chalicelib.entrypoints.http.media_types import FORM
from chalicelib.entrypoints.http.requests import RequestError
from chalicelib.text_cleaning import BlankIfMissing

_KEPT = "kept-"


@dataclass(frozen=True)
class ReturnTo:
    """Where somebody was going; `typed` is the form that was sent there, None for a look."""

    path: str = addresses.HOME
    typed: Mapping[str, str] | None = None

    @property
    def fields(self) -> dict[str, str]:
        """The hidden fields that carry it from page to page."""
        typed = {f"{_KEPT}{name}": value for name, value in (self.typed or {}).items()}
        sends = {} if self.typed is None else {"sends": "yes"}
        return {"next": self.path, **sends, **typed}


def return_to_of(sent: Mapping[str, str]) -> ReturnTo:
    """Where a form before the sign-in leads back to, if that is a page of the desk."""
    path = addresses.allowed(sent.get("next", ""))
    if "sends" not in sent:
        return ReturnTo(path)
    found = {
        name.removeprefix(_KEPT): value for name, value in sent.items() if name.startswith(_KEPT)
    }
    return ReturnTo(path, found)


def form_of(request: Request) -> dict[str, str]:
    """The fields of a form of ours. Raises RequestError for any other."""
    if not csrf.is_ours(request, container().settings.site_url):
        raise RequestError(403, "not_ours")
    if requests.content_type(request) != FORM:
        raise RequestError(415, "wrong_type")
    return {name: str(value) for name, value in requests.fields(request).items()}


def closed(request: Request, return_to: ReturnTo) -> Response:
    """Not signed in: on to the sign-in, which carries what was typed."""
    if return_to.typed is None:
        return responses.see_other(f"{addresses.SIGN_IN}?{urlencode({'next': return_to.path})}")
    notice = "sign_in.signed_out_meanwhile"
    return page(request, "sign_in.j2", return_to, 401, notice=notice, who="")


def is_own(request: Request, sent: Mapping[str, str]) -> bool:
    """Whether a form before the sign-in was given to this very browser."""
    before = cookies.read(request, cookies.BEFORE, container().settings.site_url)
    return bool(before) and container().keys.accepts_form_sign(before, sent.get("csrf", ""))


def issued(request: Request, name: str, challenge: str) -> dict[str, str]:
    """The hidden fields of a sign-in's next step, signed for this browser."""
    sign = container().keys.form_sign(_step(request, name, challenge))
    return {"name": name, "challenge": challenge, "sign": sign}


def is_issued(request: Request, sent: Mapping[str, str]) -> bool:
    """Whether a step's fields are those that this browser was given, for the same person."""
    step = _step(request, sent.get("name", ""), sent.get("challenge", ""))
    return container().keys.accepts_form_sign(step, sent.get("sign", ""))


def _step(request: Request, name: str, challenge: str) -> str:
    before = cookies.read(request, cookies.BEFORE, container().settings.site_url)
    return f"{before}\x1f{name}\x1f{challenge}"


def page(  # noqa: PLR0913 - what every page before the sign-in is made of
    request: Request,
    template: str,
    return_to: ReturnTo,
    status: int = 200,
    *,
    errors: Mapping[str, str] | None = None,
    notice: str = "",
    sent: Mapping[str, str] | None = None,
    **content: object,
) -> Response:
    """A page before the sign-in. `errors` and `notice` are keys of sentences."""
    from chalicelib.pages.desk import bare_page

    found, language = container(), language_of(request, sent or {})
    site_url = found.settings.site_url
    before = cookies.read(request, cookies.BEFORE, site_url) or found.keys.entropy(32).hex()
    said = {name: locales.say_desk(language, key) for name, key in (errors or {}).items()}
    can_switch = request.method == "GET" and return_to.typed is None
    body = bare_page(
        template,
        language,
        errors=BlankIfMissing(said),
        notice=locales.say_desk(language, notice) if notice else "",
        switch=_switch(request, language) if can_switch else "",
        hidden={"csrf": found.keys.form_sign(before), "language": language, **return_to.fields},
        **content,
    )
    cookie = cookies.written(cookies.BEFORE, before, site_url)
    return responses.with_cookies(responses.desk_html(body, status), cookie)


def _switch(request: Request, language: str) -> str:
    """The address of the same page in the other language."""
    other = next(one for one in locales.LANGUAGES if one != language)
    query = addresses.query_of(request) | {"lang": other}
    return f"{request.path}?{urlencode(query)}"


def language_of(request: Request, sent: Mapping[str, str]) -> str:
    """The language chosen on the page, or else the browser's."""
    chosen = sent.get("language") or addresses.query_of(request).get("lang")
    return requests.language(request, chosen)

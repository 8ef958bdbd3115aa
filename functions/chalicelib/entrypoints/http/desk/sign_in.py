"""Signing in and out: password, a first password of one's own, a code, a forgotten password.

Each step changes something only when a form of ours is sent; each carries on where its
reader was going, and what was typed there.
"""

from collections.abc import Callable, Mapping
from functools import wraps

from chalice.app import Response

from chalicelib.application.ports.identity import (
    CodeNeeded,
    IdentityRefusedError,
    NewPasswordNeeded,
)
from chalicelib.application.sign_in import FactorNeeded
from chalicelib.bootstrap import container
from chalicelib.entrypoints.http import cookies, requests, responses
from chalicelib.entrypoints.http.blueprint import blueprint
from chalicelib.entrypoints.http.desk import addresses, auth, auth_pages, staff_view
from chalicelib.entrypoints.http.desk.auth_pages import ReturnTo
from chalicelib.entrypoints.http.requests import RequestError

Sent = Mapping[str, str]


def sign_in() -> Response:
    """The page on which the staff sign in."""
    request = blueprint.current_request
    query = addresses.query_of(request)
    return_to = auth_pages.return_to_of({"next": query.get("next", "")})
    notice = "sign_in.done_reset" if query.get("done") == "reset" else ""
    return auth_pages.page(request, "sign_in.j2", return_to, notice=notice, who="")


def forgot() -> Response:
    """The page that asks who has forgotten the password."""
    return auth_pages.page(blueprint.current_request, "forgot.j2", ReturnTo(), who="")


def own_form(view: Callable[[Sent, ReturnTo], Response]) -> Callable[[], Response]:
    """Check a form before the sign-in: it must come from the page that this browser was given."""

    @wraps(view)
    def checked() -> Response:
        request = blueprint.current_request
        try:
            sent = auth_pages.form_of(request)
        except RequestError as error:
            language = requests.language(request)
            return responses.sorry(language, error.status, error.key, as_json=False)
        return_to = auth_pages.return_to_of(sent)
        if auth_pages.is_own(request, sent):
            return view(sent, return_to)
        return _once_more(sent, return_to, 403, {"": "sign_in.other_browser"})

    return checked


@own_form
def try_password(sent: Sent, return_to: ReturnTo) -> Response:
    """Try the password."""
    missing = _missing(sent, "who", "password")
    if missing:
        return _once_more(sent, return_to, 422, missing)
    try:
        outcome = container().sign_in.start(sent["who"], sent["password"], _browser())
    except IdentityRefusedError as error:
        return _once_more(sent, return_to, 422, {"password": f"sign_in.{error.code}"})
    return _next(outcome, sent, return_to)


@own_form
def choose_password(sent: Sent, return_to: ReturnTo) -> Response:
    """Take a password of one's own in place of the temporary one."""
    errors = _password_errors(sent)
    name, challenge = sent.get("name", ""), sent.get("challenge", "")
    if not errors and auth_pages.is_issued(blueprint.current_request, sent):
        try:
            password = sent["password_new"]
            outcome = container().sign_in.set_new_password(name, challenge, password, _browser())
            return _next(outcome, sent, return_to)
        except IdentityRefusedError as error:
            errors = {"password_new": f"sign_in.{error.code}"}
    return _again("new_password.j2", sent, return_to, errors)


@own_form
def try_code(sent: Sent, return_to: ReturnTo) -> Response:
    """Try the code of the second factor."""
    errors = _missing(sent, "code")
    name, challenge = sent.get("name", ""), sent.get("challenge", "")
    if not errors and auth_pages.is_issued(blueprint.current_request, sent):
        try:
            outcome = container().sign_in.answer_code(name, challenge, sent["code"], _browser())
            return _next(outcome, sent, return_to)
        except IdentityRefusedError as error:
            errors = {"code": f"sign_in.{error.code}"}
    return _again("code.j2", sent, return_to, errors)


@own_form
def take_factor(sent: Sent, return_to: ReturnTo) -> Response:
    """Take the authenticator that their post wants, once it shows a right code."""
    errors = _missing(sent, "code", "password")
    name, secret = sent.get("name", ""), sent.get("challenge", "")
    if not auth_pages.is_issued(blueprint.current_request, sent):
        return _once_more(sent, return_to, 422, {"who": "sign_in.start_over"})
    if not errors:
        try:
            password, code = sent["password"], sent["code"]
            outcome = container().sign_in.take_factor(name, password, code, _browser())
            return _next(outcome, sent, return_to)
        except IdentityRefusedError as error:
            wrong = "code" if error.code == "wrong_code" else "password"
            errors = {wrong: f"sign_in.{error.code}"}
    return _enrol(sent, return_to, FactorNeeded(name, secret), errors)


@own_form
def send_code(sent: Sent, return_to: ReturnTo) -> Response:
    """Send a code, if there is such an account; the answer is the same if there is not."""
    request, errors = blueprint.current_request, _missing(sent, "who")
    who = sent.get("who", "")
    if not errors:
        try:
            container().sign_in.send_code(who)
        except IdentityRefusedError as error:
            errors = {"who": f"sign_in.{error.code}"}
    if errors:
        return auth_pages.page(
            request, "forgot.j2", return_to, 422, errors=errors, sent=sent, who=who
        )
    notice = "sign_in.code_sent"
    return auth_pages.page(request, "reset.j2", return_to, notice=notice, sent=sent, who=who)


@own_form
def reset(sent: Sent, return_to: ReturnTo) -> Response:
    """Set a new password with the code that was sent."""
    request = blueprint.current_request
    errors = _missing(sent, "code") | _password_errors(sent)
    who = sent.get("who", "")
    if not errors:
        try:
            container().sign_in.reset(who, sent["code"], sent["password_new"])
            return responses.see_other(f"{addresses.SIGN_IN}?done=reset")
        except IdentityRefusedError as error:
            wrong = "code" if error.code == "wrong_code" else "password_new"
            errors = {wrong: f"sign_in.{error.code}"}
    return auth_pages.page(request, "reset.j2", return_to, 422, errors=errors, sent=sent, who=who)


def _next(outcome: object, sent: Sent, return_to: ReturnTo) -> Response:
    """What is still needed; else they are signed in, and go on where they were going."""
    request = blueprint.current_request
    match outcome:
        case NewPasswordNeeded(name, challenge):
            issued = auth_pages.issued(request, name, challenge)
            return auth_pages.page(request, "new_password.j2", return_to, sent=sent, issued=issued)
        case CodeNeeded(name, challenge):
            issued = auth_pages.issued(request, name, challenge)
            return auth_pages.page(request, "code.j2", return_to, sent=sent, issued=issued)
        case FactorNeeded():
            return _enrol(sent, return_to, outcome, {})
        case _:
            return _signed_in(str(getattr(outcome, "token", "")), return_to)


def _enrol(
    sent: Sent, return_to: ReturnTo, needed: FactorNeeded, errors: Mapping[str, str]
) -> Response:
    """The secret for the authenticator; it stays on the page until a right code was shown."""
    request = blueprint.current_request
    language = auth_pages.language_of(request, sent)
    return auth_pages.page(
        request,
        "enrol.j2",
        return_to,
        422 if errors else 200,
        errors=errors,
        sent=sent,
        issued=auth_pages.issued(request, needed.staff_id, needed.secret),
        secret=needed.secret,
        address=staff_view.authenticator_address(language, needed.staff_id, needed.secret),
    )


def _signed_in(token: str, return_to: ReturnTo) -> Response:
    site_url = container().settings.site_url
    response = responses.see_other(return_to.path)
    visitor = auth.visitor_of(blueprint.current_request, token, {})
    if return_to.typed is not None and visitor:
        response = auth.show_again(visitor, return_to)
    fresh = cookies.written(cookies.SIGNED_IN, token, site_url)
    return responses.with_cookies(response, fresh, cookies.written(cookies.BEFORE, "", site_url))


def _once_more(sent: Sent, return_to: ReturnTo, status: int, errors: Mapping[str, str]) -> Response:
    request, who = blueprint.current_request, sent.get("who", "")
    return auth_pages.page(
        request, "sign_in.j2", return_to, status, errors=errors, sent=sent, who=who
    )


def _again(template: str, sent: Sent, return_to: ReturnTo, errors: Mapping[str, str]) -> Response:
    """The same step again; from the beginning when it took too long or was not given out."""
    request = blueprint.current_request
    if not auth_pages.is_issued(request, sent) or "sign_in.start_over" in errors.values():
        return _once_more(sent, return_to, 422, {"who": "sign_in.start_over"})
    issued = auth_pages.issued(request, sent["name"], sent["challenge"])
    return auth_pages.page(
        request, template, return_to, 422, errors=errors, sent=sent, issued=issued
    )


def _missing(sent: Sent, *names: str) -> dict[str, str]:
    return {name: f"sign_in.missing_{name}" for name in names if not sent.get(name, "").strip()}


def _password_errors(sent: Sent) -> dict[str, str]:
    missing = _missing(sent, "password_new", "password_again")
    if missing:
        return missing
    same = sent["password_new"] == sent["password_again"]
    return {} if same else {"password_again": "sign_in.not_the_same"}


def _browser() -> str:
    return auth.user_agent(blueprint.current_request)

"""One's own account: language, absence and deputy, the second factor, and signing out."""

from collections.abc import Mapping

from chalice.app import Response

from chalicelib import locales
from chalicelib.application.ports.identity import IdentityRefusedError
from chalicelib.bootstrap import container
from chalicelib.domain.errors import BadInputError, ChangedMeanwhileError
from chalicelib.domain.staff_log import StaffEvent
from chalicelib.entrypoints.http import cookies, responses
from chalicelib.entrypoints.http.blueprint import blueprint
from chalicelib.entrypoints.http.desk import addresses, auth, staff_log, staff_view
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import shown
from chalicelib.text_cleaning import BlankIfMissing

_ACCOUNT = "/desk/account"
_FACTOR = "/desk/account/second-factor"


@staff_only
def account(visitor: Visitor) -> Response:
    """What everybody decides for themselves."""
    return _account(visitor)


@staff_only
def change_account(visitor: Visitor) -> Response:
    """Save language, absence and deputy; what they own goes to who stands in."""
    from chalicelib.application.staff_form import StaffForm

    if visitor.kept:
        return _account(visitor, typed=visitor.sent)
    container = visitor.container
    form = StaffForm(visitor.sent, visitor.directory, container.organisation, container.clock.now())
    try:
        after = form.read_own(visitor.staff)
        handed_on = visitor.container.staffing.change_own(
            after, staff_view.version_of(visitor.sent)
        )
    except BadInputError as error:
        errors = staff_view.sentences(error, visitor.language)
        return _account(visitor, 422, typed=visitor.sent, errors=errors)
    except ChangedMeanwhileError:
        changed = {"": locales.say_desk(visitor.language, "staff.changed_meanwhile")}
        return _account(visitor, 409, typed=visitor.sent, errors=changed)
    return responses.see_other(f"{_ACCOUNT}?{staff_view.done('saved', handed_on)}")


@staff_only
def second_factor(visitor: Visitor) -> Response:
    """Begin with an authenticator, or leave it."""
    return _factor(visitor)


@staff_only
def change_second_factor(visitor: Visitor) -> Response:
    """One step of it; each takes the password."""
    step = "" if visitor.kept else visitor.sent.get("step", "")
    errors = _missing(visitor, step)
    if errors or not step:
        return _factor(visitor, 422 if errors else 200, errors)
    try:
        secret = _stepped(visitor, step)
    except IdentityRefusedError as error:
        wrong = "code" if error.code == "wrong_code" else "password"
        sentence = locales.say_desk(visitor.language, f"sign_in.{error.code}")
        return _factor(visitor, 422, {wrong: sentence})
    if secret:
        return _factor(visitor, secret=secret)
    return responses.see_other(f"{_ACCOUNT}?done=factor_{step}")


@staff_only
def sign_out(visitor: Visitor) -> Response:
    """End this session; but not the one of a sign-in that came in between."""
    if visitor.kept:
        return responses.see_other(addresses.HOME)
    visitor.container.authentication.end(auth.token_of(blueprint.current_request))
    return _signed_out()


@staff_only
def sign_out_everywhere(visitor: Visitor) -> Response:
    """End all their sessions, in whatever browser."""
    if visitor.kept:
        return responses.see_other(_ACCOUNT)
    visitor.container.authentication.end_all(visitor.staff.id)
    staff_log.note(visitor, StaffEvent.SIGNED_OUT)
    return _signed_out()


def _signed_out() -> Response:
    gone = cookies.written(cookies.SIGNED_IN, "", container().settings.site_url)
    return responses.with_cookies(responses.see_other(addresses.SIGN_IN), gone)


def _account(
    visitor: Visitor,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    from chalicelib.application.staff_form import typed_from

    typed = typed or typed_from(visitor.staff)
    return shown(
        "account.j2",
        visitor,
        status,
        here="account",
        typed=BlankIfMissing(typed),
        errors=BlankIfMissing(errors or {}),
        version=staff_view.present_version(visitor, visitor.staff.id),
        deputies=staff_view.deputies(visitor, visitor.staff, typed.get("deputy", "")),
        factor_on=visitor.container.second_factor.is_on(visitor.staff.id),
        factor_needed=visitor.container.second_factor.is_needed(visitor.staff),
        notice=staff_view.notice(visitor),
        records=staff_log.of_person(visitor, visitor.staff.id),
    )


def _factor(
    visitor: Visitor,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    secret: str = "",
) -> Response:
    """The secret stays on the page until a right code was shown."""
    secret = secret or visitor.sent.get("secret", "")
    return shown(
        "second_factor.j2",
        visitor,
        status,
        here="account",
        errors=BlankIfMissing(errors or {}),
        secret=secret,
        is_on=visitor.container.second_factor.is_on(visitor.staff.id),
        is_needed=visitor.container.second_factor.is_needed(visitor.staff),
        address=staff_view.authenticator_address(visitor.language, visitor.staff.id, secret),
    )


def _stepped(visitor: Visitor, step: str) -> str:
    """Do the step; the secret where one was made. Raises IdentityRefusedError."""
    factor, sent, staff_id = visitor.container.second_factor, visitor.sent, visitor.staff.id
    match step:
        case "begin":
            return factor.begin(staff_id, sent["password"])
        case "confirm":
            factor.confirm(staff_id, sent["password"], sent["code"])
        case _:
            factor.leave(visitor.staff, sent["password"], sent["code"])
    return ""


def _missing(visitor: Visitor, step: str) -> dict[str, str]:
    needed = {"begin": ("password",), "": ()}.get(step, ("password", "code"))
    return {
        name: locales.say_desk(visitor.language, f"sign_in.missing_{name}")
        for name in needed
        if not visitor.sent.get(name, "").strip()
    }

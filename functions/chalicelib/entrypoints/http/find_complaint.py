"""How a resident finds a complaint again: by reference and code, or by asking for the code."""

from urllib.parse import quote

from chalice.app import Request, Response

from chalicelib import locales
from chalicelib.bootstrap import container
from chalicelib.domain.references import tidied_code, tidied_reference
from chalicelib.entrypoints.http import requests, responses
from chalicelib.entrypoints.http.blueprint import blueprint
from chalicelib.entrypoints.http.handle_errors import handle_errors


@handle_errors
def find() -> Response:
    """The form to find a complaint; sent, it leads to the complaint, which a GET shows or not."""
    request = blueprint.current_request
    if request.method == "GET":
        language = requests.language(request, requests.query(request, "language"))
        return find_page(language, "find")
    sent = requests.fields(request)
    reference = tidied_reference(str(sent.get("reference", "")))
    code = tidied_code(str(sent.get("code", "")))
    return responses.see_other(f"/complaints/{quote(reference) or '-'}?code={quote(code)}")


@handle_errors
def lost_code() -> Response:
    """Send the code to the address on record, and say the same whether there is one or not."""
    request = blueprint.current_request
    if request.method == "GET":
        return only_posted(request, "")
    sent = requests.fields(request)
    language = requests.language(request, sent.get("language"))
    reference = tidied_reference(str(sent.get("reference", "")))
    if not reference:
        return _lacking(request, language)
    container().resident_actions.ask_code(reference)
    if requests.wants_json(request):
        return responses.data({"message": locales.say(language, "find.sent")})
    return find_page(language, "sent", reference=reference)


def not_found(request: Request, reference: str, language: str | None = None) -> Response:
    """404 with the form to find it: the same for a wrong code and an unknown reference."""
    chosen = language or requests.language(request)
    if requests.wants_json(request):
        return responses.sorry(chosen, 404, "not_found", as_json=True)
    return find_page(chosen, "not_found", 404, tidied_reference(reference))


def only_posted(request: Request, reference: str) -> Response:
    """405 for a look at what only a button of the page does, with the way to that page."""
    language = requests.language(request)
    if requests.wants_json(request):
        found = responses.sorry(language, 405, "only_posted", as_json=True)
    else:
        found = find_page(language, "only_posted", 405, tidied_reference(reference))
    return responses.with_header(found, "Allow", "POST")


def find_page(
    language: str, says: str, status: int = 200, reference: str = "", error: str = ""
) -> Response:
    """The page to find a complaint on; `says` is why it is shown, `error` what is lacking."""
    from chalicelib.entrypoints.http.resident_view import shown

    communities = container().organisation.communities
    content = {"says": says, "reference": reference, "error": error, "communities": communities}
    return shown("find.j2", language, status, **content)


def _lacking(request: Request, language: str) -> Response:
    label = locales.say(language, "page.reference")
    sentence = locales.say(language, "field.required", label=label)
    if requests.wants_json(request):
        error = {"field": "reference", "code": "required", "message": sentence}
        title = locales.say(language, "form.errors_title")
        return responses.problem(422, title, [error])
    return find_page(language, "find", 422, error=sentence)

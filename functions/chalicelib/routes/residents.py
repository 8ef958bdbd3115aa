"""What residents see of their complaints: the page of each, and the way to find it."""

from urllib.parse import quote

from chalice.app import Blueprint, Request, Response

from chalicelib.bootstrap import parts
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.references import tidied_code, tidied_reference
from chalicelib.routes import answers, requests
from chalicelib.routes.promises import promised
from chalicelib.routes.requests import RequestError
from chalicelib.service.presentation import Presenter

residents = Blueprint(__name__)


@residents.route("/complaints/{reference}", methods=["GET"])
def look(reference: str) -> Response:
    """A complaint's page, for whoever has its code; else 404 and the form to find it."""
    request, desk = residents.current_request, parts().desk
    code = str((request.query_params or {"code": ""}).get("code", ""))
    try:
        history = desk.look(reference, code)
    except NotFoundError:
        return _not_found(request, reference)
    complaint = history.complaint
    if requests.wants_json(request):
        return answers.data({"status": complaint.status} | promised(complaint))
    from chalicelib.service.resident_page import resident_page

    presenter = Presenter(
        desk.policy, desk.organisation, parts().settings.site_url, complaint.language
    )
    content = resident_page(history, desk.staff.directory(), presenter)
    code = desk.keys.code(complaint.reference, complaint.code_version)
    return _page("complaint.j2", complaint.language, code=code, **content)


@residents.route("/complaints/find", methods=["POST"], content_types=["*/*"])
def find() -> Response:
    """Go to the complaint with this reference and code, which a GET then shows or does not."""
    request = residents.current_request
    try:
        sent = requests.fields(request)
    except RequestError as error:
        return answers.sorry(requests.language(request), error.status, error.key, as_json=False)
    reference = tidied_reference(str(sent.get("reference", "")))
    code = tidied_code(str(sent.get("code", "")))
    return answers.see_other(f"/complaints/{quote(reference) or '-'}?code={quote(code)}")


def _not_found(request: Request, reference: str) -> Response:
    language = requests.language(request)
    if requests.wants_json(request):
        return answers.sorry(language, 404, "not_found", as_json=True)
    return _page("find.j2", language, 404, reference=tidied_reference(reference))


def _page(template: str, language: str, status: int = 200, **content: object) -> Response:
    from chalicelib.pages import page

    return answers.html(page(template, language, **content), status)

"""Leave to send photos, and what the resident's own page says of them."""

from typing import TYPE_CHECKING, Any

from chalice.app import Blueprint, Request, Response

from chalicelib.bootstrap import parts
from chalicelib.domain.errors import NotFoundError, RefusedError
from chalicelib.domain.photos import MOST
from chalicelib.routes import answers, requests
from chalicelib.routes.not_found import not_found
from chalicelib.routes.requests import RequestError

if TYPE_CHECKING:
    from chalicelib.service.history import History
    from chalicelib.service.presentation import Presenter

photo_uploads = Blueprint(__name__)
_CONFLICT = 409


@photo_uploads.route("/complaints/{reference}/photos", methods=["POST"], content_types=["*/*"])
def invite(reference: str) -> Response:
    """Leave to send one photo, for a script; a browser goes back to the page and its form."""
    request, desk = photo_uploads.current_request, parts().desk
    try:
        sent = requests.fields(request)
        history = desk.look(reference, str(sent.get("code", "")))
    except RequestError as error:
        as_json = requests.wants_json(request)
        return answers.sorry(requests.language(request), error.status, error.key, as_json=as_json)
    except NotFoundError:
        return not_found(request, reference)
    if requests.wants_json(request):
        return _invited(history)
    complaint = history.complaint
    code = desk.keys.code(complaint.reference, complaint.code_version)
    return answers.see_other(f"/complaints/{complaint.reference}?code={code}#photos")


def photos_of(
    history: "History", code: str, request: Request, presenter: "Presenter"
) -> dict[str, Any]:
    """The section of photos, for a page made with `pages.with_photos`."""
    from chalicelib.service.photo_section import PhotoSection

    section = PhotoSection(parts().album, presenter, code)
    return section.content(history, _sent(request))


def _invited(history: "History") -> Response:
    try:
        upload = parts().album.invite(history.complaint)
    except RefusedError as error:
        from chalicelib.service.refusals import sentence

        return answers.problem(_CONFLICT, sentence(error, history.complaint.language))
    return answers.data({"url": upload.url, "fields": dict(upload.fields)})


def _sent(request: Request) -> list[tuple[str, str]]:
    """The keys and tags of files that storage took, as it told the browser."""
    query = request.query_params
    if query is None or "key" not in query or "etag" not in query:
        return []
    pairs = zip(query.getlist("key"), query.getlist("etag"), strict=False)
    return list(pairs)[:MOST]

"""Leave to send photos one by one, as the script of a complaint's own page asks for it."""

from chalice.app import Blueprint, Request, Response

from chalicelib.bootstrap import parts
from chalicelib.domain.errors import NotFoundError, RefusedError
from chalicelib.domain.photos import MOST
from chalicelib.routes import answers, requests
from chalicelib.routes.faults import answered
from chalicelib.routes.finding import not_found, only_posted

photo_uploads = Blueprint(__name__)
_CONFLICT = 409


@photo_uploads.route(
    "/complaints/{reference}/photos", methods=["GET", "POST"], content_types=["*/*"]
)
@answered(photo_uploads)
def invite(reference: str) -> Response:
    """Leave to send one photo, for a script; a browser goes back to the page and its form."""
    from chalicelib.routes.resident_view import looked_at

    request = photo_uploads.current_request
    if request.method == "GET":
        return only_posted(request, reference)
    sent = requests.fields(request)
    try:
        view = looked_at(parts(), reference, str(sent.get("code", "")))
    except NotFoundError:
        return not_found(request, reference)
    if not requests.wants_json(request):
        return answers.see_other(f"{view.path}#photos")
    try:
        upload = parts().album.invite(view.history.complaint)
    except RefusedError as error:
        from chalicelib.service.refusals import sentence

        return answers.problem(_CONFLICT, sentence(error, view.language))
    return answers.data({"url": upload.url, "fields": dict(upload.fields)})


def sent_to_storage(request: Request) -> list[tuple[str, str]]:
    """The keys and tags of files that storage took, as it told the browser that it led back."""
    query = request.query_params
    if query is None or "key" not in query or "etag" not in query:
        return []
    pairs = zip(query.getlist("key"), query.getlist("etag"), strict=False)
    return list(pairs)[:MOST]

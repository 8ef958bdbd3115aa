"""Leave to send photos one by one, as the script of a complaint's own page asks for it."""

from chalice.app import Request, Response

from chalicelib.bootstrap import container
from chalicelib.domain.errors import NotFoundError, RefusedError
from chalicelib.domain.photos import MOST
from chalicelib.entrypoints.http import requests, responses
from chalicelib.entrypoints.http.blueprint import blueprint
from chalicelib.entrypoints.http.find_complaint import not_found, only_posted
from chalicelib.entrypoints.http.handle_errors import handle_errors

_CONFLICT = 409


@handle_errors
def invite(reference: str) -> Response:
    """Leave to send one photo, for a script; a browser goes back to the page and its form."""
    from chalicelib.entrypoints.http.resident_view import looked_at

    request = blueprint.current_request
    if request.method == "GET":
        return only_posted(request, reference)
    sent = requests.fields(request)
    try:
        view = looked_at(container(), reference, str(sent.get("code", "")))
    except NotFoundError:
        return not_found(request, reference)
    if not requests.wants_json(request):
        return responses.see_other(f"{view.path}#photos")
    try:
        upload = container().photo_links.invite(view.history.complaint)
    except RefusedError as error:
        from chalicelib.views.refusals import sentence

        return responses.problem(_CONFLICT, sentence(error, view.language))
    return responses.data({"url": upload.url, "fields": dict(upload.fields)})


def sent_to_storage(request: Request) -> list[tuple[str, str]]:
    """The keys and tags of files that storage took, as it told the browser that it led back."""
    query = request.query_params
    if query is None or "key" not in query or "etag" not in query:
        return []
    pairs = zip(query.getlist("key"), query.getlist("etag"), strict=False)
    return list(pairs)[:MOST]

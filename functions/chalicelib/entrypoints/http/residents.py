"""A complaint's own page: whoever has its code sees it, and says there what they have to say."""

from chalice.app import Response

from chalicelib.bootstrap import container
from chalicelib.domain.errors import NotFoundError
from chalicelib.entrypoints.http import photo_uploads, requests
from chalicelib.entrypoints.http.blueprint import blueprint
from chalicelib.entrypoints.http.find_complaint import not_found, only_posted
from chalicelib.entrypoints.http.handle_errors import handle_errors


@handle_errors
def look(reference: str) -> Response:
    """A complaint's page, for whoever has its code; else 404 and the form to find it."""
    from chalicelib.entrypoints.http.resident_view import looked_at

    request = blueprint.current_request
    try:
        view = looked_at(container(), reference, requests.query(request, "code"))
    except NotFoundError:
        return not_found(request, reference)
    if requests.wants_json(request):
        return view.data()
    sent = photo_uploads.sent_to_storage(request)
    return view.page(done=requests.query(request, "done"), photos_sent=sent)


@handle_errors
def act(reference: str, verb: str) -> Response:
    """Do what was pressed, once, and lead back to the page; a look does nothing."""
    from chalicelib.application.resident_actions import RESIDENT_VERBS
    from chalicelib.entrypoints.http.resident_actions import Sent, said

    request = blueprint.current_request
    if verb not in RESIDENT_VERBS:
        return not_found(request, reference)
    if request.method == "GET":
        return only_posted(request, reference)
    sent = requests.fields(request)
    return said(Sent(request, reference, verb, sent, container(), blueprint.log))

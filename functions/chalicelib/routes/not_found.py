"""The one answer to a wrong code and to an unknown reference, on every address of residents."""

from chalice.app import Request, Response

from chalicelib.domain.references import tidied_reference
from chalicelib.routes import answers, requests


def not_found(request: Request, reference: str) -> Response:
    """404 with the form to find a complaint, or as a problem."""
    language = requests.language(request)
    if requests.wants_json(request):
        return answers.sorry(language, 404, "not_found", as_json=True)
    from chalicelib.pages import page

    shown = page("find.j2", language, reference=tidied_reference(reference))
    return answers.html(shown, 404)

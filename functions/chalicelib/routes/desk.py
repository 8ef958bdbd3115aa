"""Where the staff's desk will be: until sign-in is set up, each address says so plainly."""

from chalice.app import Blueprint, Response

from chalicelib import locales
from chalicelib.domain.references import tidied_reference
from chalicelib.routes import answers, requests

desk = Blueprint(__name__)


@desk.route("/desk", methods=["GET"])
def queue() -> Response:
    """The queue's address."""
    return _not_yet("page.sign_in_queue")


@desk.route("/desk/sign-in", methods=["GET"])
def sign_in() -> Response:
    """The sign-in page's address."""
    return _not_yet("page.sign_in_queue")


@desk.route("/desk/complaints/{reference}", methods=["GET"])
def complaint(reference: str) -> Response:
    """The address that alerts link to; it shows nothing of the complaint, known or not."""
    return _not_yet("page.sign_in", reference=tidied_reference(reference))


def _not_yet(key: str, **params: object) -> Response:
    language = requests.language(desk.current_request)
    title = locales.say(language, "page.sign_in_title")
    return answers.message(language, 200, title, locales.say(language, key, **params))

"""What the form sends: its faults are told, its answers are checked, the complaint is taken in."""

from botocore.exceptions import BotoCoreError, ClientError
from chalice.app import Response

from chalicelib import locales
from chalicelib.application.intake import FormReader, Intake
from chalicelib.bootstrap import container
from chalicelib.domain.errors import BadInputError, ChangedMeanwhileError, Fault, FormUsedError
from chalicelib.domain.model import Complaint
from chalicelib.entrypoints.http import requests, responses
from chalicelib.entrypoints.http.blueprint import blueprint
from chalicelib.entrypoints.http.form_request import CONFLICT, FormRequest
from chalicelib.entrypoints.http.promises import promised
from chalicelib.entrypoints.http.requests import RequestError


def submit() -> Response:
    """Take a complaint in: 303 to its page, or 201 for a program (6.1).

    A browser first gets its answers to check, with 200.
    """
    request = blueprint.current_request
    try:
        sent = requests.fields(request)
    except RequestError as error:
        as_json = requests.wants_json(request)
        return responses.sorry(requests.language(request), error.status, error.key, as_json=as_json)
    return answered(FormRequest(request, sent, container()))


def answered(sender: FormRequest) -> Response:
    """The form to be changed, or its faults, or the answers to be checked; else it is taken."""
    if sender.change and not sender.as_json:
        return sender.form(200, {})
    container = sender.container
    reader = FormReader(container.policy, container.organisation, container.fields)
    try:
        found = reader.read(sender.sent, container.clock.now())
    except BadInputError as error:
        return _refused(sender, error.faults)
    return _taken(sender, found) if sender.has_checked else sender.check()


def _taken(sender: FormRequest, found: Intake) -> Response:
    try:
        complaint = sender.container.submit_complaint.receive(found, channel="web")
    except FormUsedError:
        return _failed(sender, CONFLICT, "form_used")
    except (BotoCoreError, ClientError, ChangedMeanwhileError):
        blueprint.log.exception("A complaint could not be kept.")
        return _failed(sender, 503, "failed")
    return _led(sender, complaint)


def _led(sender: FormRequest, complaint: Complaint) -> Response:
    """To the complaint's own page, or with all that a program needs."""
    code = sender.container.keys.code(complaint.reference, complaint.code_version)
    path = f"/complaints/{complaint.reference}?code={code}"
    if not sender.as_json:
        return responses.see_other(path)
    body = {
        "reference": complaint.reference,
        "code": code,
        "status_url": f"{sender.container.settings.site_url}{path}",
    }
    return responses.data(body | promised(complaint, sender.container.policy), 201)


def _refused(sender: FormRequest, faults: tuple[Fault, ...]) -> Response:
    """422: every fault in the reader's language, with field and mend."""
    sentences = [(fault, _sentence(fault, sender)) for fault in faults]
    if sender.as_json:
        errors = [
            {"field": fault.field, "code": fault.code, "message": sentence}
            for fault, sentence in sentences
        ]
        title = locales.say(sender.language, "form.errors_title")
        return responses.problem(422, title, errors)
    return sender.form(422, {fault.field: sentence for fault, sentence in sentences})


def _failed(sender: FormRequest, status: int, key: str) -> Response:
    """Nothing was taken, and nothing typed is lost."""
    sentence = locales.say(sender.language, f"request.{key}")
    if sender.as_json:
        return responses.problem(status, sentence)
    return sender.form(status, {"": sentence})


def _sentence(fault: Fault, sender: FormRequest) -> str:
    from chalicelib.views.field_words import FieldWords

    container, language = sender.container, sender.language
    words = FieldWords(container.fields, container.policy, container.organisation, language)
    label = words.label(fault.field)
    return locales.say(language, f"field.{fault.code}", label=label, **fault.params)

"""What residents send and see: the form's answer, and a complaint's own page."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError
from chalice.app import Blueprint, Request, Response

from chalicelib import locales
from chalicelib.bootstrap import Parts, parts
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import (
    BadInputError,
    ChangedMeanwhileError,
    Fault,
    FormUsedError,
    NotFoundError,
)
from chalicelib.domain.references import tidied_code, tidied_reference
from chalicelib.routes import answers, requests
from chalicelib.routes.not_found import not_found
from chalicelib.routes.photo_uploads import photos_of
from chalicelib.routes.requests import RequestError
from chalicelib.service.fields import LIMITS
from chalicelib.service.intake import FormReader
from chalicelib.service.presentation import Presenter

residents = Blueprint(__name__)


@residents.route("/complaints", methods=["POST"], content_types=["*/*"])
def submit() -> Response:
    """Take a complaint in: 303 to its page, or 201 for a program (6.1)."""
    request = residents.current_request
    try:
        sent = requests.fields(request)
    except RequestError as error:
        as_json = requests.wants_json(request)
        return answers.sorry(requests.language(request), error.status, error.key, as_json=as_json)
    return _submitted(Sender(request, sent, parts()))


@residents.route("/complaints/{reference}", methods=["GET"])
def look(reference: str) -> Response:
    """A complaint's page, for whoever has its code; else 404 and the form to find it."""
    request, desk = residents.current_request, parts().desk
    code = str((request.query_params or {"code": ""}).get("code", ""))
    try:
        history = desk.look(reference, code)
    except NotFoundError:
        return not_found(request, reference)
    complaint = history.complaint
    if requests.wants_json(request):
        return answers.data({"status": complaint.status} | _promises(complaint))
    from chalicelib.service.resident_page import resident_page

    presenter = Presenter(
        desk.policy, desk.organisation, parts().settings.site_url, complaint.language
    )
    content = resident_page(history, desk.staff.directory(), presenter)
    code = desk.keys.code(complaint.reference, complaint.code_version)
    from chalicelib.pages.with_photos import page_with_photos

    origin = parts().album.passes.origin
    photos = photos_of(history, code, request, presenter)
    shown = page_with_photos(
        "complaint.j2", complaint.language, origin, photos, code=code, **content
    )
    return answers.html(shown, photos_from=origin)


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


@dataclass(frozen=True)
class Sender:
    """Who sent the form: the request, its fields, and how to answer."""

    request: Request
    sent: Mapping[str, object]
    parts: Parts

    @property
    def language(self) -> str:
        """The language of the form, or else of the browser."""
        return requests.language(self.request, self.sent.get("language"))

    @property
    def as_json(self) -> bool:
        """Whether a program sent it."""
        return requests.wants_json(self.request)

    def form(self, status: int, errors: Mapping[str, str]) -> Response:
        """The form again, with all that was typed, and a new id to be sent under."""
        from chalicelib.pages import FormState, form

        desk = self.parts.desk
        form_id = desk.keys.form_id() if status == _CONFLICT else self._form_id()
        state = FormState(_shown(self.sent), _Sentences(errors), form_id)
        return answers.html(form(self.language, desk.policy, desk.organisation, state), status)

    def _form_id(self) -> str:
        """The id it came with, when it can be kept; else a new one."""
        sent = str(self.sent.get("form_id") or "")
        usable = sent.isprintable() and 0 < len(sent) <= LIMITS["form_id"]
        return sent if usable else self.parts.keys.form_id()


_CONFLICT = 409


def _submitted(sender: Sender) -> Response:
    desk = sender.parts.desk
    try:
        reader = FormReader(desk.policy, desk.organisation)
        complaint = desk.receive(reader.read(sender.sent, desk.clock.now()), channel="web")
    except BadInputError as error:
        return _refused(sender, error.faults)
    except FormUsedError:
        return _failed(sender, _CONFLICT, "form_used")
    except (BotoCoreError, ClientError, ChangedMeanwhileError):
        residents.log.exception("A complaint could not be kept.")
        return _failed(sender, 503, "failed")
    return _taken(sender, complaint)


def _taken(sender: Sender, complaint: Complaint) -> Response:
    code = sender.parts.keys.code(complaint.reference, complaint.code_version)
    path = f"/complaints/{complaint.reference}?code={code}"
    if not sender.as_json:
        return answers.see_other(path)
    body = {
        "reference": complaint.reference,
        "code": code,
        "status_url": f"{sender.parts.settings.site_url}{path}",
    }
    return answers.data(body | _promises(complaint), 201)


def _promises(complaint: Complaint) -> dict[str, object]:
    promises = complaint.told_promises
    return {
        "reference": complaint.reference,
        "acknowledge_by": promises.acknowledge_by.astimezone(complaint.tz).isoformat(),
        "reply_by": promises.reply_by.astimezone(complaint.tz).isoformat(),
    }


def _refused(sender: Sender, faults: tuple[Fault, ...]) -> Response:
    """422: every fault in the reader's language, with field and mend."""
    sentences = [(fault, _sentence(fault, sender.language)) for fault in faults]
    if sender.as_json:
        errors = [
            {"field": fault.field, "code": fault.code, "message": sentence}
            for fault, sentence in sentences
        ]
        title = locales.say(sender.language, "form.errors_title")
        return answers.problem(422, title, errors)
    return sender.form(422, {fault.field: sentence for fault, sentence in sentences})


def _failed(sender: Sender, status: int, key: str) -> Response:
    """Nothing was taken, and nothing typed is lost."""
    sentence = locales.say(sender.language, f"request.{key}")
    if sender.as_json:
        return answers.problem(status, sentence)
    return sender.form(status, {"": sentence})


def _sentence(fault: Fault, language: str) -> str:
    label = locales.say(language, f"label.{fault.field}")
    return locales.say(language, f"field.{fault.code}", label=label, **fault.params)


def _shown(sent: Mapping[str, object]) -> dict[str, str]:
    """What was typed, as the form shows it again."""
    texts = ((name, value) for name, value in sent.items() if isinstance(value, str))
    return _Sentences({name: value.encode(errors="replace").decode() for name, value in texts})


class _Sentences(dict[str, str]):
    """Text by field, and nothing for a field that has none."""

    def __missing__(self, _: str) -> str:
        return ""

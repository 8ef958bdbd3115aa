"""What a resident's word is answered with: done once, or said why not, with nothing typed lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from logging import Logger

from botocore.exceptions import BotoCoreError, ClientError
from chalice.app import Request, Response

from chalicelib import locales
from chalicelib.application import resident_actions
from chalicelib.bootstrap import Container
from chalicelib.domain.errors import (
    BadInputError,
    ChangedMeanwhileError,
    Fault,
    NotFoundError,
    RefusedError,
)
from chalicelib.entrypoints.http import requests, responses
from chalicelib.entrypoints.http.find_complaint import not_found
from chalicelib.entrypoints.http.resident_view import ResidentView, TypedAction, looked_at, shown

_CONFLICT = 409


@dataclass(frozen=True)
class Sent:
    """What the resident sent from the page: the verb, and the fields of its form."""

    request: Request
    reference: str
    verb: str
    fields: Mapping[str, object]
    container: Container
    log: Logger

    @property
    def code(self) -> str:
        """The code, which stands in the form; a program may leave it in the address."""
        return str(self.fields.get("code") or requests.query(self.request, "code"))

    @property
    def text(self) -> str:
        """What was written, as it is shown again."""
        text = self.fields.get("text") or self.fields.get("reason") or ""
        return str(text).encode(errors="replace").decode()

    @property
    def satisfaction(self) -> str:
        """What was chosen of how satisfied they are."""
        return str(self.fields.get("satisfaction") or "")

    @property
    def language(self) -> str:
        """The language of the page it was sent from."""
        return requests.language(self.request, self.fields.get("language"))

    @property
    def as_json(self) -> bool:
        """Whether a program sent it."""
        return requests.wants_json(self.request)

    def view(self) -> ResidentView:
        """The complaint as it stands. Raises NotFoundError."""
        return looked_at(self.container, self.reference, self.code)


def said(sent: Sent) -> Response:
    """Do it, and lead back to the page. Raises what the table's client raises on a second look."""
    try:
        return _done(sent)
    except NotFoundError:
        return not_found(sent.request, sent.reference, sent.language)
    except BadInputError as error:
        return _faulty(sent, error.faults[0])
    except RefusedError as error:
        return _refused(sent, error.code, error.params)
    except ChangedMeanwhileError:
        return _refused(sent, "changed_meanwhile", {})
    except (BotoCoreError, ClientError):
        # The log says what failed, and nothing that was sent.
        sent.log.exception("A resident's word could not be saved.")
        return _unkept(sent)


def _done(sent: Sent) -> Response:
    word = resident_actions.read(sent.verb, sent.fields)
    history = sent.container.resident_actions.act(sent.reference, sent.code, word)
    view = ResidentView(sent.container, history)
    if sent.as_json:
        return view.data(done=sent.verb)
    return responses.see_other(f"{view.path}&done={sent.verb}#done")


def _faulty(sent: Sent, fault: Fault) -> Response:
    """422: what is wrong with the text; told to nobody without the code."""
    try:
        view = sent.view()
    except NotFoundError:
        return not_found(sent.request, sent.reference, sent.language)
    asked = fault.field if fault.field == "satisfaction" else f"{sent.verb}_text"
    label = locales.say(view.language, f"resident_actions.{asked}")
    sentence = locales.say(view.language, f"field.{fault.code}", label=label, **fault.params)
    if sent.as_json:
        found = {"field": fault.field, "code": fault.code, "message": sentence}
        return responses.problem(422, locales.say(view.language, "form.errors_title"), [found])
    return view.page(422, TypedAction(sent.verb, sent.text, sentence, sent.satisfaction))


def _refused(sent: Sent, code: str, params: Mapping[str, object]) -> Response:
    """409: why it is refused, in a sentence for the resident, on the page as it stands now."""
    view = sent.view()
    sentence = _sentence(code, params, view.language)
    if sent.as_json:
        return responses.problem(_CONFLICT, sentence)
    return view.page(_CONFLICT, TypedAction(sent.verb, sent.text, sentence, sent.satisfaction))


def _sentence(code: str, params: Mapping[str, object], language: str) -> str:
    words = locales.catalogue(language)
    key = code if code in words["resident_refused"] else "otherwise"
    status = words["status"].get(str(params.get("status")), "")
    return locales.say(language, f"resident_refused.{key}", **{**params, "status": status})


def _unkept(sent: Sent) -> Response:
    """503: nothing was saved; what was written, to be sent once more."""
    if sent.as_json:
        return responses.sorry(sent.language, 503, "unavailable", as_json=True)
    content = {"verb": sent.verb, "reference": sent.reference, "code": sent.code}
    content["satisfaction"] = sent.satisfaction
    return shown("again.j2", sent.language, 503, text=sent.text, **content)

"""Who sent the form: a program or a browser, in which language, and with what in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalice.app import Request, Response

from chalicelib.bootstrap import Container
from chalicelib.entrypoints.http import requests, responses
from chalicelib.text_cleaning import BlankIfMissing

# For the type checker alone: imported where it is used, so that no other request pays for it.
if TYPE_CHECKING:
    from chalicelib.pages.complaint_form import FormPages

CONFLICT = 409


@dataclass(frozen=True)
class FormRequest:
    """The request, its fields, and the pages that answer it."""

    request: Request
    sent: Mapping[str, object]
    container: Container

    @property
    def language(self) -> str:
        """The language of the form, or else of the browser."""
        return requests.language(self.request, self.sent.get("language"))

    @property
    def as_json(self) -> bool:
        """Whether a program sent it."""
        return requests.wants_json(self.request)

    @property
    def has_checked(self) -> bool:
        """Whether it need not be checked any more: that was done, or a program cannot."""
        return self.as_json or self.sent.get("checked") == "yes"

    @property
    def change(self) -> str:
        """The field that one goes back to from the page to check; empty when to none."""
        change = self.sent.get("change")
        asked = [one.name for one in self.container.fields.asked]
        return change if isinstance(change, str) and change in asked else ""

    def form(self, status: int, errors: Mapping[str, str]) -> Response:
        """The form again, with all that was typed; after a conflict under a new id."""
        from chalicelib.pages.complaint_form import FormState

        form_id = self.container.keys.form_id() if status == CONFLICT else self._form_id()
        state = FormState(_shown(self.sent), BlankIfMissing(errors), form_id, self.change)
        return responses.html(self._pages().form(state), status)

    def check(self) -> Response:
        """A sound form, answer by answer, to be checked and sent under its id."""
        asked = self.container.fields.asked
        values = {one.name: one.text(self.sent.get(one.name, "")) for one in asked}
        return responses.html(self._pages().check(values, self._form_id()))

    def _pages(self) -> "FormPages":
        """What writes the pages; an answer in JSON never asks for it."""
        from chalicelib.pages.complaint_form import FormPages

        container = self.container
        return FormPages(self.language, container.policy, container.organisation, container.fields)

    def _form_id(self) -> str:
        """The id it came with, when it can be kept; else a new one."""
        sent = str(self.sent.get("form_id") or "")
        usable = sent.isprintable() and 0 < len(sent) <= self.container.fields["form_id"].limit
        return sent if usable else self.container.keys.form_id()


def _shown(sent: Mapping[str, object]) -> BlankIfMissing:
    """What was typed, as the form shows it again; numbers of a program are text there."""
    typed = {
        name: str(value)
        for name, value in sent.items()
        if isinstance(value, (str, int, float)) and not isinstance(value, bool)
    }
    return BlankIfMissing(
        {name: text.encode(errors="replace").decode() for name, text in typed.items()}
    )

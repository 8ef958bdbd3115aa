"""One complaint as its resident has it before her: loaded once, then shown."""

from dataclasses import dataclass
from functools import cached_property

from chalice.app import Response

from chalicelib.bootstrap import Parts
from chalicelib.domain.roles import Directory
from chalicelib.routes import answers
from chalicelib.routes.promises import promised
from chalicelib.service import her_verbs
from chalicelib.service.history import History
from chalicelib.service.presentation import Presenter
from chalicelib.service.resident_page import ResidentPage


@dataclass(frozen=True)
class Typed:
    """What she sent that was not taken: the verb, her text, and the sentence that says why."""

    verb: str = ""
    text: str = ""
    error: str = ""


@dataclass(frozen=True)
class ResidentView:
    """A complaint that was looked at with its code."""

    parts: Parts
    history: History

    @property
    def language(self) -> str:
        """The language in which she filled in the form."""
        return self.history.complaint.language

    @property
    def path(self) -> str:
        """The address of her page, with its code."""
        complaint = self.history.complaint
        code = self.parts.keys.code(complaint.reference, complaint.code_version)
        return f"/complaints/{complaint.reference}?code={code}"

    def page(self, status: int = 200, typed: Typed | None = None, done: str = "") -> Response:
        """The whole page; `done` is what she is told was done, where it just was."""
        typed, complaint = typed or Typed(), self.history.complaint
        return shown(
            "complaint.j2",
            self.language,
            status,
            **self._page.content(self.history),
            code=self.parts.keys.code(complaint.reference, complaint.code_version),
            version=complaint.version,
            verbs=self._offered,
            typed=typed,
            most=her_verbs.MOST,
            done=done if self._did(done) else "",
        )

    def data(self, **more: object) -> Response:
        """The same for a program."""
        known = promised(self.history.complaint) | self._page.data(self.history)
        return answers.data(known | more)

    @cached_property
    def _directory(self) -> Directory:
        return self.parts.staff.directory()

    @cached_property
    def _page(self) -> ResidentPage:
        site_url = self.parts.settings.site_url
        presenter = Presenter(self.parts.policy, self.parts.organisation, site_url, self.language)
        return ResidentPage(presenter, self._directory, self.parts.clock.now())

    @property
    def _offered(self) -> tuple[str, ...]:
        grounds = self.parts.desk.grounds(self.history, self._directory)
        return her_verbs.offered(self.history.complaint, grounds, self.parts.clock.now())

    def _did(self, done: str) -> bool:
        now = self.parts.clock.now()
        return done in her_verbs.HER_VERBS and her_verbs.did(self.history, done, now)


def looked_at(parts: Parts, reference: str, code: str) -> ResidentView:
    """The complaint, for whoever has its code. Raises NotFoundError."""
    return ResidentView(parts, parts.desk.look(reference, code))


def shown(template: str, language: str, status: int = 200, **content: object) -> Response:
    """A page for a resident."""
    from chalicelib.pages import page

    return answers.html(page(template, language, **content), status)

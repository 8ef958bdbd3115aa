"""One complaint as its resident sees it: loaded once, then shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from chalice.app import Response

from chalicelib.application import resident_actions
from chalicelib.application.history import History
from chalicelib.bootstrap import Container
from chalicelib.domain.model import SATISFACTION
from chalicelib.domain.staff import Directory
from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.promises import promised
from chalicelib.views.photo_section import PhotoSection
from chalicelib.views.presentation import Content, Presenter
from chalicelib.views.resident_page import ResidentPage


@dataclass(frozen=True)
class TypedAction:
    """What was sent and refused: the verb, its fields, and the sentence that says why."""

    verb: str = ""
    text: str = ""
    error: str = ""
    satisfaction: str = ""


@dataclass(frozen=True)
class ResidentView:
    """A complaint that was looked at with its code."""

    container: Container
    history: History

    @property
    def language(self) -> str:
        """The language in which the form was filled in."""
        return self.history.complaint.language

    @property
    def path(self) -> str:
        """The address of the page, with its code."""
        return f"/complaints/{self.history.complaint.reference}?code={self.code}"

    @property
    def code(self) -> str:
        """The code as it now is."""
        complaint = self.history.complaint
        return self.container.keys.code(complaint.reference, complaint.code_version)

    def page(
        self,
        status: int = 200,
        typed: TypedAction | None = None,
        done: str = "",
        photos_sent: Iterable[tuple[str, str]] = (),
    ) -> Response:
        """The whole page; `done` is what the resident is told was done, where it just was.

        `photos_sent` are keys and tags of files that storage has just taken.
        """
        typed, complaint = typed or TypedAction(), self.history.complaint
        return shown_with_photos(
            "complaint.j2",
            self.language,
            self._photos.content(self.history, photos_sent),
            status,
            **self._page.content(self.history),
            code=self.code,
            version=complaint.version,
            verbs=self._offered,
            typed=typed,
            most=resident_actions.MOST,
            satisfactions=SATISFACTION,
            done=done if self._did(done) else "",
        )

    def data(self, **more: object) -> Response:
        """The same for a program."""
        known = promised(self.history.complaint, self.container.policy) | self._page.data(
            self.history
        )
        return responses.data(known | more)

    @cached_property
    def _directory(self) -> Directory:
        return self.container.remembered_staff.directory()

    @cached_property
    def _page(self) -> ResidentPage:
        return ResidentPage(self._presenter, self._directory, self.container.clock.now())

    @cached_property
    def _presenter(self) -> Presenter:
        container, site_url = self.container, self.container.settings.site_url
        return Presenter(
            container.policy, container.organisation, site_url, self.language, container.fields
        )

    @property
    def _photos(self) -> PhotoSection:
        return PhotoSection(self.container.photo_links, self._presenter, self.code)

    @property
    def _offered(self) -> tuple[str, ...]:
        context = self.container.contexts.of(self.history, self._directory)
        return resident_actions.offered(self.history.complaint, context, self.container.clock.now())

    def _did(self, done: str) -> bool:
        now = self.container.clock.now()
        return done in resident_actions.RESIDENT_VERBS and resident_actions.did(
            self.history, done, now
        )


def looked_at(container: Container, reference: str, code: str) -> ResidentView:
    """The complaint, for whoever has its code. Raises NotFoundError."""
    return ResidentView(container, container.open_complaint.by_code(reference, code))


def shown(template: str, language: str, status: int = 200, **content: object) -> Response:
    """A page for a resident."""
    from chalicelib.pages import page

    return responses.html(page(template, language, **content), status)


def shown_with_photos(
    template: str, language: str, photos: Content, status: int = 200, **content: object
) -> Response:
    """The same, of a page with photos."""
    from chalicelib.pages.with_photos import page_with_photos

    body = page_with_photos(template, language, photos, **content)
    return responses.html(body, status, photos_from=photos["origin"])

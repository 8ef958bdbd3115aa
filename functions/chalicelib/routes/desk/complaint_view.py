"""One complaint as one member of staff works on it: loaded once, shown or acted on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from chalice.app import Response

from chalicelib import locales
from chalicelib.domain import permissions
from chalicelib.domain.commands import StaffCommand
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError
from chalicelib.routes.desk.answering import number, presenter, shown
from chalicelib.routes.desk.guard import Visitor
from chalicelib.service.desk_complaint import ComplaintPage
from chalicelib.service.desk_lines import Liner
from chalicelib.service.foresight import Foreseen
from chalicelib.service.next_steps import NextSteps
from chalicelib.service.offers import Offers
from chalicelib.service.ports import Dossier
from chalicelib.service.presentation import Content, Presenter
from chalicelib.service.verb_fields import FIELDS
from chalicelib.service.verb_forms import VerbReader
from chalicelib.service.verb_sheets import SheetMaker, Typed

_GRAVE = ("erase", "withdraw", "merge")


@dataclass(frozen=True)
class ComplaintView:
    """A complaint and the one who looks at it. `of` is the way in, and guards it."""

    visitor: Visitor
    dossier: Dossier

    @classmethod
    def of(cls, visitor: Visitor, reference: str, verb: str = "see") -> "ComplaintView":
        """The complaint, if she may see it and use the verb.

        Raises NotFoundError alike for an unknown reference and for one that she may not
        see, or whose page she may not open.
        """
        dossier = visitor.parts.desk.dossier(reference, visitor.staff)
        if not permissions.may(visitor.staff, verb, dossier.history.complaint):
            raise NotFoundError
        return cls(visitor, dossier)

    @property
    def complaint(self) -> Complaint:
        """The complaint as it stands."""
        return self.dossier.history.complaint

    @property
    def reference(self) -> str:
        """Its reference."""
        return self.complaint.reference

    @cached_property
    def presenter(self) -> Presenter:
        """Who puts it into her words."""
        return presenter(self.visitor)

    @cached_property
    def reader(self) -> VerbReader:
        """Who reads what she types."""
        policy, organisation = self.visitor.parts.policy, self.visitor.parts.organisation
        return VerbReader(policy, organisation, self.complaint.tz, self._offers.people())

    @cached_property
    def sheets(self) -> SheetMaker:
        """Who makes the forms."""
        return SheetMaker(self.presenter, self.visitor.directory, self.reader)

    @cached_property
    def version_seen(self) -> int:
        """The version that her page showed; the present one when it said none."""
        return number(self.visitor.sent.get("version", ""), otherwise=self.complaint.version)

    def typed(self, verb: str, errors: Mapping[str, str] | None = None) -> Typed:
        """What she typed, and what is wrong with it."""
        values = {one.name: self.visitor.sent.get(one.name, "") for one in FIELDS[verb]}
        return Typed(verb, values, errors or {})

    def require_unchanged(self) -> None:
        """Raises ChangedMeanwhileError when somebody acted since her page was made."""
        if self.version_seen != self.complaint.version:
            raise ChangedMeanwhileError

    def foreseen(self, command: StaffCommand) -> tuple[Foreseen, ...]:
        """The letters that the command would send. Raises RefusedError."""
        return self.visitor.parts.foresight.letters(self.dossier.history, command)

    def act(self, command: StaffCommand) -> None:
        """Run the verb on the very version that she saw. Raises as `Desk.act`."""
        by = self.visitor.staff.id
        self.visitor.parts.desk.act(self.reference, command, by=by, version=self.version_seen)

    def note_look(self) -> None:
        """Record that she looked at it."""
        parts = self.visitor.parts
        parts.looks.note(self.reference, self.visitor.staff.id, parts.clock.now())

    def content(self) -> Content:
        """What its page says, the forms aside."""
        return self._page.content(self.dossier)

    def page(
        self, status: int = 200, typed: Typed | None = None, since: int = 0, notice: str = ""
    ) -> Response:
        """The whole page; `since` is the version after which she must be told what changed."""
        typed, history = typed or Typed(), self.dossier.history
        verbs = self._offers.verbs()
        return shown(
            "desk_complaint.j2",
            self.visitor,
            status,
            here="queue",
            c=self.content(),
            photos=self._photos(),
            photos_from=self.visitor.parts.album.passes.origin if self.complaint.photos else "",
            sheets=[self.sheets.sheet(verb, history, typed) for verb in verbs],
            asked=typed.verb,
            unused=[] if typed.verb in verbs else self.sheets.words_of(typed),
            errors=typed.errors,
            changed=self._page.since(history, since) if since else (),
            notice=notice,
            lacking=self._lacking(),
            others=self._others(),
            may_slip=self._may("receive"),
            may_looks=self._may("see-looks"),
            may_export=self._may("export"),
        )

    def preview(self, verb: str, letters: tuple[Foreseen, ...]) -> Response:
        """The letters as they would read, before anything is done."""
        values = {one.name: self.visitor.sent.get(one.name, "") for one in FIELDS[verb]}
        return shown(
            "preview.j2",
            self.visitor,
            here="queue",
            reference=self.reference,
            version=self.complaint.version,
            verb=verb,
            title=self.presenter.say_desk(f"verb.{verb}"),
            grave=verb in _GRAVE,
            values=values,
            letters=[self._letter(one) for one in letters],
        )

    def slip(self) -> Response:
        """Reference and code for the resident, in her language, with what happens next (6.1)."""
        parts, language = self.visitor.parts, self.complaint.language
        hers = replace(self.presenter, language=language)
        content = hers.for_her(self.dossier.history, self.visitor.directory)
        return shown(
            "slip.j2",
            self.visitor,
            here="new",
            c=content,
            code=parts.keys.code(self.reference, self.complaint.code_version),
            where=f"{parts.settings.site_url}/complaints/{self.reference}",
            steps=NextSteps(hers, content, parts.clock.now()).of(self.dossier.history),
            hers=locales.desk(language),
            her_lang=locales.TAGS[language],
            her_say=hers.say_desk,
        )

    def looks(self) -> list[Content]:
        """Who looked, newest first."""
        found = self.visitor.parts.looks.of(self.reference)
        return [
            {
                "staff": self._page.teller.who(one.staff),
                "day": self._day(one.last_at),
                "count": one.count,
                "last": self.presenter.moment(one.last_at, self.complaint),
            }
            for one in found
        ]

    def _day(self, at: datetime) -> str:
        return locales.day(at.astimezone(self.complaint.tz).date(), self.presenter.language)

    @cached_property
    def _page(self) -> ComplaintPage:
        now = self.visitor.parts.clock.now()
        return ComplaintPage(self.presenter, self.visitor.directory, now)

    @cached_property
    def _offers(self) -> Offers:
        parts = self.visitor.parts
        grounds = parts.desk.grounds(self.dossier.history, self.visitor.directory)
        return Offers(self.visitor.staff, self.complaint, grounds, parts.clock.now())

    def _may(self, verb: str) -> bool:
        return permissions.may(self.visitor.staff, verb, self.complaint)

    def _photos(self) -> Content:
        shown = self.visitor.parts.album.shown(self.dossier.history)
        return self._page.photos(self.dossier.history, shown)

    def _lacking(self) -> str:
        names = [self.presenter.say(f"lacking.{one}") for one in self._offers.lacking()]
        if not names:
            return ""
        joined = self.presenter.say("sentence.joined").join(names)
        return self.presenter.say_desk("complaint.lacking", lacking=joined)

    def _others(self) -> list[Content]:
        """The household's other complaints, those that she may see."""
        found = self.visitor.parts.archive.household_of(self.dossier.history)
        liner = Liner(self.presenter, self.visitor.directory, self.visitor.parts.clock.now())
        staff = self.visitor.staff
        return [liner.line(one) for one in found if permissions.may(staff, "see", one.complaint)]

    def _letter(self, one: Foreseen) -> Content:
        to = (
            self.presenter.say_desk("complaint.resident")
            if one.is_hers
            else self._page.teller.who(one.to)
        )
        written = one.written
        return {"to": to, "hers": one.is_hers, "subject": written.subject, "text": written.text}

"""One complaint as one member of staff works on it: loaded once, shown or acted on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from chalice.app import Response

from chalicelib import locales
from chalicelib.application.access_log import is_still_looking
from chalicelib.application.available_verbs import AvailableVerbs
from chalicelib.application.confidence import known_lines
from chalicelib.application.preview import PreviewedLetter
from chalicelib.application.records import Dossier
from chalicelib.application.verb_parser import VerbParser
from chalicelib.domain import permissions
from chalicelib.domain.commands import PersonCommand
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError
from chalicelib.domain.model import Complaint
from chalicelib.domain.slips import gives_out_code
from chalicelib.domain.tasks import tasks, tasks_of
from chalicelib.domain.verbs import GROUPS, STAFF_VERBS
from chalicelib.entrypoints.http.desk import at_reception
from chalicelib.entrypoints.http.desk.auth import Visitor
from chalicelib.entrypoints.http.desk.desk_responses import number, presenter, shown
from chalicelib.views.complaint_page import ComplaintPage
from chalicelib.views.next_steps import NextSteps
from chalicelib.views.presentation import Content, Presenter
from chalicelib.views.row_view import RowView
from chalicelib.views.task_view import TaskView
from chalicelib.views.verb_form_view import TypedVerb, VerbFormView


@dataclass(frozen=True)
class ComplaintView:
    """A complaint and the one who looks at it. `of` is the way in, and guards it."""

    visitor: Visitor
    dossier: Dossier

    @classmethod
    def of(cls, visitor: Visitor, reference: str, verb: str = "see") -> "ComplaintView":
        """The complaint, if they may see it and use the verb.

        Raises NotFoundError alike for an unknown reference and for one that they may not
        see, or whose page they may not open.
        """
        dossier = visitor.container.open_complaint.for_staff(reference, visitor.staff)
        if not permissions.may(visitor.staff, verb, dossier.history.complaint):
            raise NotFoundError
        return cls(visitor, dossier)

    @property
    def complaint(self) -> Complaint:
        """The complaint as it stands."""
        return self.dossier.history.complaint

    @property
    def words(self) -> Mapping[str, str]:
        """What the resident said, the contact as it is now."""
        return self.dossier.history.words

    @property
    def reference(self) -> str:
        """Its reference."""
        return self.complaint.reference

    @cached_property
    def seen(self) -> Dossier:
        """What of it the reader may see: not who the resident is, where that is in confidence."""
        visitor = self.visitor
        return visitor.container.open_complaint.seen(self.dossier, visitor.staff, visitor.directory)

    @cached_property
    def presenter(self) -> Presenter:
        """What puts it into the reader's words."""
        return presenter(self.visitor)

    @cached_property
    def reader(self) -> VerbParser:
        """What reads what was typed."""
        container, people = self.visitor.container, self.visitor.directory.enabled_ids
        return VerbParser(
            container.policy,
            container.organisation,
            self.complaint.tz,
            people,
            container.fields,
        )

    @cached_property
    def sheets(self) -> VerbFormView:
        """Who makes the forms."""
        people = self._offers.people()
        looks = self.visitor.query.get("mentions") == "yes" and self._may("erase")
        mentions = self.visitor.container.mentions.entries(self.dossier.history) if looks else None
        return VerbFormView(self.presenter, self.visitor.directory, self.reader, people, mentions)

    @cached_property
    def version_seen(self) -> int:
        """The version that the page showed; the present one when it said none."""
        return number(self.visitor.sent.get("version", ""), otherwise=self.complaint.version)

    def typed(self, verb: str, errors: Mapping[str, str] | None = None) -> TypedVerb:
        """What was typed, and what is wrong with it."""
        return TypedVerb(verb, self._values(verb), errors or {})

    def require_unchanged(self, verb: str) -> None:
        """Raises ChangedMeanwhileError when somebody acted since the page was made.

        What is only added is added to whatever stands now.
        """
        if not STAFF_VERBS[verb].appends and self.version_seen != self.complaint.version:
            raise ChangedMeanwhileError

    def preview_of(self, command: PersonCommand) -> tuple[PreviewedLetter, ...]:
        """The letters that the command would send. Raises RefusedError."""
        preview, directory = self.visitor.container.preview, self.visitor.directory
        return preview.letters(self.dossier.history, command, directory)

    def warning_of(self, command: PersonCommand) -> str:
        """From whom to keep what two merge into, as one of them is in confidence; else blank."""
        preview, directory = self.visitor.container.preview, self.visitor.directory
        kept_from = preview.kept_from(self.dossier.history, command, directory)
        names = self.presenter.say_desk("morning.and").join(
            map(self.presenter.department, kept_from)
        )
        return self.presenter.say_desk("preview.confided", department=names) if names else ""

    def act(self, verb: str, command: PersonCommand) -> None:
        """Run the verb on the very version that was seen. Raises as `ActOnComplaint.act_on`."""
        seen: int | None = self.version_seen
        if STAFF_VERBS[verb].appends:
            if self._is_added(verb):
                return
            seen = None
        self.visitor.container.act_on_complaint.act_on(
            self.dossier.history,
            command,
            self.visitor.staff.id,
            version=seen,
            directory=self.visitor.directory,
        )

    def _is_added(self, verb: str) -> bool:
        """Whether this very form was sent before: the same words by the same person, since."""
        values = {name: text.strip() for name, text in self._values(verb).items()}
        return any(
            one.by == self.visitor.staff.id and one.words and one.words.items() <= values.items()
            for one in self.dossier.history.records[self.version_seen :]
        )

    def note_look(self) -> None:
        """Record that somebody looked at it; who looked a moment ago is still looking."""
        container, staff = self.visitor.container, self.visitor.staff
        now = container.clock.now()
        if not is_still_looking(self.dossier.access, staff.id, now):
            container.access_log.note(self.reference, staff.id, now)

    def content(self) -> Content:
        """What its page says, the forms aside."""
        container, seen = self.visitor.container, self.seen
        parts = seen.history.complaint.absorbed
        lines = container.complaints.lines(parts) if parts else ()
        return self._page.content(seen, known_lines(lines, self.visitor.staff))

    def page(
        self, status: int = 200, typed: TypedVerb | None = None, since: int = 0, notice: str = ""
    ) -> Response:
        """The whole page; `since` is the version after which they must be told what changed."""
        typed, history = typed or TypedVerb(), self.seen.history
        verbs = self._offers.verbs()
        step = self._next_step(typed, verbs)
        return shown(
            "desk_complaint.j2",
            self.visitor,
            status,
            here="queue",
            c=self.content(),
            photos=self._photos(),
            photos_from=self._photo_origin(),
            step=step,
            sheet=self.sheets.sheet(step["task_verb"], history, typed) if step else None,
            groups=self._groups(typed, verbs, step["task_verb"] if step else ""),
            asked=typed.verb,
            unused=[] if typed.verb in verbs else self.sheets.words_of(typed),
            errors=typed.errors,
            changed=self._page.since(history, since) if since else (),
            notice=notice,
            lacking=self._lacking(),
            others=self._others() if self.visitor.query.get("household") == "yes" else None,
            may_slip=self._may("receive") and self.gives_out_code,
            may_see_access=self._may("see-access"),
            may_export=self._may("export"),
        )

    def _next_step(self, typed: TypedVerb, verbs: list[str]) -> Content:
        """What the reader has to do next, or asked to do; nothing where that is not theirs."""
        context, now = self._offers.context, self.visitor.container.clock.now()
        own = tasks_of(self.visitor.staff.id, tasks(self.complaint, context, now))
        row_view = RowView(self.presenter, self.visitor.directory, now)
        asked = self.visitor.query.get("do", "") or typed.verb
        found = next((one for one in own if one.verb in verbs and asked in ("", one.verb)), None)
        return TaskView(row_view, now).task(found) if found else {}

    def _groups(self, typed: TypedVerb, verbs: list[str], but: str) -> list[Content]:
        """The other verbs that they may use now, in groups; the one asked for is open."""
        asked, history = self.visitor.query.get("do", ""), self.seen.history
        groups = []
        for name, members in GROUPS.items():
            sheets = [
                self.sheets.sheet(verb, history, typed)
                for verb in members
                if verb in verbs and verb != but
            ]
            for sheet in sheets:
                sheet["open"] = sheet["open"] or sheet["verb"] == asked
            if sheets:
                title = self.presenter.say_desk(f"verb_group.{name}")
                groups.append({"title": title, "sheets": sheets})
        return groups

    def preview(
        self, verb: str, letters: tuple[PreviewedLetter, ...], warning: str = ""
    ) -> Response:
        """The letters as they would read, before anything is done."""
        return shown(
            "preview.j2",
            self.visitor,
            here="queue",
            reference=self.reference,
            version=self.complaint.version,
            verb=verb,
            title=self.presenter.say_desk(f"verb.{verb}"),
            grave=STAFF_VERBS[verb].grave,
            values=self._sent(verb),
            warning=warning,
            letters=[self._letter(one) for one in letters],
        )

    @property
    def gives_out_code(self) -> bool:
        """Whether it is this visitor who gives the code out now, in this browser."""
        records, now = self.dossier.history.records, self.visitor.container.clock.now()
        gives_out = gives_out_code(self.visitor.staff, self.complaint, records, now)
        return gives_out and at_reception.is_at(self.reference)

    def slip_over(self) -> Response:
        """That the code is shown no more, and how the resident gets one."""
        words = locales.desk(self.visitor.language)["slip"]
        title, sentence = words["over_title"], words["over"]
        return shown("sorry.j2", self.visitor, 403, here="queue", title=title, sentence=sentence)

    def slip(self) -> Response:
        """Reference and code for the resident, in their language, with what happens next (6.1)."""
        container, language = self.visitor.container, self.complaint.language
        theirs = replace(self.presenter, language=language)
        content = theirs.for_resident(self.dossier.history, self.visitor.directory)
        return shown(
            "slip.j2",
            self.visitor,
            here="new",
            c=content,
            code=container.keys.code(self.reference, self.complaint.code_version),
            print_at_once=self.visitor.query.get("print") == "yes",
            where=f"{container.settings.site_url}/complaints/{self.reference}",
            steps=NextSteps(theirs, content, container.clock.now()).of(self.dossier.history),
            resident_words=locales.desk(language),
            resident_lang=locales.TAGS[language],
            resident_say=theirs.say_desk,
        )

    def access_log(self) -> list[Content]:
        """Who looked, newest first."""
        return [
            {
                "staff": self._page.history_view.who(one.staff),
                "day": self._day(one.last_at),
                "count": one.count,
                "last": self.presenter.moment(one.last_at, self.complaint),
            }
            for one in self.dossier.access
        ]

    def _day(self, at: datetime) -> str:
        return locales.day(at.astimezone(self.complaint.tz).date(), self.presenter.language)

    def _sent(self, verb: str) -> dict[str, str]:
        """The same without what the form did not hold, which is not to be sent on as blank."""
        sent = self.visitor.sent
        return {name: text for name, text in self._values(verb).items() if name in sent}

    def _values(self, verb: str) -> dict[str, str]:
        """What was typed for a verb, by field."""
        fields = self.visitor.container.fields.staff_verbs[verb].fields
        return {one.name: self.visitor.sent.get(one.name, "") for one in fields}

    @cached_property
    def _page(self) -> ComplaintPage:
        now = self.visitor.container.clock.now()
        return ComplaintPage(self.presenter, self.visitor.directory, now)

    @cached_property
    def _offers(self) -> AvailableVerbs:
        container = self.visitor.container
        context = container.contexts.of(self.dossier.history, self.visitor.directory)
        return AvailableVerbs(self.visitor.staff, self.complaint, context, container.clock.now())

    def _may(self, verb: str) -> bool:
        return permissions.may(self.visitor.staff, verb, self.complaint)

    def _photos(self) -> Content:
        shown = self.visitor.container.photo_links.shown(self.seen.history)
        return self._page.photos(self.seen.history, shown)

    def _photo_origin(self) -> str:
        """Where the photos that are shown come from; blank where there are none."""
        photos = self.seen.history.complaint.photos
        return self.visitor.container.photo_links.origin if photos else ""

    def _lacking(self) -> str:
        names = [self.presenter.say(f"lacking.{one}") for one in self._offers.lacking()]
        if not names:
            return ""
        joined = self.presenter.say("sentence.joined").join(names)
        return self.presenter.say_desk("complaint.lacking", lacking=joined)

    def _others(self) -> list[Content]:
        """The household's other complaints, those that they may see."""
        staff = self.visitor.staff
        found = self.visitor.container.archive.household_of(self.dossier.history, staff)
        row_view = RowView(
            self.presenter, self.visitor.directory, self.visitor.container.clock.now()
        )
        return [row_view.line(one) for one in found]

    def _letter(self, one: PreviewedLetter) -> Content:
        to = (
            self.presenter.say_desk("complaint.resident")
            if one.is_for_resident
            else self._page.history_view.who(one.to)
        )
        written = one.written
        return {
            "to": to,
            "is_for_resident": one.is_for_resident,
            "subject": written.subject,
            "text": written.text,
        }

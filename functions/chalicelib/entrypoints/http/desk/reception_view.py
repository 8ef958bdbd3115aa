"""The reception form as one member of staff fills it in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import time
from itertools import groupby
from typing import Any

from chalice.app import Response
from msgspec import structs

from chalicelib import locales
from chalicelib.application.reception import CHANNELS, Call, Reception
from chalicelib.application.records import Line
from chalicelib.domain import permissions
from chalicelib.domain.complained_about import may_be_meant
from chalicelib.domain.confidence import is_of_department
from chalicelib.domain.errors import Fault, NotFoundError
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Community
from chalicelib.domain.references import tidied_reference
from chalicelib.entrypoints.http.desk.auth import Visitor
from chalicelib.entrypoints.http.desk.desk_responses import presenter, shown
from chalicelib.fields import FormField
from chalicelib.views.field_words import FieldWords
from chalicelib.views.presentation import Content
from chalicelib.views.row_view import RowView
from chalicelib.views.shown_fields import FieldView, ShownField, date_type

_OWN = ("channel", "happened_on", "happened_time", "call")
"""What this form has besides the complaint's fields: the day and the time stand apart."""
_OWN_LABELS = {"channel": "channel", "happened_on": "when_day", "happened_time": "when_time"}
KNOWN = ("name", "building", "unit", "phone", "email")
"""What an earlier complaint of the household may fill in."""
_PAIR = 2

_Group = tuple[bool, list[ShownField]]
"""Fields that stand together, and whether they take the whole width."""


@dataclass(frozen=True)
class ReceptionView:
    """The form, what stands in it, and whom it may be filled in by. `of` is the way in."""

    visitor: Visitor
    values: Mapping[str, str]

    @classmethod
    def of(cls, visitor: Visitor) -> "ReceptionView":
        """The form as sent, or a fresh one. Raises NotFoundError for one without the verb."""
        if not permissions.may_somewhere(visitor.staff, "receive"):
            raise NotFoundError
        names = (*visitor.container.fields.names, *_OWN)
        sent = {name: visitor.sent.get(name, "") for name in names}
        return cls(visitor, sent if visitor.sent else sent | _fresh(visitor))

    def take_in(self) -> Complaint:
        """Take the complaint in. Raises BadInputError, FormUsedError, ChangedMeanwhileError."""
        return self._reception.take_in(self.values, self._served(), self.visitor.staff.id)

    def called(self) -> "ReceptionView":
        """The same form after the supervisor was called; what is known so far goes with it."""
        community = self.values["community"]
        if community not in self._served():
            return self
        entry = self._reception.call(
            self.values, community, self.visitor.staff.id, self._kept_from()
        )
        return replace(self, values={**self.values, "call": Call.of(entry).text})

    def meant(self) -> frozenset[str]:
        """The ids of those whom it may be about, as far as it is filled in."""
        naming = self._reception.naming(self.values)
        return may_be_meant(naming, self.visitor.directory, self.visitor.container.policy)

    def _kept_from(self) -> frozenset[str]:
        """Who neither comes nor reads it: who may be meant, and in confidence the department."""
        if self.values["in_confidence"] != "yes":
            return self.meant()
        about, staff = self.values["about"], self.visitor.directory.staff
        return self.meant().union(one.id for one in staff if is_of_department(one, about))

    def filled(self) -> "ReceptionView":
        """The same form with what is known of the household where nothing was typed yet."""
        known = self._known_household()
        words = known[0].words if known else {}
        blank = (name for name in KNOWN if not self.values[name].strip())
        return replace(
            self, values={**self.values, **{name: words.get(name, "") for name in blank}}
        )

    def household(self) -> Content:
        """The earlier complaints of the household that is filled in, those that they may see.

        `known` is what of the newest could be filled in here, to be confirmed by the resident.
        """
        if not self._is_looked_up:
            return {"asked": False, "others": [], "known": []}
        seen = self._known_household()
        now = self.visitor.container.clock.now()
        row_view = RowView(presenter(self.visitor), self.visitor.directory, now)
        words = seen[0].words if seen else {}
        known = [
            (self._label(name), words[name])
            for name in KNOWN
            if words.get(name) and not self.values[name].strip()
        ]
        return {"asked": True, "others": [row_view.line(one) for one in seen], "known": known}

    @property
    def _is_looked_up(self) -> bool:
        """Whether a home or a telephone of a community that they serve is filled in."""
        place = self.values["building"].strip() and self.values["unit"].strip()
        named = place or self.values["phone"].strip()
        return bool(named) and self.values["community"].strip() in self._served()

    def _known_household(self) -> tuple[Line, ...]:
        """The complaints of the home or the telephone that they may see, the newest first."""
        if not self._is_looked_up:
            return ()
        names = ("community", "building", "unit", "phone")
        asked = {name: self.values[name].strip() for name in names}
        return self.visitor.container.archive.household(self.visitor.staff, **asked)

    def page(
        self, status: int = 200, faults: tuple[Fault, ...] = (), problem: str = ""
    ) -> Response:
        """The form, with what is wrong with it."""
        errors = {one.field: self._sentence(one) for one in faults}
        if problem:
            errors[""] = locales.say_desk(self.visitor.language, f"reception.{problem}")
        return shown(
            "new.j2",
            self.visitor,
            status,
            here="new",
            values=self.values,
            errors=errors,
            problem=problem,
            channel=self._own("channel", errors, macro="radios", options=self._channels()),
            sections=self._sections(errors),
            called=self._called(),
            saved=self._saved(),
            **self.household(),
        )

    @property
    def _reception(self) -> Reception:
        return self.visitor.container.reception

    def _communities(self) -> list[Community]:
        """The communities in which they may take complaints in."""
        found = self.visitor.container.organisation.communities
        return [one for one in found if permissions.may_in(self.visitor.staff, "receive", one.key)]

    def _served(self) -> frozenset[str]:
        return frozenset(one.key for one in self._communities())

    @property
    def _words(self) -> FieldWords:
        container, language = self.visitor.container, self.visitor.language
        return FieldWords(
            container.fields, container.policy, container.organisation, language, at_desk=True
        )

    def _sections(self, errors: Mapping[str, str]) -> list[tuple[str, list[_Group]]]:
        """The form by section; what is narrow stands together, side by side."""
        view = FieldView(self._words, self.values, errors)
        return [
            (section, _grouped([one for row in rows for one in self._shown(row, view)]))
            for section, rows in self._words.form.desk_sections.items()
        ]

    def _shown(self, row: FormField, view: FieldView) -> Iterator[ShownField]:
        """A field as it stands here: a community only where one serves it, a moment in two."""
        shown = view.for_desk(row)
        if row.kind == "community":
            served = self._served()
            options = tuple(one for one in shown.options if one[0] in served)
            yield structs.replace(shown, options=options)
        elif row.desk_macro == "day_and_time":
            yield from self._day_and_time(view.errors)
        elif row.kind == "category":
            yield structs.replace(shown, options=_numbered(shown.options))
        else:
            yield shown

    def _day_and_time(self, errors: Mapping[str, str]) -> Iterator[ShownField]:
        on, at = self.values["happened_on"], self.values["happened_time"]
        yield self._own("happened_on", errors, type=date_type(on), short=True)
        yield self._own("happened_time", errors, type=_time_type(at), short=True, required=False)

    def _own(self, name: str, errors: Mapping[str, str], **more: Any) -> ShownField:  # noqa: ANN401 - as `ShownField` takes them
        """A field of this form alone."""
        error = errors.get(name, "")
        return ShownField(
            name=name, label=self._label(name), value=self.values[name], error=error, **more
        )

    def _channels(self) -> tuple[tuple[str, str], ...]:
        words = locales.desk(self.visitor.language)
        return tuple((key, words["by"][key]) for key in CHANNELS)

    def _label(self, name: str) -> str:
        """What a field is called at the desk, where nobody is addressed."""
        own = locales.desk(self.visitor.language)["reception"]
        label: str = own[_OWN_LABELS[name]] if name in _OWN_LABELS else self._words.label(name)
        return label

    def _sentence(self, fault: Fault) -> str:
        label = self._label(fault.field)
        return locales.say(
            self.visitor.language, f"field.{fault.code}", label=label, **fault.params
        )

    def _saved(self) -> str:
        """What is said of a complaint that they took in and that may be about them."""
        reference = tidied_reference(self.visitor.query.get("saved", ""))
        if len(reference) != len("7K3MQ-9TX4B"):
            return ""
        say, language = locales.say_desk, self.visitor.language
        return say(language, "reception.kept_from_you", reference=reference)

    def _called(self) -> str:
        entry = self._reception.called(Call.read(self.values["call"]), self.values["community"])
        if entry is None or entry.community not in self._served():
            return ""
        zone = self.visitor.container.organisation.community(entry.community).tz
        at = locales.moment(entry.at, zone, self.visitor.language)
        return locales.say_desk(
            self.visitor.language, "reception.called", at=at, number=entry.number
        )


def _grouped(fields: list[ShownField]) -> list[_Group]:
    """The fields in their order, each wide one alone; what many words are offered in is wide."""
    groups = groupby(fields, key=_is_wide)
    return [(is_wide, [*together]) for is_wide, together in groups]


def _numbered(options: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Choices that begin with a digit or a letter, which is typed to choose one."""
    signs = "123456789abcdefghijklmnopqrstuvwxyz"
    named = zip(signs, options, strict=False)
    return tuple((key, f"{sign} {label}") for sign, (key, label) in named) + options[len(signs) :]


def _is_wide(field: ShownField) -> bool:
    return field.macro == "area" or (field.macro == "radios" and len(field.options) > _PAIR)


def _time_type(typed: str) -> str:
    """A time field cannot show what is none, and nothing typed may be lost."""
    try:
        time.fromisoformat(typed or "00:00")
    except ValueError:
        return "text"
    return "time"


def _fresh(visitor: Visitor) -> dict[str, str]:
    """An empty form: today, their own community where they have one, an id to be sent under."""
    container = visitor.container
    served = [one for one in container.organisation.communities if visitor.staff.serves(one.key)]
    today = container.clock.now().astimezone(served[0].tz if served else None).date()
    return {
        "form_id": container.keys.form_id(),
        "channel": CHANNELS[0],
        "community": served[0].key if len(served) == 1 else "",
        "happened_on": today.isoformat(),
        "language": "zh",
    }

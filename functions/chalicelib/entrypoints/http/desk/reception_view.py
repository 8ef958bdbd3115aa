"""The reception form as one member of staff fills it in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from chalice.app import Response

from chalicelib import locales
from chalicelib.application import intake
from chalicelib.application.reception import CHANNELS, Call, Reception
from chalicelib.domain import permissions
from chalicelib.domain.errors import Fault, NotFoundError
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Community
from chalicelib.entrypoints.http.desk.auth import Visitor
from chalicelib.entrypoints.http.desk.desk_responses import presenter, shown
from chalicelib.text_cleaning import BlankIfMissing
from chalicelib.views.presentation import Content
from chalicelib.views.row_view import RowView

_TYPED = (*intake.REQUIRED, *intake.OPTIONAL, "channel", "happened_on", "happened_time", "call")


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
        sent = {name: visitor.sent.get(name, "") for name in _TYPED}
        return cls(visitor, sent if visitor.sent else sent | _fresh(visitor))

    def take_in(self) -> Complaint:
        """Take the complaint in. Raises BadInputError, FormUsedError, ChangedMeanwhileError."""
        return self._reception.take_in(self.values, self._served(), self.visitor.staff.id)

    def called(self) -> "ReceptionView":
        """The same form after the supervisor was called; what is known so far goes with it."""
        community = self.values["community"]
        if community not in self._served():
            return self
        entry = self._reception.call(self.values, community, self.visitor.staff.id)
        return replace(self, values={**self.values, "call": Call.of(entry).text})

    def household(self) -> Content:
        """The earlier complaints of the household that is filled in, those that they may see."""
        names = ("community", "building", "unit")
        community, building, unit = (self.values[name].strip() for name in names)
        if not (building and unit and community in self._served()):
            return {"asked": False, "others": []}
        container, staff = self.visitor.container, self.visitor.staff
        found = container.archive.household(community, building, unit)
        liner = RowView(presenter(self.visitor), self.visitor.directory, container.clock.now())
        seen = [liner.line(one) for one in found if permissions.may(staff, "see", one.complaint)]
        return {"asked": True, "others": seen}

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
            state=_State(BlankIfMissing(self.values), BlankIfMissing(errors)),
            problem=problem,
            named=self._named(),
            labels=self._labels(),
            called=self._called(),
            date_type=_type_of("date", date.fromisoformat, self.values["happened_on"]),
            time_type=_type_of("time", time.fromisoformat, self.values["happened_time"]),
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

    def _named(self) -> dict[str, list[tuple[str, str]]]:
        """What each choice of the form offers: keys with their names."""
        language, container = self.visitor.language, self.visitor.container
        words = locales.desk(language)
        departments = [(one.key, one.name[language]) for one in container.organisation.departments]
        return {
            "channel": [(key, words["by"][key]) for key in CHANNELS],
            "community": [(one.key, one.name[language]) for one in self._communities()],
            "category": [(one.key, one.name[language]) for one in container.policy.categories],
            "about": [*departments, (intake.UNSURE, words["label"]["unsure"])],
            "cause": [(key, words["cause"][key]) for key in intake.CAUSES],
            "hurt": [(key, words["yes_no"][key]) for key in intake.YES_NO],
            "contact_by": [(key, words["contact_by"][key]) for key in intake.CONTACT_BY],
            "language": [(key, words["language"][key]) for key in intake.LANGUAGES],
        }

    def _labels(self) -> Mapping[str, str]:
        """What the fields are called at the desk, where nobody is addressed."""
        words = locales.desk(self.visitor.language)
        own = {
            "channel": words["reception"]["channel"],
            "happened_on": words["reception"]["when_day"],
            "happened_time": words["reception"]["when_time"],
        }
        labels: Mapping[str, str] = words["label"] | words["label_desk"] | own
        return labels

    def _sentence(self, fault: Fault) -> str:
        label = self._labels()[fault.field]
        return locales.say(
            self.visitor.language, f"field.{fault.code}", label=label, **fault.params
        )

    def _called(self) -> str:
        entry = self._reception.called(Call.read(self.values["call"]), self.values["community"])
        if entry is None or entry.community not in self._served():
            return ""
        zone = self.visitor.container.organisation.community(entry.community).tz
        at = locales.moment(entry.at, zone, self.visitor.language)
        return locales.say_desk(
            self.visitor.language, "reception.called", at=at, number=entry.number
        )


@dataclass(frozen=True)
class _State:
    """What the fields' macros ask for."""

    values: Mapping[str, str]
    errors: Mapping[str, str]


def _type_of(kind: str, parse: Callable[[str], object], typed: str) -> str:
    """A date or time field cannot show what is none, and nothing typed may be lost."""
    try:
        parse(typed or {"date": "2000-01-01", "time": "00:00"}[kind])
    except ValueError:
        return "text"
    return kind


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

"""What is on record of the staff's accounts, as their pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from chalicelib import locales
from chalicelib.domain.model import OPERATOR
from chalicelib.domain.staff import Directory
from chalicelib.domain.staff_log import UNKNOWN, StaffRecord
from chalicelib.views.presentation import Content, Presenter


@dataclass(frozen=True)
class StaffLogView:
    """Puts records into words of the reader's language."""

    presenter: Presenter
    directory: Directory
    zone: ZoneInfo

    def rows(self, records: Iterable[StaffRecord]) -> list[Content]:
        """When, whose account, what, and by whom, in the order given."""
        return [self._row(one) for one in records]

    def _row(self, record: StaffRecord) -> Content:
        key = f"staff_log.{record.kind.value}"
        return {
            "at": locales.moment(record.at, self.zone, self.presenter.language),
            "staff": self._name(record.staff),
            "staff_id": record.staff if self.directory.person(record.staff) else "",
            "kind": self.presenter.say_desk(key, times=record.times),
            "by": self._name(record.by) if record.by not in ("", record.staff) else "",
            "what": [self._change(name, *values) for name, values in record.what.items()],
        }

    def _name(self, staff: str) -> str:
        if staff == UNKNOWN:
            return self.presenter.say_desk("staff_log.unknown")
        if staff == OPERATOR:
            return self.presenter.say("sentence.operator")
        person = self.directory.person(staff)
        return person.name[self.presenter.language] if person else staff

    def _change(self, name: str, before: str, after: str) -> str:
        label = self.presenter.say_desk(f"staff_log.field_{name}")
        values = [self._value(name, one) for one in (before, after)]
        if not before:
            return self.presenter.say_desk("staff_log.set", label=label, after=values[1])
        return self.presenter.say_desk(
            "staff_log.change", label=label, before=values[0], after=values[1]
        )

    def _value(self, name: str, value: str) -> str:
        """A key by its name; what is blank says so."""
        blank = self.presenter.say_desk(
            "staff.all_communities" if name == "communities" else "staff.none"
        )
        say = {
            "roles": lambda key: self.presenter.policy.role(key).name[self.presenter.language],
            "communities": self._community,
            "department": self.presenter.department,
            "deputy": self._name,
        }.get(name)
        if not value or say is None:
            return value or blank
        joined = self.presenter.say("sentence.joined")
        return joined.join(say(one) for one in value.split(", "))

    def _community(self, key: str) -> str:
        return self.presenter.organisation.community(key).name[self.presenter.language]

"""The duty log of one community and day: read, written in, corrected by new entries (6.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chalice.app import Response

from chalicelib import locales
from chalicelib.domain import permissions
from chalicelib.domain.duty_log import CORRECTION, ENTRY, HANDOVER_NOTE, DutyLogEntry
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.policy import Community
from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import presenter, shown

# For the type checker alone: imported where it is used, so that no other request pays for it.
if TYPE_CHECKING:
    from chalicelib.application.duty_log import Row

_A_DAY = timedelta(days=1)
_KINDS = (ENTRY, HANDOVER_NOTE)
_MOST = 4000


@staff_only
def log(visitor: Visitor) -> Response:
    """A day of the log: today, unless another day is asked for."""
    community = visitor.query.get("community") or _first(visitor, "read-log")
    day = _Day.of(visitor, community, visitor.query.get("date", ""), "read-log")
    saved = visitor.query.get("saved", "")
    number = saved if saved.isascii() and saved.isdecimal() else ""
    return day.page(saved=number)


@staff_only
def write(visitor: Visitor) -> Response:
    """A new entry, of today whatever day was looked at; a correction names an entry of it."""
    from chalicelib.field_parsers import UnfitError, plain_text

    community, sent = visitor.sent.get("community", ""), visitor.sent
    day = _Day.of(visitor, community, sent.get("date", ""), "write-log")
    if visitor.kept:
        return day.page()
    try:
        text = plain_text(sent.get("text", ""), _MOST, is_long=True)
    except UnfitError as error:
        return day.page(422, error=(error.code, error.params))
    if not text:
        return day.page(422, error=("required", {}))
    entry = visitor.container.duty_log.write(day.entry(text))
    where = f"community={community}&date={entry.on:%Y-%m-%d}&saved={entry.number}"
    return responses.see_other(f"/desk/log?{where}")


@dataclass(frozen=True)
class _Day:
    """A day of a community's log, and who looks at it. `of` is the way in, and guards it."""

    visitor: Visitor
    community: str
    on: date
    not_a_date: bool

    @classmethod
    def of(cls, visitor: Visitor, community: str, typed: str, verb: str) -> "_Day":
        """Raises NotFoundError alike for an unknown community and for one that is not theirs."""
        known = {one.key for one in visitor.container.organisation.communities}
        if community not in known or not permissions.may_in(visitor.staff, verb, community):
            raise NotFoundError
        today = _today(visitor, community)
        try:
            return cls(visitor, community, date.fromisoformat(typed) if typed else today, False)
        except ValueError:
            return cls(visitor, community, today, not_a_date=True)

    def entry(self, text: str) -> DutyLogEntry:
        """What is to be written; it is of today, for nobody writes in yesterday's page."""
        container, sent = self.visitor.container, self.visitor.sent
        corrects = sent.get("corrects", "")
        number = int(corrects) if corrects in map(str, self._numbers(self._rows())) else None
        kind = sent.get("kind", "") if sent.get("kind") in _KINDS else ENTRY
        return DutyLogEntry(
            community=self.community,
            on=_today(self.visitor, self.community),
            number=0,
            at=container.clock.now(),
            by=self.visitor.staff.id,
            kind=CORRECTION if number else kind,
            words={"text": text},
            corrects=number,
        )

    def page(
        self,
        status: int = 200,
        *,
        saved: str = "",
        error: tuple[str, Mapping[str, object]] | None = None,
    ) -> Response:
        """The day's page; what was typed stands in its form again."""
        from chalicelib.views.duty_log_view import LogPage

        visitor, say = self.visitor, presenter(self.visitor)
        zone = visitor.container.organisation.community(self.community).tz
        rows, told = self._rows(), LogPage(say, visitor.directory, zone)
        name = visitor.container.organisation.community(self.community).name[visitor.language]
        is_today = self.on == _today(visitor, self.community)
        return shown(
            "log.j2",
            visitor,
            status,
            here="log",
            heading=say.say_desk(
                "log.heading", community=name, day=locales.day(self.on, visitor.language)
            ),
            community=self.community,
            communities=[(one.key, one.name[visitor.language]) for one in self._readable()],
            date=self.on.isoformat(),
            before=_moved(self.on, -_A_DAY),
            after="" if is_today else _moved(self.on, _A_DAY),
            entries=[told.row(row) for row in rows],
            errors=self._errors(error),
            saved=say.say_desk("log.saved", number=saved) if saved else "",
            values={"kind": ENTRY, "corrects": "", "text": "", **visitor.sent},
            numbers=self._numbers(rows) if is_today else [],
            may_write=permissions.may_in(visitor.staff, "write-log", self.community),
        )

    def _rows(self) -> "tuple[Row, ...]":
        staff, book = self.visitor.staff, self.visitor.container.duty_book
        return book.day(self.community, self.on, staff)

    def _numbers(self, rows: "tuple[Row, ...]") -> list[int]:
        from chalicelib.application.duty_log import WrittenEntry

        return [one.entry.number for one in rows if isinstance(one, WrittenEntry)]

    def _readable(self) -> list[Community]:
        staff = self.visitor.staff
        found = self.visitor.container.organisation.communities
        return [one for one in found if permissions.may_in(staff, "read-log", one.key)]

    def _errors(self, error: tuple[str, Mapping[str, object]] | None) -> dict[str, str]:
        say, errors = presenter(self.visitor).say_desk, {}
        if self.not_a_date:
            errors["date"] = say("log.not_a_date")
        if error:
            code, params = error
            errors["text"] = say(f"field.{code}", label=say("log.text"), **params)
        return errors


def _today(visitor: Visitor, community: str) -> date:
    zone = visitor.container.organisation.community(community).tz
    return visitor.container.clock.now().astimezone(zone).date()


def _first(visitor: Visitor, verb: str) -> str:
    """The community whose log opens first."""
    found = visitor.container.organisation.communities
    return next((one.key for one in found if permissions.may_in(visitor.staff, verb, one.key)), "")


def _moved(on: date, by: timedelta) -> str:
    """A neighbouring day; the calendar has a first and a last."""
    try:
        return (on + by).isoformat()
    except OverflowError:
        return on.isoformat()

"""The deadlines of a complaint in words: what is due when, and how each date was computed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib import locales
from chalicelib.application.history import History
from chalicelib.domain.deadlines import Deadline, day_count, explained
from chalicelib.domain.escalation import AHEAD, Rung, chased, next_rungs
from chalicelib.views import durations
from chalicelib.views.presentation import Content, Presenter

_DAYS = {"visit_open": "calendar_days", "visit_asked": "day_after", "promised_date": "next_day"}
"""How calendar days are said, by what they are counted from; else within working hours."""
_DAYS_NAMED = 6
"""So many days off are named one by one; of more, the first and the last."""


@dataclass(frozen=True)
class DeadlineView:
    """Tells what is due to one reader, as seen at `now` (UTC)."""

    presenter: Presenter
    now: datetime

    def deadlines(self, history: History) -> list[Content]:
        """Every deadline that runs, what is due next first."""
        policy, complaint = self.presenter.policy, history.complaint
        rungs = {rung.deadline: rung for rung in next_rungs(complaint, policy)}
        return [
            self._deadline(one, history) | self._chase(rungs.get(one.name), history)
            for one in explained(complaint, policy)
        ]

    def _deadline(self, one: Deadline, history: History) -> Content:
        return {
            "name": self.say(f"deadline.{one.name}"),
            "at": self.presenter.due(one.name, one.at, history.complaint),
            "span": durations.until(one.at, self.now, self.presenter.language),
            "late": one.at <= self.now,
            "working": " ".join(self._working(one, history)),
        }

    def _chase(self, rung: Rung | None, history: History) -> Content:
        """How often one was reminded of it, and when the next reminder goes out."""
        if rung is None:
            return {"chase": ""}
        complaint = history.complaint
        at = self.presenter.moment(rung.at, complaint)
        if rung.number == AHEAD:
            return {"chase": self.say("working.ahead", moment=at)}
        done = chased(rung.deadline, rung.due_at, complaint)
        if done is None or done.number == AHEAD:
            return {"chase": ""}
        sentences = (
            self.say("working.chased", count=done.number),
            self.say("working.chased_next", moment=at),
        )
        return {"chase": " ".join(sentences)}

    def _working(self, one: Deadline, history: History) -> list[str]:
        """How a date came about: from when, how long, which days did not count."""
        basis, complaint = one.basis, history.complaint
        from_at = self.presenter.moment(basis.from_at, complaint)
        said = [self.say(f"working.from_{basis.start}", moment=from_at, clause=one.clause)]
        if basis.left is not None:
            said.append(self._left(basis.left, by_clock=basis.within is not None))
        elif basis.within is not None:
            unit, count = _length(basis.within.hours, basis.within.working_days)
            said.append(self.say(f"working.{unit}", count=count))
        if basis.days:
            said.append(self.say(f"working.{_DAYS.get(basis.start, 'days')}", count=basis.days))
        if basis.months:
            said.append(self.say("working.months", count=basis.months))
        said += self._calendar(one, history)
        if basis.kept_as_told:
            said.append(self.say("working.kept_as_told"))
        return said

    def _left(self, left: timedelta, *, by_clock: bool) -> str:
        """The time that a pause left: working time, or by the clock where hours were promised."""
        hours, rest = divmod(left, timedelta(hours=1))
        unit = "left_hours" if by_clock else "left"
        return self.say(f"working.{unit}", hours=hours, minutes=rest // timedelta(minutes=1))

    def _calendar(self, one: Deadline, history: History) -> list[str]:
        """From which day working days were counted, and which days off were passed over."""
        counted = day_count(one, history.complaint, self.presenter.policy)
        if counted is None:
            return []
        said = []
        if counted.counted_from != self._day(one.basis.from_at, history):
            said.append(self.say("working.counted_from", day=self._named(counted.counted_from)))
        if counted.skipped:
            said.append(self.say("working.skipped", days=self._days(counted.skipped)))
        return said

    def _days(self, days: tuple[date, ...]) -> str:
        joined = self.say("working.and_day")
        if len(days) > _DAYS_NAMED:
            first, last = self._named(days[0]), self._named(days[-1])
            return self.say("working.days_between", first=first, last=last, count=len(days))
        return joined.join(self._named(one) for one in days)

    def _named(self, on: date) -> str:
        return locales.day(on, self.presenter.language)

    def _day(self, at: datetime, history: History) -> date:
        return at.astimezone(history.complaint.tz).date()

    def say(self, key: str, **params: object) -> str:
        """A sentence of the staff's pages."""
        return self.presenter.say_desk(key, **params)


def _length(hours: int, working_days: int) -> tuple[str, int]:
    return ("hours", hours) if hours else ("working_days", working_days)

"""The clocks of a complaint in words: what is due when, and how each date was computed."""

from dataclasses import dataclass
from datetime import date, datetime

from chalicelib import locales
from chalicelib.domain.ladder import AHEAD, Rung, chased, next_rungs
from chalicelib.domain.reckoning import Reckoning, reckonings
from chalicelib.service import spans
from chalicelib.service.history import History
from chalicelib.service.presentation import Content, Presenter

_DAYS_NAMED = 6
"""So many days off are named one by one; of more, the first and the last."""


@dataclass(frozen=True)
class ClockTeller:
    """Tells what is due to one reader, as seen at `now` (UTC)."""

    presenter: Presenter
    now: datetime

    def clocks(self, history: History) -> list[Content]:
        """Every clock that runs, what is due next first."""
        policy, complaint = self.presenter.policy, history.complaint
        found = sorted(reckonings(history.records, policy), key=lambda one: one.at)
        rungs = {rung.clock: rung for rung in next_rungs(complaint, policy)}
        return [
            self._clock(one, history) | self._chase(rungs.get(one.clock), history) for one in found
        ]

    def _clock(self, one: Reckoning, history: History) -> Content:
        return {
            "name": self.say(f"clock.{one.clock}"),
            "at": self.presenter.promise(one.at, history.complaint),
            "span": spans.until(one.at, self.now, self.presenter.language),
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
        done = chased(rung.clock, rung.due_at, complaint)
        if done is None or done.number == AHEAD:
            return {"chase": ""}
        sentences = (
            self.say("working.chased", count=done.number),
            self.say("working.chased_next", moment=at),
        )
        return {"chase": " ".join(sentences)}

    def _working(self, one: Reckoning, history: History) -> list[str]:
        """How a date came about: from when, how long, which days did not count."""
        from_at = self.presenter.moment(one.from_at, history.complaint)
        parts = [self.say(f"working.from_{one.base}", moment=from_at, clause=one.clause)]
        if one.within is not None:
            unit, count = _length(one.within.hours, one.within.working_days)
            parts.append(self.say(f"working.{unit}", count=count))
        if one.days:
            parts.append(self.say("working.days", count=one.days))
        if one.months:
            parts.append(self.say("working.months", count=one.months))
        if one.counted_from and one.counted_from != self._day(one.from_at, history):
            parts.append(self.say("working.counted_from", day=self._named(one.counted_from)))
        if one.skipped:
            parts.append(self.say("working.skipped", days=self._days(one.skipped)))
        if one.kept_as_told:
            parts.append(self.say("working.kept_as_told"))
        return parts

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

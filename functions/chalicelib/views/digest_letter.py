"""The letter of a morning: to each what is overdue, due today, new, and for whom it waits."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from chalicelib import locales
from chalicelib.application.desk import Desk
from chalicelib.application.ports.workday_starts import WorkdayStart
from chalicelib.application.records import Line
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.digest import (
    NOT_THE_OWNERS,
    SECTIONS,
    Day,
    DigestItem,
    Waiting,
    day_of,
    digest,
    is_told,
)
from chalicelib.domain.notices import Notice
from chalicelib.domain.staff import Directory, Staff
from chalicelib.domain.working_time import WorkingTime
from chalicelib.views.letter_contents import LetterContents
from chalicelib.views.presentation import Content, Presenter

_LISTED = 100
"""As in a gathered letter: more are cut short by mail clients; the queue has them all."""


@dataclass(frozen=True)
class DigestLetter:
    """Puts a community's open complaints into one letter a reader, as things stand."""

    desk: Desk
    contents: LetterContents

    def told(
        self, morning: WorkdayStart, lines: Iterable[Line], context: DecisionContext
    ) -> Iterator[tuple[Notice, Content]]:
        """One letter to each who has something before her; none once that day is over.

        Who serves several communities reads of all of them in the letter of the first; of
        those that open at the same instant, as one day begins.
        """
        zone = self.contents.organisation.community(morning.community).tz
        now, calendar = self.desk.clock.now(), context.policy.working_time
        if now.astimezone(zone).date() != morning.on:
            return
        day = day_of(morning.on, now, calendar, zone)
        together = self._opening_with(morning, calendar)
        here = [one for one in lines if one.complaint.community in together]
        conflicted_staff = [
            self.desk.context(one, context.directory).conflicted_staff for one in here
        ]
        for staff in context.directory.staff:
            communities = _told_here(staff, morning.community, together)
            hers = [
                line
                for line, named in zip(here, conflicted_staff, strict=True)
                if line.complaint.community in communities and is_told(staff, line.complaint, named)
            ]
            if hers:
                content = self._content(morning, hers, staff, day, context.directory)
                yield Notice("digest", staff.id), content

    def _opening_with(self, morning: WorkdayStart, calendar: WorkingTime) -> list[str]:
        """The communities whose day begins at the same instant, in the organisation's order."""
        communities = self.contents.organisation.communities
        opens_at = {one.key: calendar.hours_of(morning.on, one.tz)[0] for one in communities}
        return [key for key, at in opens_at.items() if at == opens_at[morning.community]]

    def _content(
        self, morning: WorkdayStart, lines: list[Line], staff: Staff, day: Day, directory: Directory
    ) -> Content:
        contents = self.contents
        say = contents.presenter(staff.language)
        tasks = digest([one.complaint for one in lines], staff, say.policy, day)
        words = {one.complaint.reference: one.words for one in lines}
        here = sorted({one.complaint.community for one in lines})
        tell = _Teller(say, staff, day.now, directory, names_community=len(here) > 1)
        shown = [
            (one.section, tell.row(one, words[one.complaint.reference])) for one in tasks[:_LISTED]
        ]
        counts = Counter(one.section for one in tasks)
        return {
            "language": say.language,
            "company": contents.organisation.name[say.language],
            "recipient": staff.name[say.language],
            "on": locales.day(morning.on, say.language),
            "community": say.say("digest.and").join(
                contents.organisation.community(one).name[say.language] for one in here
            ),
            "headline": _headline(morning, counts, say),
            "counts": [(say.say(f"digest.{one}"), counts[one]) for one in SECTIONS if counts[one]],
            "groups": [(one, [row for part, row in shown if part == one]) for one in SECTIONS],
            "counted": counts,
            "more": len(tasks) - len(shown),
            "desk_url": f"{contents.site_url}/desk",
            "thread": f"MORNING#{morning.community}",
        }


@dataclass(frozen=True)
class _Teller:
    """Puts each complaint of a digest into words for its reader, as seen at `now` (UTC)."""

    say: Presenter
    reader: Staff
    now: datetime
    directory: Directory
    names_community: bool

    def row(self, task: DigestItem, words: Mapping[str, str]) -> Content:
        """Which complaint it is, what is to be done by when, whose it is and for whom it waits."""
        entry = self.say.entry(task.complaint, words)
        if self.names_community:
            community = self.say.organisation.community(task.complaint.community)
            where = filter(None, (community.name[self.say.language], entry["where"]))
            entry["where"] = self.say.say("sentence.joined").join(where)
        return {**entry, "steps": self._steps(task), "whose": self._whose(task)}

    def _steps(self, task: DigestItem) -> str:
        """What falls due at one instant is said in one breath."""
        at_once = groupby(task.clocks, key=lambda one: one[1])
        steps = [self._step(at, [name for name, _ in clocks], task) for at, clocks in at_once]
        return self.say.say("sentence.joined").join(steps) or self.say.say("digest.to_close")

    def _step(self, at: datetime, clocks: list[str], task: DigestItem) -> str:
        state = "overdue" if at <= self.now else "due"
        when = self.say.say(f"todo.{state}", moment=self.say.promise(at, task.complaint))
        todos = self.say.say("digest.and").join(self._todo(one, task) for one in clocks)
        return self.say.say("digest.step", todos=todos, when=when)

    def _todo(self, clock: str, task: DigestItem) -> str:
        """What is to be done; by whom, where it is not the owner's to do."""
        if clock not in NOT_THE_OWNERS:
            return self.say.say(f"todo.{clock}")
        department = self.say.department(task.complaint.about)
        return self.say.say(f"digest.{clock}", department=department)

    def _whose(self, task: DigestItem) -> str:
        complaint = task.complaint
        hers = complaint.owner.staff == self.reader.id
        waits = self._waits(task.waiting, task, hers=hers)
        if hers:
            return self.say.say("digest.hers", waits=waits)
        owner = self.say.owner(complaint.owner, self.directory)
        return self.say.say("digest.anothers", owner=owner, waits=waits)

    def _waits(self, waiting: Waiting, task: DigestItem, *, hers: bool) -> str:
        until = waiting.until
        whom = "you" if hers and waiting.whom == "owner" else waiting.whom
        return self.say.say(
            f"digest.waits_{whom}",
            moment=self.say.moment(until, task.complaint) if until else "",
            department=self.say.department(task.complaint.about),
        )


def _told_here(staff: Staff, community: str, together: list[str]) -> list[str]:
    """The communities of which a person reads in this one's letter: all hers, in the first."""
    served = [one for one in together if staff.serves(one)]
    if community not in served:
        return [community]
    return served if served[0] == community else []


def _headline(morning: WorkdayStart, counts: Counter[str], say: Presenter) -> str:
    """The day and what presses on it; how many are merely open only where nothing else is."""
    pressing = [one for one in SECTIONS[:-1] if counts[one]] or [SECTIONS[-1]]
    counted = (say.say(f"digest.count_{one}", count=counts[one]) for one in pressing)
    day = locales.short_day(morning.on, say.language)
    return say.say("digest.headline", day=day, counts=say.say("digest.and").join(counted))

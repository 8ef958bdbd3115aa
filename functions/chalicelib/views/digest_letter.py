"""The words of a working day's letter: what is overdue, due today, new, and for whom it waits."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from chalicelib import locales
from chalicelib.application.outbox import WorkdayStart
from chalicelib.application.ports.letter_writer import WorkdayDigest
from chalicelib.domain.digest import NOT_THE_OWNERS, SECTIONS, DigestItem, Waiting
from chalicelib.domain.staff import Directory, Staff
from chalicelib.views.presentation import Content, Presenter

_LISTED = 100
"""As in a batch of alerts: more are cut short by mail clients; the queue has them all."""


@dataclass(frozen=True)
class DigestLetter:
    """Puts what one reader has before them into one letter."""

    presenter: Presenter
    directory: Directory

    def content(self, digest: WorkdayDigest) -> Content:
        """What the letter says."""
        say, start = self.presenter, digest.start
        counts = Counter(one.section for one in digest.items)
        shown = self._shown(digest)
        return {
            "language": say.language,
            "company": say.organisation.name[say.language],
            "recipient": digest.reader.name[say.language],
            "on": locales.day(start.on, say.language),
            "community": say.say("digest.and").join(
                say.organisation.community(one).name[say.language] for one in _communities(digest)
            ),
            "headline": _headline(start, counts, say),
            "counts": [(say.say(f"digest.{one}"), counts[one]) for one in SECTIONS if counts[one]],
            "groups": [(one, [row for part, row in shown if part == one]) for one in SECTIONS],
            "counted": counts,
            "more": len(digest.items) - len(shown),
            "desk_url": f"{say.site_url}/desk",
        }

    def _shown(self, digest: WorkdayDigest) -> list[tuple[str, Content]]:
        """The complaints that the letter lists, each with its section."""
        names_community = len(_communities(digest)) > 1
        view = _ItemView(
            self.presenter, digest.reader, digest.day.now, self.directory, names_community
        )
        return [
            (one.section, view.row(one, digest.words[one.complaint.reference]))
            for one in digest.items[:_LISTED]
        ]


@dataclass(frozen=True)
class _ItemView:
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
        at_once = groupby(task.deadlines, key=lambda one: one[1])
        steps = [self._step(at, [name for name, _ in together], task) for at, together in at_once]
        return self.say.say("sentence.joined").join(steps)

    def _step(self, at: datetime, deadlines: list[str], task: DigestItem) -> str:
        state = "overdue" if at <= self.now else "due"
        moment = self._moment(at, deadlines, task)
        when = self.say.say(f"todo.{state}", moment=moment)
        todos = self.say.say("digest.and").join(self._todo(one, task) for one in deadlines)
        return self.say.say("digest.step", todos=todos, when=when)

    def _moment(self, at: datetime, deadlines: list[str], task: DigestItem) -> str:
        """Provisional only where every deadline of the instant is."""
        said = (self.say.due(one, at, task.complaint) for one in deadlines)
        return min(said, key=len)

    def _todo(self, deadline: str, task: DigestItem) -> str:
        """What is to be done; by whom, where it is not the owner's to do."""
        if deadline not in NOT_THE_OWNERS:
            return self.say.say(f"todo.{deadline}")
        department = self.say.department(task.complaint.about)
        return self.say.say(f"digest.{deadline}", department=department)

    def _whose(self, task: DigestItem) -> str:
        complaint = task.complaint
        is_own = complaint.owner.staff == self.reader.id
        waits = self._waits(task.waiting, task, is_own=is_own)
        if is_own:
            return self.say.say("digest.own", waits=waits)
        owner = self.say.owner(complaint.owner, self.directory)
        return self.say.say("digest.anothers", owner=owner, waits=waits)

    def _waits(self, waiting: Waiting, task: DigestItem, *, is_own: bool) -> str:
        until = waiting.until
        whom = "you" if is_own and waiting.whom == "owner" else waiting.whom
        return self.say.say(
            f"digest.waits_{whom}",
            moment=self.say.moment(until, task.complaint) if until else "",
            department=self.say.department(task.complaint.about),
        )


def _communities(digest: WorkdayDigest) -> list[str]:
    return sorted({one.complaint.community for one in digest.items})


def _headline(start: WorkdayStart, counts: Counter[str], say: Presenter) -> str:
    """The day and what presses on it; how many are merely open only where nothing else is."""
    pressing = [one for one in SECTIONS[:-1] if counts[one]] or [SECTIONS[-1]]
    counted = (say.say(f"digest.count_{one}", count=counts[one]) for one in pressing)
    day = locales.short_day(start.on, say.language)
    return say.say("digest.headline", day=day, counts=say.say("digest.and").join(counted))

"""The words of the morning letter: what its reader has to do, and what was brought up to them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from chalicelib import locales
from chalicelib.application.ports.letter_writer import MorningLetter
from chalicelib.domain.morning import NEW, OVERDUE, SOON, TODAY, is_new, section_of
from chalicelib.domain.staff import Directory
from chalicelib.domain.tasks import Task
from chalicelib.views.morning_rows import MorningRows
from chalicelib.views.presentation import Content, Presenter

_LISTED = 100
"""More entries are cut short by mail clients; the work list has them all."""


@dataclass(frozen=True)
class _Group:
    """Entries under one heading, each put into words by `row`; `path` leads to all of them."""

    heading: str
    entries: Sequence[Any]
    row: Callable[[Any], Content]
    intro: str = ""
    path: str = "/desk"
    rows: list[Content] = field(default_factory=list)


@dataclass(frozen=True)
class MorningLetterView:
    """Puts what one reader has before them into one letter."""

    presenter: Presenter
    directory: Directory

    def content(self, letter: MorningLetter) -> Content:
        """What the letter says."""
        say = self.presenter
        groups = [one for one in self._groups(letter) if one.entries]
        return {
            "language": say.language,
            "company": say.organisation.name[say.language],
            "recipient": letter.reader.name[say.language],
            "headline": self._headline(letter),
            "communities": self._communities(letter),
            "summary": self._summary(letter),
            "counts": [(one.heading, len(one.entries)) for one in groups],
            "groups": [
                self._group(one, most) for one, most in zip(groups, _shares(groups), strict=True)
            ],
            "desk_url": f"{say.site_url}/desk",
        }

    def _groups(self, letter: MorningLetter) -> Iterator[_Group]:
        """The reader's tasks by kind, what was brought up, what nears its month, and others'."""
        say, morning, rows = self.presenter.say, letter.morning, self._rows(letter)
        for kind, found in _by_kind(morning.tasks):
            heading = self.presenter.say_desk(f"task.{kind}")
            yield _Group(heading, found, rows.task, path=f"/desk?task={kind}")
        intro = say("morning.brought_intro")
        yield _Group(say("morning.brought"), morning.brought, rows.brought, intro)
        yield _Group(say("morning.warned"), morning.warned, rows.warned)
        for section in (OVERDUE, TODAY, SOON, NEW):
            others = [one for one in morning.others if section_of(one, letter.day) == section]
            heading = say("morning.others", section=say(f"morning.{section}"))
            yield _Group(heading, others, rows.other)

    def _rows(self, letter: MorningLetter) -> MorningRows:
        communities = {one.community for one in letter.morning.complaints}
        return MorningRows(
            self.presenter, self.directory, letter, names_community=len(communities) > 1
        )

    def _group(self, group: _Group, most: int) -> Content:
        return {
            "heading": group.heading,
            "count": len(group.entries),
            "intro": group.intro,
            "rows": [group.row(one) for one in group.entries[:most]],
            "more": max(0, len(group.entries) - most),
            "url": f"{self.presenter.site_url}{group.path}",
        }

    def _headline(self, letter: MorningLetter) -> str:
        """The day, how many of each kind there are to do, and where, if days begin apart."""
        say, morning = self.presenter, letter.morning
        counts = [
            *((f"count_{kind}", len(found)) for kind, found in _by_kind(morning.tasks)),
            ("count_brought", len(morning.brought)),
            ("count_warned", len(morning.warned)),
        ]
        counted = [say.say(f"morning.{key}", count=count) for key, count in counts if count]
        day = locales.short_day(letter.start.on, say.language)
        told = say.say("morning.and").join(counted)
        headline = say.say("morning.headline", day=day, counts=told)
        if len({one.tz for one in say.organisation.communities}) == 1:
            return headline
        return say.say("morning.of", headline=headline, communities=self._communities(letter))

    def _communities(self, letter: MorningLetter) -> str:
        say = self.presenter
        keys = {one.community for one in letter.morning.complaints}
        named = (one for one in say.organisation.communities if one.key in keys)
        return say.say("morning.and").join(one.name[say.language] for one in named)

    def _summary(self, letter: MorningLetter) -> str:
        """How many tasks there are at that moment, and how many of them press or are new."""
        say, tasks, day = self.presenter, letter.morning.tasks, letter.day
        pressing = Counter(section_of(one, day) for one in tasks)
        pressing[NEW] = sum(is_new(one, day) for one in tasks)
        parts = [
            say.say("morning.part", section=say.say(f"morning.{one}"), count=pressing[one])
            for one in (OVERDUE, TODAY, SOON, NEW)
            if pressing[one]
        ]
        zone = say.organisation.community(letter.start.community).tz
        moment = locales.moment(day.now, zone, say.language)
        if not tasks:
            return say.say("morning.no_tasks", moment=moment)
        of_these = say.say("morning.of_these", parts=say.say("morning.and").join(parts))
        summary = say.say("morning.summary", moment=moment, count=len(tasks))
        return say.say("morning.whole", summary=summary, parts=of_these if parts else "")


def _by_kind(tasks: tuple[Task, ...]) -> list[tuple[str, list[Task]]]:
    """Tasks by their kind; the kind of what is due first before the others."""
    kinds = list(dict.fromkeys(one.deadline for one in tasks))
    ordered = sorted(tasks, key=lambda one: kinds.index(one.deadline))
    return [(kind, list(found)) for kind, found in groupby(ordered, lambda one: one.deadline)]


def _shares(groups: Sequence[_Group]) -> list[int]:
    """How many entries of each group are listed: no long one takes the place of a short one."""
    shares = dict.fromkeys(range(len(groups)), 0)
    left = _LISTED
    by_length = sorted(shares, key=lambda place: len(groups[place].entries))
    for done, place in enumerate(by_length):
        shares[place] = min(len(groups[place].entries), left // (len(groups) - done))
        left -= shares[place]
    return list(shares.values())

"""The entries of the morning letter: which complaint, what is to be done by when, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.application.ports.letter_writer import MorningLetter
from chalicelib.domain.clauses import month_ends_at
from chalicelib.domain.model import Complaint
from chalicelib.domain.morning import Brought, is_new
from chalicelib.domain.staff import Directory
from chalicelib.domain.tasks import MESSAGE, UNTOLD, WITHOUT_DATE, Task
from chalicelib.views import durations
from chalicelib.views.presentation import Content, Presenter


@dataclass(frozen=True)
class MorningRows:
    """Puts each entry into words for the letter's reader."""

    say: Presenter
    directory: Directory
    letter: MorningLetter
    names_community: bool

    def task(self, one: Task) -> Content:
        """A task of the reader's; its link opens the form that does it."""
        step = self.say.say_desk(f"verb.{one.verb}")
        marks = [self._by(one)]
        if is_new(one, self.letter.day):
            marks.append(self.say.say("morning.is_new"))
        marks += self._waits(one)
        return self._entry(one.complaint, marks, step, f"?do={one.verb}#{one.verb}")

    def brought(self, one: Brought) -> Content:
        """What somebody else has not done, and how often this reader was told of it."""
        undone = [
            self.say.say(
                "morning.not_done",
                who=self._who(each),
                todo=self.say.say(f"todo.{each.deadline}"),
                moment=self.say.due(each.deadline, each.at, one.complaint),
            )
            for each in one.owed
        ]
        times = self.say.say("morning.times", times=one.times)
        return self._entry(one.complaint, [*undone, times])

    def warned(self, complaint: Complaint) -> Content:
        """How long it has been unsolved, when its month ends, and whose it is (5.1.3)."""
        ends_at = month_ends_at(complaint, self.say.policy.settings)
        return self._entry(
            complaint,
            [
                self.say.say(
                    "morning.unsolved",
                    days=(self.letter.day.now - complaint.received_at).days,
                    moment=self.say.moment(ends_at, complaint),
                ),
                self.say.say("morning.owner", who=self.say.owner(complaint.owner, self.directory)),
            ],
        )

    def other(self, one: Task) -> Content:
        """What somebody else of the community has to do next."""
        todo = self.say.say(f"todo.{one.deadline}")
        whose = self.say.say("morning.whose", who=self._who(one), todo=todo)
        return self._entry(one.complaint, [whose, self._by(one), *self._waits(one)])

    def _entry(
        self, complaint: Complaint, lines: list[str], step: str = "", form: str = ""
    ) -> Content:
        entry = self.say.entry(complaint, self._words(complaint))
        label = entry["reference"]
        where = [entry["where"]]
        if self.names_community:
            community = self.say.organisation.community(complaint.community)
            where.insert(0, community.name[self.say.language])
        joined = self.say.say("sentence.joined")
        return {
            "label": self.say.say("morning.step", label=label, step=step) if step else label,
            "url": f"{entry['url']}{form}",
            "lines": [
                _sentence(self.say.say("morning.kind", **entry)),
                joined.join(filter(None, where)),
                _sentence(joined.join(lines)),
            ],
        }

    def _words(self, complaint: Complaint) -> Mapping[str, str]:
        return self.letter.words[complaint.reference]

    def _by(self, one: Task) -> str:
        moment, now = self.say.due(one.deadline, one.at, one.complaint), self.letter.day.now
        if one.deadline in WITHOUT_DATE:
            span = durations.since(one.at, now, self.say.language)
            return self.say.say(_SINCE[one.deadline], moment=moment, span=span)
        span = durations.until(one.at, now, self.say.language)
        return self.say.say("morning.by", moment=moment, span=span)

    def _waits(self, one: Task) -> list[str]:
        """For what it waits meanwhile: the resident's answer, or a time agreed with them."""
        complaint = one.complaint
        waiting = {"resident": complaint.awaiting_until, "agreed": complaint.agreed_at}
        return [
            self.say.say(f"morning.waits_{name}", moment=self.say.moment(until, complaint))
            for name, until in waiting.items()
            if until and until > self.letter.day.now and name != one.deadline
        ]

    def _who(self, task: Task) -> str:
        """Whose task it is: the owner with the post in which they own it, others with their own."""
        owner, person = task.complaint.owner, self.directory.person(task.to)
        if person is None or owner.staff == task.to:
            return self.say.owner(owner, self.directory)
        language = self.say.language
        role = self.say.policy.role(person.roles[0]).name[language]
        return self.say.say("sentence.by", name=person.name[language], role=role)


_SINCE = {MESSAGE: "morning.wrote", UNTOLD: "morning.untold"}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"

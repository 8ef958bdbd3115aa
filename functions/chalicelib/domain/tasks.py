"""Who has what to do: a pure function of a complaint, the staff and the time (principle 1).

A task is a deadline that somebody must keep, with the verb that keeps it. The desk's work list
shows the tasks, and a complaint's page begins with the reader's own.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from operator import attrgetter

from msgspec import Struct

from chalicelib.domain.deadlines import AFTER_THE_REPLY, NOT_PROMISED, explained
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.decisions.reminding import chain
from chalicelib.domain.model import NEW_CONTACT, NEW_REPLY, Complaint

KEPT_BY: Mapping[str, str] = {
    "acknowledge": "acknowledge",
    "judge": "judge",
    "feedback": "give-feedback",
    "pass_on": "pass-on",
    "agreed": "update",
    "reply": "reply",
    "explain": "reply",
    "new_contact": "agree-time",
    "new_reply": "agree-time",
    "follow_up": "follow-up",
    "silence": "update",
    "close": "close",
    "return_visit": "return-visit",
}
"""Which verb keeps a deadline; one without a verb, as the month, is nobody's task."""
MESSAGE = "message"
"""What the resident wrote and nobody has reacted to: a task since it came, and no deadline."""
UNTOLD = "untold"
"""What was sent to the resident did not arrive: a task since that is known, and no deadline."""
WITHOUT_DATE = frozenset({MESSAGE, UNTOLD})
"""Tasks since something happened, with no date to be done by."""
_FIRST_OF_ALL = "acknowledge"
"""While nobody has spoken to the resident, word to them and a reply are no tasks beside that."""
_WITH_IT = frozenset({"reply", "silence", MESSAGE})
_ONCE_OVER = NOT_PROMISED | {NEW_CONTACT, NEW_REPLY}
"""What asks for something only once its time is over."""


class Task(Struct, frozen=True):
    """What the person `to` has to do about a complaint by `at` (UTC): a deadline and its verb.

    A `MESSAGE` of the resident has no date to be answered by; `at` is when it came. Nor has it
    what the resident is `UNTOLD`.
    """

    complaint: Complaint
    deadline: str
    verb: str
    to: str
    at: datetime

    def is_late(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.deadline not in WITHOUT_DATE and self.at <= now


def tasks(complaint: Complaint, context: DecisionContext, now: datetime) -> tuple[Task, ...]:
    """Everybody's tasks about one complaint, what is due first before the others.

    Word to the resident is asked for by itself only once it has been silent for too long, and a
    return visit once it has opened.
    """
    found = (
        *owed(complaint, context),
        *_answers(complaint, context),
        *_another_way(complaint, context),
    )
    names = {one.deadline for one in found}
    present = (
        one for one in found if not _is_beside_the_first(one, names) and not _is_to_come(one, now)
    )
    return tuple(sorted(present, key=attrgetter("at")))


def owed(complaint: Complaint, context: DecisionContext) -> tuple[Task, ...]:
    """All that somebody must keep, that which is no task yet or no task by itself included."""
    return tuple(
        Task(complaint, one.name, KEPT_BY[one.name], to, one.at)
        for one in explained(complaint, context.policy)
        if one.name in KEPT_BY
        for to in _whose(one.name, complaint, context)
    )


def tasks_of(staff_id: str, found: Iterable[Task]) -> list[Task]:
    """One person's, what is due first before the others."""
    own = (one for one in found if one.to == staff_id)
    return sorted(own, key=lambda one: (one.at, one.complaint.reference, one.deadline))


def _answers(complaint: Complaint, context: DecisionContext) -> Iterator[Task]:
    """What the resident wrote and nobody has reacted to."""
    at = complaint.messaged_at
    if complaint.is_open and at:
        for to in _whose(MESSAGE, complaint, context):
            yield Task(complaint, MESSAGE, "update", to, at)


def _another_way(complaint: Complaint, context: DecisionContext) -> Iterator[Task]:
    """A letter did not arrive: the resident is told by telephone or a visit."""
    at = complaint.untold_at
    if complaint.is_open and at:
        for to in _whose(UNTOLD, complaint, context):
            yield Task(complaint, UNTOLD, _told_by(complaint), to, at)


def _told_by(complaint: Complaint) -> str:
    """The verb that tells it: a first contact where there was none, else a word or the reply."""
    if complaint.acknowledged_at is None:
        return "acknowledge"
    return "update"


def _whose(name: str, complaint: Complaint, context: DecisionContext) -> Iterator[str]:
    """Whoever is reminded of it first has it to do; while they are away, the next who is there."""
    people = chain(name, complaint, context)
    there = [one for one in people if _is_there(one, context)]
    yield from (there or people)[:1]


def _is_there(staff_id: str, context: DecisionContext) -> bool:
    person = context.directory.person(staff_id)
    return person is not None and not (person.disabled or person.absent)


def _is_beside_the_first(one: Task, names: set[str]) -> bool:
    return _FIRST_OF_ALL in names and one.deadline in _WITH_IT


def _is_to_come(one: Task, now: datetime) -> bool:
    """Whether there is nothing to do yet: no silence so far, no return visit open.

    A new date is kept with the promise it stands for; missed, too, a time is to be agreed.
    """
    if one.deadline == AFTER_THE_REPLY:
        return one.complaint.visit_asked_at is None
    if one.deadline in (NEW_CONTACT, NEW_REPLY) and (one.complaint.agreed_at or now) > now:
        return True
    return one.deadline in _ONCE_OVER and one.at > now

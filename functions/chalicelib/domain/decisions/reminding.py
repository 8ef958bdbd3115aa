"""What is recorded of the ladder: reminders taken step by step, and warnings (5.1.3)."""

from datetime import datetime

from chalicelib.domain.deadlines import AFTER_THE_REPLY, warnings
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.escalation import AHEAD, Rung, by_hours, chased, next_rungs
from chalicelib.domain.events import NewEvent, NewEvents, Reminded, Warned
from chalicelib.domain.model import Complaint, LadderStep
from chalicelib.domain.staff import Staff


def due(complaint: Complaint, context: DecisionContext, now: datetime) -> NewEvents:
    """The reminders and the warning that are due by `now` (UTC), each deadline's next step only."""
    steps = [_step(_taken(one, now), complaint, context) for one in _come(complaint, context, now)]
    taken = tuple(one for one in steps if one)
    reminded = (NewEvent(Reminded(taken)),) if taken else ()
    return (*reminded, *_warned(complaint, context, now))


def chain(deadline: str, complaint: Complaint, context: DecisionContext) -> tuple[str, ...]:
    """Who is reminded one after the other, each person once: the owner, then rung by rung.

    The department is asked itself (3.3), its owner where nobody answers for it. To judge is
    for the rungs, whoever owns it, and the owner's where no rung has anybody; the silence
    towards the resident is the owner's to break.
    The return visit is the supervisor's, and is asked of nobody else.
    """
    owner = complaint.owner.staff
    first = (owner,) if owner else ()
    alone = _alone(deadline, complaint, context)
    if alone:
        return (alone.id,)
    if deadline in ("feedback", "silence", AFTER_THE_REPLY):
        return first
    found = (context.answering(role, complaint) for role in context.policy.ladder.rungs)
    above = tuple(one.id for one in found if one)
    if deadline == "judge":
        return tuple(dict.fromkeys(above or first))
    return tuple(dict.fromkeys((*first, *above)))


def _alone(deadline: str, complaint: Complaint, context: DecisionContext) -> Staff | None:
    """The one whose task it is, whoever owns the complaint; none where the owner's."""
    match deadline:
        case "feedback":
            return context.department_head(complaint)
        case "return_visit":
            return context.visitor(complaint)
        case _:
            return None


def _come(complaint: Complaint, context: DecisionContext, now: datetime) -> list[Rung]:
    return [one for one in next_rungs(complaint, context.policy) if one.at <= now]


def _taken(rung: Rung, now: datetime) -> Rung:
    """Once it has fallen due there is nothing to remind of beforehand."""
    if rung.number == AHEAD and rung.due_at <= now:
        return Rung(rung.deadline, rung.due_at, 1, rung.due_at)
    return rung


def _step(rung: Rung, complaint: Complaint, context: DecisionContext) -> LadderStep | None:
    people = chain(rung.deadline, complaint, context)
    if not people:
        return None
    place = max(rung.number - 1, 0)
    to, top = people[min(place, len(people) - 1)], place >= len(people) - 1
    last = chased(rung.deadline, rung.due_at, complaint)
    if by_hours(rung.deadline, complaint, context.policy) and not (last and last.top):
        to, top = _next_of(people, last.told if last else ())
    return LadderStep(rung.deadline, rung.due_at, rung.number, to, top)


def _next_of(people: tuple[str, ...], told: tuple[str, ...]) -> tuple[str, bool]:
    """Within one day nobody is reminded twice, though the people on the chain may have changed.

    Nobody at all where everybody was.
    """
    left = [one for one in people if one not in told]
    return (left[0], len(left) == 1) if left else ("", True)


def _warned(complaint: Complaint, context: DecisionContext, now: datetime) -> NewEvents:
    days = (day for day, at in warnings(complaint, context.policy).items() if at <= now)
    come = tuple(sorted(days))
    return (NewEvent(Warned(come)),) if come else ()

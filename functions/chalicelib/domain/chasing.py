"""What the clock records of the ladder: reminders taken step by step, and warnings (5.1.3)."""

from datetime import datetime

from chalicelib.domain.clocks import warnings
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.events import Happening
from chalicelib.domain.grounds import Grounds, Happenings
from chalicelib.domain.ladder import AHEAD, Rung, by_hours, chased, next_rungs
from chalicelib.domain.notices import answering, department_head
from chalicelib.domain.reminding import Reminded, Step, Warned


def due(complaint: Complaint, grounds: Grounds, now: datetime) -> Happenings:
    """The reminders and the warning that are due by `now` (UTC), each clock's next step only."""
    steps = [_step(_taken(one, now), complaint, grounds) for one in _come(complaint, grounds, now)]
    taken = tuple(one for one in steps if one)
    reminded = (Happening(Reminded(taken)),) if taken else ()
    return (*reminded, *_warned(complaint, grounds, now))


def _come(complaint: Complaint, grounds: Grounds, now: datetime) -> list[Rung]:
    return [one for one in next_rungs(complaint, grounds.policy) if one.at <= now]


def _taken(rung: Rung, now: datetime) -> Rung:
    """Once it has fallen due there is nothing to remind of beforehand."""
    if rung.number == AHEAD and rung.due_at <= now:
        return Rung(rung.clock, rung.due_at, 1, rung.due_at)
    return rung


def _step(rung: Rung, complaint: Complaint, grounds: Grounds) -> Step | None:
    rope = _rope(rung.clock, complaint, grounds)
    if not rope:
        return None
    place = max(rung.number - 1, 0)
    to, top = rope[min(place, len(rope) - 1)], place >= len(rope) - 1
    last = chased(rung.clock, rung.due_at, complaint)
    if by_hours(rung.clock, complaint, grounds.policy) and not (last and last.top):
        to, top = _next_of(rope, last.told if last else ())
    return Step(rung.clock, rung.due_at, rung.number, to, top)


def _next_of(rope: tuple[str, ...], told: tuple[str, ...]) -> tuple[str, bool]:
    """Within one day nobody is reminded twice, though the people on the rope may have changed.

    Nobody at all where everybody was.
    """
    left = [one for one in rope if one not in told]
    return (left[0], len(left) == 1) if left else ("", True)


def _rope(clock: str, complaint: Complaint, grounds: Grounds) -> tuple[str, ...]:
    """Who is reminded one after the other, each person once: the owner, then rung by rung.

    The department is asked itself (3.3), its owner where nobody answers for it. To judge is
    for the rungs, whoever owns it; the silence towards her is her owner's to break.
    """
    owner = complaint.owner.staff
    first = (owner,) if owner else ()
    head = department_head(complaint, grounds) if clock == "feedback" else None
    if head:
        return (head.id,)
    if clock in ("feedback", "silence"):
        return first
    if clock == "judge":
        first = ()
    above = (answering(role, complaint, grounds) for role in grounds.policy.ladder.rungs)
    return tuple(dict.fromkeys((*first, *(one.id for one in above if one))))


def _warned(complaint: Complaint, grounds: Grounds, now: datetime) -> Happenings:
    days = (day for day, at in warnings(complaint, grounds.policy).items() if at <= now)
    come = tuple(sorted(days))
    return (Happening(Warned(come)),) if come else ()

"""Going on as one: complaints about one matter, handled under the earliest (our setting).

`joined` says what they make together; here is decided what follows. Each of the two has its own
side of it: the survivor takes in and lets go; the other joins, and is separated. What is passed
on between them meanwhile stands in `passing_on`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from chalicelib.domain import commands, events, own_round
from chalicelib.domain.clauses import assess
from chalicelib.domain.confidence import confided
from chalicelib.domain.decision_context import DecisionContext, require_text
from chalicelib.domain.decisions.judging import gravest, owner_among, promises_for
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.joined import joined_verdict, with_parts
from chalicelib.domain.model import NOBODY, UNSURE, Complaint, Part, Promise, Promises, Verdict
from chalicelib.domain.policy import Policy
from chalicelib.domain.promises import current_promises


def merge(
    complaint: Complaint, command: commands.Merge, _: DecisionContext, __: datetime
) -> NewEvents:
    """Somebody finds that two are one matter; which of them stays is seen by who loads both."""
    require_text(command.reason, "reason")
    if command.into == complaint.reference:
        raise RefusedError("merge_itself")
    event = events.Merged(command.into, complaint.owner, complaint.about, complaint.owner)
    return (NewEvent(event, {"reason": command.reason.strip()}),)


def join(
    complaint: Complaint, command: commands.Join, _: DecisionContext, __: datetime
) -> NewEvents:
    """It goes on under the survivor, whose owner has it from now on; said once."""
    survivor = command.survivor
    if complaint.merged_into:
        return ()
    event = events.Merged(
        survivor.reference,
        survivor.owner,
        survivor.about,
        complaint.owner,
        tuple(sorted({*complaint.may_be_meant, *survivor.may_be_meant})),
        survivor.in_confidence,
        confided(survivor),
        had_parts=bool(complaint.parts),
    )
    return (NewEvent(event, {"reason": command.reason} if command.reason else {}),)


def absorb(
    complaint: Complaint, command: commands.Absorb, context: DecisionContext, now: datetime
) -> NewEvents:
    """The others go on under this one, and it is decided again from all facts; said once.

    Nobody keeps what may be about them, nor gets it by a merge.
    """
    parts = tuple(one for one in command.parts if one.reference not in complaint.absorbed)
    if not parts:
        return ()
    meant = frozenset({*complaint.may_be_meant, *command.may_be_meant})
    names_it = complaint.about == UNSURE and command.about != UNSURE
    after = with_parts(complaint, (*complaint.parts, *parts))
    after = replace(after, about=command.about) if names_it else after
    kept = _kept(after, command)
    after = replace(after, in_confidence=complaint.in_confidence or kept[0], confided=kept[1])
    verdict, severity = _of_all(complaint, after, parts, context.policy, now)
    promises = promises_for(complaint, severity, context, now)
    event = events.Absorbed(
        reference=parts[0].reference,
        parts=parts,
        may_be_meant=tuple(sorted(meant)),
        about=command.about if names_it else None,
        links=command.links,
        repeats=command.repeats,
        in_confidence=kept[0],
        confided=kept[1],
        had_parts=bool(complaint.parts),
        **_decided(complaint, severity, verdict, _earliest(promises, command.promises, now)),
        owner=owner_among(complaint, after, severity, context, meant),
    )
    return (NewEvent(event, {"reason": command.reason} if command.reason else {}),)


def _kept(after: Complaint, command: commands.Absorb) -> tuple[bool, tuple[str, ...]]:
    """Whether it is in confidence by what joins, and from which departments besides its own.

    Who complains there of a department that is not known yet keeps it from this one's.
    """
    joins = command.in_confidence and command.about in (UNSURE, after.about)
    others = (*after.confided, *command.confided)
    apart = (one for one in others if one not in (UNSURE, after.about))
    return joins or after.about in others, tuple(dict.fromkeys(apart))


def let_go(
    complaint: Complaint, command: commands.LetGo, context: DecisionContext, now: datetime
) -> NewEvents:
    """The others go on by themselves again, and it is decided again without them."""
    gone = tuple(one for one in complaint.absorbed if one in command.references)
    if not gone:
        return ()
    after = with_parts(
        complaint, tuple(one for one in complaint.parts if one.reference not in gone)
    )
    after = after if after.parts else replace(after, confided=())
    as_before = own_round.may_hold_again(after)
    after = own_round.holding_again(after) if as_before else after
    before = own_round.holding_again(complaint) if as_before else complaint
    verdict, severity = _alone(before, after, context.policy, now)
    event = events.PartLeft(
        reference=gone[0],
        references=gone,
        as_before=as_before,
        others_stay=bool(after.parts),
        **_decided(complaint, severity, verdict, promises_for(before, severity, context, now)),
        owner=_owner(complaint, after, severity, context),
    )
    return (NewEvent(event),)


def separate(
    complaint: Complaint, command: commands.Separate, context: DecisionContext, now: datetime
) -> NewEvents:
    """It goes on by itself again, as grave as its own facts and the time make it."""
    require_text(command.reason, "reason")
    if complaint.merged_into is None:
        raise RefusedError("not_merged")
    meant = _meant_alone(complaint, context)
    alone = replace(complaint, merged_into=None, may_be_meant=meant)
    as_before = own_round.may_hold_again(alone)
    alone = own_round.holding_again(alone) if as_before else alone
    verdict = assess(alone, context.policy, now)
    severity = gravest(complaint, verdict, context.policy)
    passing = context.passing_over(frozenset(meant))
    found = passing.owner(context.policy.owner_role(severity), alone)
    event = events.Separated(
        reference=complaint.merged_into,
        as_before=as_before,
        may_be_meant=meant,
        **_decided(complaint, severity, verdict, promises_for(alone, severity, context, now)),
        owner=found if found.staff else complaint.owner,
    )
    return (NewEvent(event, {"reason": command.reason.strip()}),)


def _of_all(
    complaint: Complaint, after: Complaint, parts: tuple[Part, ...], policy: Policy, now: datetime
) -> tuple[Verdict, str | None]:
    """The verdict on all of them, and the gravest that any was or is by all facts together."""
    known = joined_verdict(
        complaint.verdict, (one.voice.verdict for one in parts), _clauses(policy)
    )
    assessed = assess(after, policy, now)
    risen_to = gravest(replace(complaint, verdict=known), assessed, policy)
    severities = (risen_to, *(one.voice.severity for one in parts))
    verdict = joined_verdict(assessed, (known,), _clauses(policy))
    top = policy.severity_of(verdict.findings[0].clause) if verdict.findings else None
    return replace(verdict, severity=top), min(severities, key=policy.rank)


def _alone(
    complaint: Complaint, after: Complaint, policy: Policy, now: datetime
) -> tuple[Verdict, str | None]:
    """What it comes to without those that leave: as before them, and by what has come since."""
    verdict = assess(after, policy, now)
    own = complaint.own
    if own is None:
        return verdict, complaint.severity
    before = replace(complaint, severity=own.severity, verdict=own.verdict)
    severities = [gravest(before, verdict, policy), *(one.voice.severity for one in after.parts)]
    return verdict, min(severities, key=policy.rank)


def _decided(
    complaint: Complaint, severity: str | None, verdict: Verdict, promises: Promises
) -> dict[str, Any]:
    return {
        "severity": severity,
        "severity_before": complaint.severity,
        "verdict": verdict,
        "promises": promises,
        "owner_before": complaint.owner,
    }


def _owner(
    complaint: Complaint, after: Complaint, severity: str | None, context: DecisionContext
) -> Any:  # noqa: ANN401 - an owner
    return owner_among(complaint, after, severity, context, frozenset(complaint.may_be_meant))


def _meant_alone(complaint: Complaint, context: DecisionContext) -> tuple[str, ...]:
    """Whom its own words may mean, or who was judged to be meant."""
    if complaint.meant is not None:
        return tuple({complaint.meant} - {NOBODY})
    return tuple(sorted(context.may_be_meant(complaint)))


def _earliest(
    promises: Promises, others: tuple[Promise | None, Promise | None], now: datetime
) -> Promises:
    """Never later than any of them was told, where that is still to come."""
    to_come = [one if one and one.at > now else None for one in others]
    return Promises(
        _first(promises.acknowledge, to_come[0]),
        _first(promises.reply, to_come[1]),
    )


def _first(*promises: Promise | None) -> Promise:
    return min((one for one in promises if one), key=lambda one: one.at)


def _clauses(policy: Policy) -> Iterable[str]:
    """The numbers of the clauses, gravest first."""
    found = sorted(policy.clauses, key=lambda one: policy.rank(one.severity))
    return dict.fromkeys(one.number for one in found)


def open_promises_of(complaint: Complaint, policy: Policy) -> tuple[Promise | None, Promise | None]:
    """What its resident still waits for: first contact, and an answer."""
    promises = current_promises(complaint, policy)
    return (
        None if complaint.acknowledged_at else promises.acknowledge,
        None if complaint.answered_at else promises.reply,
    )

"""Decisions: *(complaint, command, grounds, now) → happenings*, or a named refusal.

Pure. Nothing here reads a clock, a table or the environment, so any past can be
decided again under any policy.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain import commands, events
from chalicelib.domain.clauses import Verdict, assess
from chalicelib.domain.clocks import Promises, falls_due, promised, revised, unkept
from chalicelib.domain.complaint import Complaint, opened
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import Happening
from chalicelib.domain.roles import Directory, Owner, Post
from chalicelib.domain.rules import Policy

Happenings = tuple[Happening, ...]


@dataclass(frozen=True)
class Grounds:
    """What a decision rests on: the policy, the staff, and who is complained about.

    `shunned` are the ids of staff whom the resident named, so that nobody handles a
    complaint about herself.
    """

    policy: Policy
    directory: Directory
    shunned: frozenset[str] = frozenset()

    def owner(self, role: str, complaint: Complaint) -> Owner:
        """The holder of the role for this complaint, or the next rung up."""
        post = Post(role, complaint.community, complaint.about)
        holder = self.directory.answering(post, self.policy, self.shunned)
        return Owner(role, holder.id if holder else None)


def receive(command: commands.Receive, policy: Policy, now: datetime) -> Happening:
    """The receipt of a complaint, with verdict and promises (5, 6.1.1).

    The owner is named by role only: the submission asks nobody, and the directory
    says a moment later who holds the post.
    """
    facts = {name: value for name, value in vars(command).items() if name != "words"}
    verdict = assess(_unassessed(facts, now), policy, now)
    event = events.Received(
        **facts,
        verdict=verdict,
        severity=verdict.severity,
        promises=promised(command.received_at, verdict.severity, policy, ZoneInfo(command.zone)),
        owner=Owner(policy.owner_role(verdict.severity)),
    )
    return Happening(event, command.words)


def decide(
    complaint: Complaint, command: commands.Command, grounds: Grounds, now: datetime
) -> Happenings:
    """What follows from a command at `now` (UTC).

    Raises RefusedError when the complaint has ended, or the verb does not fit its
    state or the one who asks.
    """
    if not complaint.is_open:
        raise RefusedError("ended", status=complaint.status)
    return _DECISIONS[type(command)](complaint, command, grounds, now)


def _name_owner(
    complaint: Complaint, command: commands.NameOwner, grounds: Grounds, _: datetime
) -> Happenings:
    if complaint.owner.staff:
        return ()
    owner = grounds.owner(complaint.owner.role, complaint)
    if owner.staff is None:
        raise RefusedError("nobody_answers", role=owner.role)
    return (Happening(events.OwnerNamed(owner, command.quietly)),)


def _acknowledge(
    complaint: Complaint, command: commands.Acknowledge, grounds: Grounds, _: datetime
) -> Happenings:
    _require_owner(complaint, command.by, grounds)
    if complaint.status != "received":
        raise RefusedError("acknowledged_already")
    return (Happening(events.Acknowledged()),)


def _judge(
    complaint: Complaint, command: commands.Judge, grounds: Grounds, now: datetime
) -> Happenings:
    judged = {name: getattr(command, name) for name in _JUDGED}
    if all(value is None for value in judged.values()) and command.severity is None:
        raise RefusedError("nothing_judged")
    _require_text(command.reason, "reason")
    after = replace(
        complaint, **{name: value for name, value in judged.items() if value is not None}
    )
    verdict = assess(after, grounds.policy, now)
    severity = command.severity or _gravest(complaint, verdict, grounds.policy)
    event = events.Judged(
        **judged,
        severity=severity,
        severity_before=complaint.severity,
        verdict=verdict,
        promises=_promises(complaint, severity, grounds, now),
        explain_by=_explain_by(command, complaint, grounds, now),
        owner=_owner(after, severity, grounds),
    )
    return (Happening(event, {"reason": command.reason.strip()}),)


def _hand_over(
    complaint: Complaint, command: commands.HandOver, grounds: Grounds, _: datetime
) -> Happenings:
    _require_text(command.note, "note")
    receiver = grounds.directory.person(command.to)
    if receiver is None or receiver.disabled or not receiver.serves(complaint.community):
        raise RefusedError("cannot_receive", to=command.to)
    if receiver.id == complaint.owner.staff:
        raise RefusedError("owner_already", to=command.to)
    event = events.HandedOver(Owner(receiver.roles[0], receiver.id), complaint.owner)
    return (Happening(event, {"note": command.note.strip()}),)


def _note(_: Complaint, command: commands.Note, __: Grounds, ___: datetime) -> Happenings:
    _require_text(command.text, "text")
    return (Happening(events.Noted(), {"text": command.text.strip()}),)


def _reply(
    complaint: Complaint, command: commands.Reply, grounds: Grounds, now: datetime
) -> Happenings:
    _require_owner(complaint, command.by, grounds)
    _require_text(command.text, "text")
    told_at = command.told_at or now
    if command.told_by == "email" and "email" not in complaint.reachable_by:
        raise RefusedError("no_email")
    if not complaint.received_at <= told_at <= now:
        raise RefusedError("told_at_impossible")
    event = events.Replied(command.told_by, told_at, explains=complaint.valid is False)
    return (Happening(event, {"text": command.text.strip()}),)


def _close(
    complaint: Complaint, command: commands.Close, grounds: Grounds, _: datetime
) -> Happenings:
    _require_owner(complaint, command.by, grounds)
    lacking = _lacking_to_close(complaint, command)
    if lacking:
        raise RefusedError("close_lacks", lacking=lacking)
    words = {name: getattr(command, name).strip() for name in ("root_cause", "remedy", "lesson")}
    ended_as = "invalid" if complaint.valid is False else "closed"
    kept = {name: text for name, text in words.items() if text}
    return (Happening(events.Closed(ended_as), kept),)


def _end_elsewhere(
    _: Complaint, command: commands.EndElsewhere, __: Grounds, ___: datetime
) -> Happenings:
    return (Happening(events.EndedElsewhere(command.ended_at)),)


def _take_stock(
    complaint: Complaint, _: commands.TakeStock, grounds: Grounds, now: datetime
) -> Happenings:
    missed = tuple(sorted(name for name, at in unkept(complaint).items() if at <= now))
    happened = [Happening(events.Missed(missed))] if missed else []
    verdict = assess(complaint, grounds.policy, now)
    if not verdict.facts <= complaint.verdict.facts:
        happened.append(Happening(_escalated(complaint, verdict, grounds, now)))
    return tuple(happened)


def _escalated(
    complaint: Complaint, verdict: Verdict, grounds: Grounds, now: datetime
) -> events.Escalated:
    severity = _gravest(complaint, verdict, grounds.policy)
    return events.Escalated(
        severity=severity,
        severity_before=complaint.severity,
        verdict=verdict,
        promises=_promises(complaint, severity, grounds, now),
        owner=_owner(complaint, severity, grounds),
    )


_JUDGED = ("valid", "cause", "caused_by_us", "slight", "about")
_DECISIONS: dict[type, Callable[[Complaint, Any, Grounds, datetime], Happenings]] = {
    commands.NameOwner: _name_owner,
    commands.Acknowledge: _acknowledge,
    commands.Judge: _judge,
    commands.HandOver: _hand_over,
    commands.Note: _note,
    commands.Reply: _reply,
    commands.Close: _close,
    commands.EndElsewhere: _end_elsewhere,
    commands.TakeStock: _take_stock,
}


def _gravest(complaint: Complaint, verdict: Verdict, policy: Policy) -> str | None:
    """Severity rises by the facts; it falls only when a person names a lower one."""
    fresh = verdict.facts - complaint.verdict.facts
    rises = bool(fresh) and policy.graver(verdict.severity, complaint.severity)
    return verdict.severity if rises else complaint.severity


def _promises(
    complaint: Complaint, severity: str | None, grounds: Grounds, now: datetime
) -> Promises:
    if severity == complaint.severity:
        return complaint.promises
    return revised(complaint, severity, grounds.policy, now)


def _owner(complaint: Complaint, severity: str | None, grounds: Grounds) -> Owner:
    """The owner after a change: the same, unless the policy gives the severity another.

    Never ownerless: where no rung has anybody, the one who has it keeps it.
    """
    before, after = (grounds.policy.owner_role(one) for one in (complaint.severity, severity))
    found = complaint.owner if before == after else grounds.owner(after, complaint)
    return found if found.staff or not complaint.owner.staff else complaint.owner


def _explain_by(
    command: commands.Judge, complaint: Complaint, grounds: Grounds, now: datetime
) -> datetime | None:
    if command.valid is not False:
        return None
    if complaint.valid is False:
        return complaint.explain_by
    zone = complaint.tz
    return falls_due(grounds.policy.settings.explain_invalid, now, grounds.policy, zone)


def _lacking_to_close(complaint: Complaint, command: commands.Close) -> tuple[str, ...]:
    if complaint.valid is False:
        return () if complaint.explained else ("explanation",)
    needed = {
        "valid": complaint.valid is not None,
        "reply": complaint.is_solved,
        "root_cause": bool(command.root_cause.strip()),
        "remedy": bool(command.remedy.strip()),
    }
    return tuple(name for name, there in needed.items() if not there)


def _require_owner(complaint: Complaint, by: str, grounds: Grounds) -> None:
    """Who accepts a complaint follows it up and replies to it (principle 1)."""
    if by != complaint.owner.staff:
        owner = grounds.directory.person(complaint.owner.staff or "")
        raise RefusedError("not_owner", owner=owner.name if owner else {})


def _require_text(text: str, name: str) -> None:
    if not text.strip():
        raise RefusedError("text_missing", name=name)


def _unassessed(facts: dict[str, Any], now: datetime) -> Complaint:
    """The complaint as its facts alone make it, for the engine to look at."""
    nothing = Verdict(None, (), "")
    received = events.Received(
        **facts,
        verdict=nothing,
        severity=None,
        promises=Promises(now, now),
        owner=Owner(""),
    )
    return opened(received)

"""Judging and looking at the clock: what changes severity, promises and owner (2, 5)."""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain import commands, events
from chalicelib.domain.clauses import assess
from chalicelib.domain.deadlines import open_promises
from chalicelib.domain.decision_context import DecisionContext, require_text
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NewEvent, NewEvents
from chalicelib.domain.model import NOBODY, Complaint, Owner, Promises, Verdict
from chalicelib.domain.policy import Policy
from chalicelib.domain.promises import due_at, revised

_JUDGED = ("valid", "cause", "caused_by_us", "slight", "about", "meant")


def judge(
    complaint: Complaint, command: commands.Judge, context: DecisionContext, now: datetime
) -> NewEvents:
    """What a person judged, with the engine's verdict on the facts as judged (2, 5)."""
    judged = {name: getattr(command, name) for name in _JUDGED}
    if all(value is None for value in judged.values()) and command.severity is None:
        raise RefusedError("nothing_judged")
    require_text(command.reason, "reason")
    after = replace(
        complaint, **{name: value for name, value in judged.items() if value is not None}
    )
    verdict = assess(after, context.policy, now)
    severity = command.severity or _as_judged(complaint, verdict, context.policy)
    before, meant = frozenset(complaint.may_be_meant), _may_be_meant(complaint, after, context)
    event = events.Judged(
        **judged,
        severity=severity,
        severity_before=complaint.severity,
        verdict=verdict,
        promises=promises_for(complaint, severity, context, now),
        explain_by=_explain_by(command, complaint, context, now),
        owner=owner_among(complaint, after, severity, context, meant),
        owner_before=complaint.owner,
        may_be_meant=None if meant == before else tuple(sorted(meant)),
        cleared=tuple(sorted(before - meant)),
    )
    return (NewEvent(event, {"reason": command.reason.strip()}),)


def overdue(complaint: Complaint, context: DecisionContext, now: datetime) -> NewEvents:
    """What time alone has changed by `now`: missed promises, and clauses newly met."""
    return (*missed(complaint, context.policy, now), *risen(complaint, context, now))


def risen(complaint: Complaint, context: DecisionContext, now: datetime) -> NewEvents:
    """The clauses newly met, by facts or by time, and what follows from them (5.1).

    What goes on under another complaint rises there.
    """
    if complaint.merged_into:
        return ()
    verdict = assess(complaint, context.policy, now)
    if verdict.facts <= complaint.verdict.facts:
        return ()
    return (NewEvent(_escalated(complaint, verdict, context, now)),)


def missed(
    complaint: Complaint, policy: Policy, now: datetime, told_at: datetime | None = None
) -> NewEvents:
    """What fell due by `now` and was not done, so that it is always in the history.

    Where the resident was told something at `told_at`, all counts from then but the judgement.
    """
    ends = {"judge": now}
    due = open_promises(complaint, policy).items()
    names = tuple(sorted(name for name, at in due if at <= ends.get(name, told_at or now)))
    return (NewEvent(events.Missed(names)),) if names else ()


def _escalated(
    complaint: Complaint, verdict: Verdict, context: DecisionContext, now: datetime
) -> events.Escalated:
    severity = gravest(complaint, verdict, context.policy)
    return events.Escalated(
        severity=severity,
        severity_before=complaint.severity,
        verdict=verdict,
        promises=promises_for(complaint, severity, context, now),
        owner=owner_for(complaint, severity, context),
        owner_before=complaint.owner,
    )


def _as_judged(complaint: Complaint, verdict: Verdict, policy: Policy) -> str | None:
    """The severity of the facts as a person judged them, with that person's reason.

    It follows the engine up and down, to undecided too; but where a person has named
    another severity than the engine's, that one holds until another clause is met.
    """
    if complaint.severity == complaint.verdict.severity:
        return verdict.severity
    return gravest(complaint, verdict, policy)


def gravest(complaint: Complaint, verdict: Verdict, policy: Policy) -> str | None:
    """Severity rises by clauses newly met; it falls only when a person names a lower one.

    What a person has judged already does not rise again by the same facts.
    """
    known = complaint.verdict.facts
    anew = [one for one in verdict.findings if not known.issuperset(one.facts)]
    risen = [policy.severity_of(one.clause) for one in anew]
    return min([complaint.severity, *risen], key=policy.rank)


def promises_for(
    complaint: Complaint, severity: str | None, context: DecisionContext, now: datetime
) -> Promises:
    """The promises of this severity, the same where that stays (5)."""
    if severity == complaint.severity:
        return complaint.promises
    return revised(complaint, severity, context.policy, now)


def owner_for(complaint: Complaint, severity: str | None, context: DecisionContext) -> Owner:
    """The owner after a change: the same, unless the policy gives the severity another.

    Never ownerless: where no rung has anybody, the one who has it keeps it.
    """
    before, after = (context.policy.owner_role(one) for one in (complaint.severity, severity))
    found = complaint.owner if before == after else context.owner(after, complaint)
    return found if found.staff or not complaint.owner.staff else complaint.owner


def _may_be_meant(
    complaint: Complaint, after: Complaint, context: DecisionContext
) -> frozenset[str]:
    """Whom it may be about: the one who is named, or else what the words mean as judged now.

    Whoever was kept from it otherwise, as by a merge, still is.
    """
    if after.meant is not None:
        return frozenset({after.meant} - {NOBODY})
    kept = frozenset(complaint.may_be_meant)
    if after.about == complaint.about:
        return kept
    return kept - context.may_be_meant(complaint) | context.may_be_meant(after)


def owner_among(
    complaint: Complaint,
    after: Complaint,
    severity: str | None,
    context: DecisionContext,
    meant: frozenset[str],
) -> Owner:
    """It goes down to the post that owns it once nobody there may be meant any more.

    Nobody keeps what may be about them; what was handed over to somebody else stays there.
    """
    passing = context.passing_over(meant)
    role = context.policy.owner_role(complaint.severity)
    usual = context.passing_over(frozenset(complaint.may_be_meant)).owner(role, complaint)
    has_usual = complaint.owner.staff == usual.staff and meant != {*complaint.may_be_meant}
    is_stranger = complaint.owner.staff in passing.kept_from_owning(after)
    if complaint.owner.staff in meant or has_usual or is_stranger:
        found = passing.owner(context.policy.owner_role(severity), after)
        return found if found.staff else complaint.owner
    return owner_for(after, severity, passing)


def _explain_by(
    command: commands.Judge, complaint: Complaint, context: DecisionContext, now: datetime
) -> datetime | None:
    if command.valid is not False:
        return None
    if complaint.valid is False:
        return complaint.explain_by
    zone = complaint.tz
    return due_at(context.policy.settings.explain_invalid, now, context.policy, zone)

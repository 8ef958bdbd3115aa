"""Complaints that the engine decides command by command, as the product decides real ones.

Drills, diagrams and sample letters are made of such runs, and so are the stories of the tests.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Self

from msgspec import structs

from chalicelib.application.history import History
from chalicelib.application.history import begun as history_begun
from chalicelib.domain import commands
from chalicelib.domain.decide import decide
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.decisions.receiving import receive
from chalicelib.domain.events import EventRecord
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import Directory, Staff

_COMMUNITY = "here"
_ZONE = "UTC"  # these deadlines need no place: their days and hours are the calendar's


@dataclass(frozen=True)
class EngineRun:
    """A complaint's record so far, and what its decisions rest on."""

    records: tuple[EventRecord, ...]
    context: DecisionContext

    @property
    def history(self) -> History:
        """The record as the services read it."""
        return History(self.records)

    @property
    def complaint(self) -> Complaint:
        """How things stand."""
        return self.history.complaint

    def after(self, command: commands.Command, at: datetime, by: str = "clock") -> Self:
        """The run after one more command at this instant (UTC), of the one who asks or else `by`.

        Raises RefusedError and NotFoundError as the product does.
        """
        history = self.history
        context = structs.replace(self.context, words=history.words)
        events = decide(history.complaint, command, context, at)
        by = getattr(command, "by", by)
        return replace(self, records=history.extended(events, at, by).records)


def received(
    receipt: commands.Receive, context: DecisionContext, by: str = "", at: datetime | None = None
) -> EngineRun:
    """A complaint just received, by this member of staff or else through its channel alone.

    It is recorded at once, or at this instant (UTC). Nobody has been asked yet who owns it.
    """
    at = at or receipt.received_at
    first = history_begun(receive(receipt, context.policy, at), at, by or receipt.channel)
    return EngineRun(first.records, context)


def begun(receipt: commands.Receive, context: DecisionContext) -> EngineRun:
    """A complaint just received, its owner named."""
    return received(receipt, context).after(commands.AssignOwner(), receipt.received_at)


def a_receipt(received_at: datetime, **facts: object) -> commands.Receive:
    """A complaint about a department, by telephone; the facts may say otherwise."""
    usual = commands.Receive(
        reference="drill",
        channel="phone",
        community=_COMMUNITY,
        zone=_ZONE,
        about="engineering",
        category="other",
        happened_at=received_at.date().isoformat(),
        received_at=received_at,
        cause="service",
        hurt=False,
        loss=None,
        times_raised=0,
        earlier_reference=None,
        language="zh",
        contact_by="phone",
        reachable_by=("phone",),
        words={},
    )
    return structs.replace(usual, **facts)


def one_of_each(
    policy: Policy,
    about: str = "engineering",
    complained_about: frozenset[str] = frozenset(),
    absent: frozenset[str] = frozenset(),
) -> DecisionContext:
    """One holder of each role, whose id is the role's key; the head is of this department."""
    staff = tuple(
        Staff(
            id=role.key,
            name=role.name,
            email="",
            language="zh",
            roles=(role.key,),
            department=about if role.scope == "department" else None,
            absent=role.key in absent,
        )
        for role in policy.roles
    )
    return DecisionContext(policy, Directory(staff), conflicted_staff=complained_about)


def first_weekday(policy: Policy, weekday: int) -> datetime:
    """Ten o'clock on the first such ISO weekday (Monday is 1) from the policy's date on."""
    ahead = (weekday - policy.dated_on.isoweekday()) % 7
    return datetime.combine(policy.dated_on + timedelta(days=ahead), time(10), UTC)

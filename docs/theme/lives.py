"""Complaints that the handbook lives through, decided by the engine that decides real ones."""

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from msgspec import structs

from chalicelib.domain import commands
from chalicelib.domain.decide import decide
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.decisions.receiving import receive
from chalicelib.domain.events import EventRecord
from chalicelib.domain.evolve import replay, words_now
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import Directory, Staff

_HERE = "here"
_ZONE = "UTC"  # these clocks need no place: their days and hours are the calendar's


@dataclass(frozen=True)
class Life:
    """A complaint's record so far, and what its decisions rest on."""

    records: tuple[EventRecord, ...]
    context: DecisionContext

    @property
    def complaint(self) -> Complaint:
        """How things stand."""
        return replay(self.records)

    def after(self, command: commands.Command, at: datetime) -> "Life":
        """The life after one more command. Raises RefusedError as the product does."""
        context = structs.replace(self.context, words=words_now(self.records))
        happened = decide(self.complaint, command, context, at)
        by = getattr(command, "by", "clock")
        numbered = enumerate(happened, len(self.records) + 1)
        more = (EventRecord(number, at, by, one.event, one.words) for number, one in numbered)
        return dataclasses.replace(self, records=(*self.records, *more))


def begun(receipt: commands.Receive, context: DecisionContext) -> Life:
    """A complaint just received, its owner named."""
    at = receipt.received_at
    event = receive(receipt, context.policy, at)
    records = (EventRecord(1, at, receipt.channel, event.event, event.words),)
    return Life(records, context).after(commands.AssignOwner(), at)


def a_receipt(received_at: datetime, **facts: object) -> commands.Receive:
    """A complaint about a department, by telephone; the facts may say otherwise."""
    usual = commands.Receive(
        reference="drill",
        channel="phone",
        community=_HERE,
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
    conflicted_staff: frozenset[str] = frozenset(),
    absent: frozenset[str] = frozenset(),
) -> DecisionContext:
    """One holder of each post, whose id is that of her role; the head is of this department."""
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
    return DecisionContext(policy, Directory(staff), conflicted_staff=conflicted_staff)


def first_weekday(policy: Policy, weekday: int) -> datetime:
    """Ten o'clock on the first such ISO weekday (Monday is 1) from the policy's date on."""
    ahead = (weekday - policy.dated_on.isoweekday()) % 7
    return datetime.combine(policy.dated_on + timedelta(days=ahead), time(10), UTC)

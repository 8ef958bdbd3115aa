"""Complaints that the handbook lives through, decided by the engine that decides real ones."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from chalicelib.domain import commands
from chalicelib.domain.complaint import Complaint, folded
from chalicelib.domain.contact import words_now
from chalicelib.domain.decisions import decide
from chalicelib.domain.events import Recorded
from chalicelib.domain.grounds import Grounds
from chalicelib.domain.receiving import receive
from chalicelib.domain.roles import Directory, Staff
from chalicelib.domain.rules import Policy

_HERE = "here"
_ZONE = "UTC"  # these clocks need no place: their days and hours are the calendar's


@dataclass(frozen=True)
class Life:
    """A complaint's record so far, and what its decisions rest on."""

    records: tuple[Recorded, ...]
    grounds: Grounds

    @property
    def complaint(self) -> Complaint:
        """How things stand."""
        return folded(self.records)

    def after(self, command: commands.Command, at: datetime) -> "Life":
        """The life after one more command. Raises RefusedError as the product does."""
        grounds = replace(self.grounds, words=words_now(self.records))
        happened = decide(self.complaint, command, grounds, at)
        by = getattr(command, "by", "clock")
        numbered = enumerate(happened, len(self.records) + 1)
        more = (Recorded(number, at, by, one.event, one.words) for number, one in numbered)
        return replace(self, records=(*self.records, *more))


def begun(receipt: commands.Receive, grounds: Grounds) -> Life:
    """A complaint just received, its owner named."""
    at = receipt.received_at
    event = receive(receipt, grounds.policy, at)
    records = (Recorded(1, at, receipt.channel, event.event, event.words),)
    return Life(records, grounds).after(commands.NameOwner(), at)


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
    return replace(usual, **facts)  # type: ignore[arg-type]


def one_of_each(
    policy: Policy,
    about: str = "engineering",
    shunned: frozenset[str] = frozenset(),
    absent: frozenset[str] = frozenset(),
) -> Grounds:
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
    return Grounds(policy, Directory(staff), shunned=shunned)


def first_weekday(policy: Policy, weekday: int) -> datetime:
    """Ten o'clock on the first such ISO weekday (Monday is 1) from the policy's date on."""
    ahead = (weekday - policy.dated_on.isoweekday()) % 7
    return datetime.combine(policy.dated_on + timedelta(days=ahead), time(10), UTC)

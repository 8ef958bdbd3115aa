"""People, complaints and moments that tests tell their stories with.

Moments are written as on the wall of the front desk, "Monday 2026-11-23 16:29":
Shanghai time, with a weekday that is checked. The staff are those of two
communities, jade-lake and maple-court, each in a post of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from docs.generator import engine_runs
from docs.generator.moments import SHANGHAI, at

from chalicelib.domain import commands
from chalicelib.domain.commands import (
    Absorb,
    AssignOwner,
    CheckDeadlines,
    Command,
    LetGo,
    PassUp,
    Receive,
    RecordDelivery,
)
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.delivery import DELIVERED
from chalicelib.domain.errors import NotFoundError, RefusedError
from chalicelib.domain.events import EventRecord
from chalicelib.domain.joined import part_of
from chalicelib.domain.model import BY_CLOCK, BY_MAIL, Part, Voice
from chalicelib.domain.notices import Notice, notices
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import Directory, Staff
from chalicelib.policy import load_policy
from support.values import replace

POLICY = load_policy()


def _who_joined(command: Command) -> str:
    """Joining and parting are done on one complaint by who asked it of another; else the clock.

    What became of a letter the mail service says.
    """
    if isinstance(command, RecordDelivery):
        return BY_MAIL
    return "jade-supervisor" if isinstance(command, Absorb | LetGo | PassUp) else BY_CLOCK


def on_the_wall(instant: datetime) -> str:
    """An instant as `at` reads it; seconds only where there are any."""
    local = instant.astimezone(SHANGHAI)
    return f"{local:%A %Y-%m-%d %H:%M:%S}".removesuffix(":00")


def _staff(staff_id: str, role: str, **more: Any) -> Staff:
    name = {"zh": f"{staff_id}的姓名", "en": f"Name of {staff_id}"}
    return Staff(staff_id, name, f"{staff_id}@anhe.example", "zh", (role,), **more)


DIRECTORY = Directory(
    (
        _staff("jade-manager", "property_manager", communities=("jade-lake",)),
        _staff("jade-receptionist", "receptionist", communities=("jade-lake",)),
        _staff("jade-supervisor", "customer_service_supervisor", communities=("jade-lake",)),
        _staff("leader", "company_leadership"),
        _staff("maple-manager", "property_manager", communities=("maple-court",)),
        _staff("maple-receptionist", "receptionist", communities=("maple-court",)),
        _staff("maple-supervisor", "customer_service_supervisor", communities=("maple-court",)),
        _staff("head-of-cleaning", "department_head", department="cleaning"),
        _staff("head-of-engineering", "department_head", department="engineering"),
    )
)


def staff_but(directory: Directory = DIRECTORY, /, **changes: dict[str, Any] | None) -> Directory:
    """The staff, some changed: ``jade_manager={"absent": True}``; None for gone."""
    by_id = {key.replace("_", "-"): change for key, change in changes.items()}
    assert by_id.keys() <= {one.id for one in directory.staff}
    kept = (one for one in directory.staff if by_id.get(one.id, {}) is not None)
    return Directory(tuple(replace(one, **by_id.get(one.id) or {}) for one in kept))


def a_complaint(**facts: Any) -> Receive:
    """A complaint of jade-lake about engineering: a leak, nobody hurt, service at fault."""
    usual = Receive(
        reference="7K3MQ-9TX4B",
        channel="web",
        community="jade-lake",
        zone="Asia/Shanghai",
        about="engineering",
        category="water_leak",
        happened_at="2026-11-01",
        received_at=at("Monday 2026-11-23 10:00"),
        cause="service",
        hurt=False,
        loss=None,
        times_raised=0,
        earlier_reference=None,
        language="zh",
        contact_by="email",
        reachable_by=("email", "phone"),
        words={"name": "Wang", "email": "wang@example.com", "description": "Water again."},
    )
    return replace(usual, **facts)


FACTS_FOR = {
    "major": {"hurt": True, "cause": "unsure"},
    "important": {"cause": "service"},
    "minor": {"cause": "facility"},
    None: {"cause": "unsure"},
}
"""Facts that make a complaint of each severity; of None, where a person must judge."""


@dataclass(frozen=True)
class Life(engine_runs.EngineRun):
    """One complaint's story: what was received, and what everybody did about it.

    Each letter arrives at once, unless the mail service is `silent`.
    """

    latest: tuple[EventRecord, ...]
    silent: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the last command put on the record."""
        return tuple(record.kind for record in self.latest)

    @property
    def owner(self) -> str | None:
        """The id of the one who answers for it."""
        return self.complaint.owner.staff

    @property
    def promises(self) -> tuple[str, str]:
        """By when it is acknowledged and replied to, as on the wall."""
        promises = self.complaint.promises
        return on_the_wall(promises.acknowledge_by), on_the_wall(promises.reply_by)

    @property
    def letters(self) -> tuple[Notice, ...]:
        """The letters that the last command calls for."""
        return self.letters_of(self.latest)

    def letters_of(self, records: Iterable[EventRecord]) -> tuple[Notice, ...]:
        """The letters that these records call for, as things stand."""
        return tuple(
            notice for record in records for notice in notices(record, self.complaint, self.context)
        )

    def on(self, moment: str | datetime, *asked: Command) -> "Life":
        """The story after somebody asked this at that moment, one thing after the other."""
        now = at(moment) if isinstance(moment, str) else moment
        life = self
        for command in asked:
            after = life.after(command, now, _who_joined(command))
            latest = after.records[len(life.records) :]
            life = replace(after if self.silent else after.delivered(now), latest=latest)
        return life

    def delivered(self, now: datetime) -> "Life":
        """The story once all that is on its way has arrived."""
        life = self
        for word in self.complaint.unconfirmed:
            life = life.after(RecordDelivery(word.number, word.kind, DELIVERED, now), now, BY_MAIL)
        return life

    def refusal(self, moment: str, command: Command) -> RefusedError:
        """Why this is refused at that moment; fails when it is not."""
        with pytest.raises(RefusedError) as caught:
            self.on(moment, command)
        return caught.value

    def hides_from(self, moment: str, command: Command) -> bool:
        """Whether the one who asks is told that there is no such complaint."""
        with pytest.raises(NotFoundError):
            self.on(moment, command)
        return True

    def among(self, directory: Directory, conflicted_staff: Iterable[str] = ()) -> "Life":
        """The same story, with other staff from now on, some of them complained about."""
        context = replace(
            self.context, directory=directory, conflicted_staff=frozenset(conflicted_staff)
        )
        return replace(self, context=context)


def received(moment: str | datetime, policy: Policy = POLICY, **facts: Any) -> Life:
    """A complaint just received, before the directory was asked who owns it."""
    now = at(moment) if isinstance(moment, str) else moment
    receipt = a_complaint(**{"received_at": now} | facts)
    run = engine_runs.received(receipt, DecisionContext(policy, DIRECTORY), by="web", at=now)
    return Life(run.records, run.context, run.records)


def a_life(moment: str | datetime, policy: Policy = POLICY, **facts: Any) -> Life:
    """A complaint received, its owner named at the same moment."""
    return received(moment, policy, **facts).on(moment, AssignOwner())


def acknowledge(by: str, told_by: str = "email", **more: Any) -> Command:
    """The owner accepts it, and is in touch with the resident."""
    return commands.Acknowledge(by, told_by, **more)


def a_part(reference: str = "00000-00000", **more: Any) -> Part:
    """Another resident's complaint about the same matter: minor, of another home."""
    said = {name: more.pop(name) for name in Voice.__struct_fields__ if name in more}
    usual = a_life("Monday 2026-11-23 10:00", cause="facility").complaint
    part = part_of(usual, reference)
    voice = replace(part.voice, **said)
    return replace(part, reference=reference, voice=voice, **more)


def judge(by: str = "jade-supervisor", **judged: Any) -> Command:
    """A member of staff judges, and says why."""
    return commands.Judge(by, "I went to see it.", **judged)


def reply(by: str, told_by: str = "email", **more: Any) -> Command:
    """The owner tells the resident what was found and done."""
    return commands.Reply(by, "The seal was worn; we replaced it.", told_by, **more)


def close(by: str) -> Command:
    """The owner settles the matter, with its root cause and the remedy."""
    return commands.Close(by, root_cause="Worn seal.", remedy="All seals of the riser replaced.")


def feedback(by: str = "head-of-engineering") -> Command:
    """The department says how it is handling it."""
    return commands.GiveFeedback(by, "A plumber opens the riser tomorrow.")


def dispute(by: str, told_by: str = "telephone") -> Command:
    """The resident says that it is not solved."""
    return commands.Dispute(by, "It drips again.", told_by)


def confirm(by: str, told_by: str = "telephone") -> Command:
    """The resident says that it is solved."""
    return commands.Confirm(by, told_by)


def update(by: str, told_by: str = "telephone") -> Command:
    """The resident is told how things stand."""
    return commands.Update(by, "The part is ordered.", told_by)


def return_visit(by: str, *, held: bool | None = True) -> Command:
    """The resident is asked whether it held."""
    return commands.ReturnVisit(by, held, "telephone", "Asked on the telephone.")


def reopen(by: str) -> Command:
    """The staff open it again."""
    return commands.Reopen(by, "The seals leak again.")


def agree(by: str, when: str) -> Command:
    """A time to report back is agreed."""
    return commands.AgreeTime(by, at(when), "The part comes on Friday.")


def hand_back(by: str) -> Command:
    """The owner gives it back."""
    return commands.HandBack(by, "It is not the riser.")


def correct(by: str, **corrected: str) -> Command:
    """How to reach the resident is put right; what is not named stays as it was received."""
    stood = {"name": "Wang", "phone": "", "email": "wang@example.com", "building": "", "unit": ""}
    blank = {"contact_by": "", "contact_time": ""}
    return correct_contact(by, "She rang.", **(stood | blank | corrected))


def correct_contact(by: str, reason: str, contact_by: str = "", **words: str) -> Command:
    """The command that puts the contact right, with the words that it gives."""
    return commands.CorrectContact(by, reason, contact_by, words)


def hand_over(by: str, to: str) -> Command:
    """Somebody gives it to somebody else, with a note."""
    return commands.HandOver(by, to, "The riser is yours to open.")


CHECK = CheckDeadlines()
"""The clock asks what time has made true."""

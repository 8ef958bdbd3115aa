"""Stories of what residents say and ask later, and of the return visit."""

from docs.generator.samples.office import SampleOffice
from docs.generator.samples.people import MANAGER, SUPERVISOR
from docs.generator.samples.written import Samples

from chalicelib.domain.commands import (
    AskCode,
    Confirm,
    Judge,
    Link,
    Message,
    RenewCode,
    Reply,
    Update,
)
from chalicelib.domain.model import RESIDENT

_NAMES = (
    *("message", "update", "code_again", "code_renewed", "linked"),
    *("return_visit", "visit_due", "confirmed"),
)


def messages(office: SampleOffice) -> Samples:
    """A message, an update, the code, the same matter raised again, and the return visit."""
    said, typed = office.said["lift"], office.said.typed
    lift = {"unit": "702", "category": "lift", "person": ""}
    reference = office.receive(typed("lift", form_id="her word", **lift))
    office.act(reference, Message(RESIDENT, said["message"]))
    office.act(reference, Update(MANAGER.id, said["update"]))
    office.act(reference, AskCode(RESIDENT))
    office.act(reference, RenewCode(SUPERVISOR.id, said["renewed"]))
    repeats = Link(reference, "contact", times_raised=1, told=True)
    office.receive(typed("lift", form_id="again", **lift), repeats=repeats)
    office.act(reference, Judge(SUPERVISOR.id, said["judged"], valid=True))
    office.act(reference, Reply(MANAGER.id, said["reply"]))
    office.until("Monday 2026-11-30 10:00").check_deadlines()
    office.act(reference, Confirm(RESIDENT, "page", said["confirmed"]))
    told = office.take()
    shown = {name: told[name] for name in _NAMES}
    return {"visit_due.asked": shown.pop("visit_due"), **shown}


def visit_by_telephone(office: SampleOffice) -> Samples:
    """A resident without an e-mail address is to be called, and a week later nobody has."""
    pump = {"unit": "905", "category": "noise", "person": "", "email": ""}
    reference = office.receive(office.said.typed("telephone", form_id="no address", **pump))
    reply = office.said["telephone"]["reply"]
    office.act(reference, Reply(MANAGER.id, reply, "telephone", office.now()))
    office.until("Monday 2026-11-30 10:00").check_deadlines()
    visit_due = office.take()["visit_due"]
    office.until("Monday 2026-12-07 10:00").check_deadlines()
    return {"visit_due": visit_due, "reminder.visit": office.take()["reminder"]}

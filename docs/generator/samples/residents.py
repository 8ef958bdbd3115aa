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
    RecordDelivery,
    RenewCode,
    Reply,
    Update,
)
from chalicelib.domain.delivery import BOUNCED
from chalicelib.domain.model import BY_MAIL, RESIDENT

_NAMES = (
    *("message", "update", "code_again", "code_renewed", "linked"),
    *("return_visit", "confirmed"),
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
    return {name: told[name] for name in _NAMES}


def unreached(office: SampleOffice) -> Samples:
    """The receipt comes back: the owner is to tell the resident another way."""
    reference = office.receive(office.said.typed("lift", form_id="came back", unit="703"))
    office.take()
    bounced = RecordDelivery(1, "receipt", BOUNCED, office.moment)
    office.act(reference, bounced, BY_MAIL)
    return office.take()

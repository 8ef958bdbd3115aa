"""Stories of complaints that are left lying: reminders rung by rung, and a question at last."""

from docs.generator.samples.office import SampleOffice
from docs.generator.samples.people import LEADER, MANAGER, SUPERVISOR
from docs.generator.samples.written import Samples

from chalicelib.domain.commands import AwaitAnswer
from chalicelib.domain.model import RESIDENT


def neglect(office: SampleOffice) -> Samples:
    """Nobody is in touch about a major one: reminded when that is missed, and rung by rung."""
    reference = office.receive(office.said.typed(form_id="neglect", hurt="yes"))
    told = {}
    for name, moment, reader in (
        ("reminder.owner", "Monday 2026-11-23 12:00", MANAGER),
        ("reminder.above", "Monday 2026-11-23 14:00", SUPERVISOR),
        ("reminder.up", "Monday 2026-11-23 16:00", LEADER),
    ):
        office.take()
        office.until(moment).check_deadlines()
        told[name] = office.take_by_reader()[reader.id]
    office.act(reference, AwaitAnswer(MANAGER.id, office.said["neglect"]["question"]))
    return told | {"question": office.take_by_reader()[RESIDENT]}

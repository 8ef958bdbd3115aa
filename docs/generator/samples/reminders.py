"""Stories of complaints that are judged and left lying: reminders rung by rung, and the warning."""

from docs.generator.samples.office import SampleOffice
from docs.generator.samples.people import HEAD, LEADER, MANAGER, SUPERVISOR
from docs.generator.samples.written import Samples

from chalicelib.domain.commands import AwaitAnswer, Judge
from chalicelib.domain.model import RESIDENT

_BEFORE_THE_WARNING = "Sunday 2026-12-13 09:59"
_WARNING = "Sunday 2026-12-13 10:00"


def neglect(office: SampleOffice) -> Samples:
    """Reminded in the morning, when it is missed, rung by rung, and warned of the month."""
    reference = office.receive(office.said.typed(form_id="neglect"))
    office.act(reference, Judge(SUPERVISOR.id, office.said["morning"]["judged"], valid=True))
    told = {}
    for name, moment, reader in (
        ("reminder.ahead", "Tuesday 2026-11-24 09:00", MANAGER),
        ("reminder.owner", "Tuesday 2026-11-24 18:00", MANAGER),
        ("reminder.above", "Wednesday 2026-11-25 09:00", SUPERVISOR),
        ("reminder.head", "Thursday 2026-11-26 09:00", HEAD),
        ("reminder.up", "Friday 2026-11-27 09:00", LEADER),
    ):
        told[name] = _round(office, moment)[reader.id]
    told["warning.owner"] = _warned(office)[MANAGER.id]
    office.act(reference, AwaitAnswer(MANAGER.id, office.said["neglect"]["question"]))
    return told | {"question": office.take_by_reader()[RESIDENT]}


def minor_neglect(office: SampleOffice) -> Samples:
    """What the manager reads of a minor complaint that the supervisor owns."""
    office.receive(office.said.typed("minor", form_id="minor", cause="facility", person=""))
    return {"warning.told": _warned(office)[MANAGER.id]}


def _warned(office: SampleOffice) -> Samples:
    _round(office, _BEFORE_THE_WARNING)
    return _round(office, _WARNING)


def _round(office: SampleOffice, moment: str) -> Samples:
    """What is written at this moment, and not before, by who reads it."""
    office.letters.clear()
    office.until(moment).check_deadlines()
    return office.take_by_reader()

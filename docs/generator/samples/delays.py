"""The story of a complaint that is late: what its resident is told, and told of the month."""

from docs.generator.samples.office import SampleOffice
from docs.generator.samples.people import SUPERVISOR
from docs.generator.samples.written import Samples

from chalicelib.application.ports.letter_writer import LetterText
from chalicelib.domain.commands import Judge
from chalicelib.domain.model import RESIDENT

_CONTACT_MISSED = "Wednesday 2026-11-25 18:00"
_REPLY_MISSED = "Friday 2026-12-04 09:00"
_BEFORE_THE_MONTH = "Tuesday 2026-12-22 18:00"
_THE_MONTH = "Wednesday 2026-12-23 10:00"


def late(office: SampleOffice) -> Samples:
    """An important complaint nobody answers: an apology at the miss, another at the month."""
    reference = office.receive(office.said.typed("lift", form_id="late", unit="1203", person=""))
    office.act(reference, Judge(SUPERVISOR.id, office.said["morning"]["judged"], valid=True))
    office.until(_CONTACT_MISSED).check_deadlines()
    missed = _told(office, _REPLY_MISSED)
    office.until(_BEFORE_THE_MONTH).check_deadlines()
    return {"new_date": missed, "new_date.month": _told(office, _THE_MONTH)}


def _told(office: SampleOffice, moment: str) -> LetterText:
    office.letters.clear()
    office.until(moment).check_deadlines()
    return office.take_by_reader()[RESIDENT]

"""Stories of mornings: what each reads in the letter with which a working day begins."""

from datetime import date

from docs.generator.moments import at
from docs.generator.samples.office import KEYS, SampleOffice
from docs.generator.samples.people import HEAD, LEADER, MANAGER, SUPERVISOR
from docs.generator.samples.written import Samples

from chalicelib.application.outbox import WorkdayStart
from chalicelib.domain.commands import (
    Acknowledge,
    AgreeTime,
    AwaitAnswer,
    GiveFeedback,
    HandOver,
    Judge,
    Reply,
)

_DAYS = ("Wednesday 2026-11-25", "Thursday 2026-11-26", "Friday 2026-11-27")
_HANDED_OVER = "head's"  # a form's id makes its reference, which stands in the letters


def morning(office: SampleOffice) -> Samples:
    """Wednesday's letters to the supervisor, to the manager, and to a head who owns one, too."""
    _receive_on_monday(office)
    _receive_on_tuesday(office)
    office.until("Wednesday 2026-11-25 09:00").check_deadlines()
    letters = _letters(office, date(2026, 11, 25))
    readers = {"morning": SUPERVISOR, "morning.owner": MANAGER, "morning.head": HEAD}
    return {name: letters[reader.id] for name, reader in readers.items()}


def brought(office: SampleOffice) -> Samples:
    """What nobody does: rung by rung it reaches the leadership, and at last the month is near."""
    _receive(office, "untouched", unit="101", category="water_power")
    _receive(office, "minor", unit="901", cause="facility")
    for moment in ("Tuesday 2026-11-24 18:00", *(f"{day} 09:00" for day in _DAYS)):
        office.until(moment).check_deadlines()
    up = _letters(office, date(2026, 11, 27))[LEADER.id]
    office.until("Monday 2026-12-14 09:00").check_deadlines()
    return {"morning.up": up, "morning.warned": _letters(office, date(2026, 12, 14))[MANAGER.id]}


def _letters(office: SampleOffice, on: date) -> Samples:
    """The letters with which this day begins, by who reads them."""
    office.send_workday(WorkdayStart("jade-lake", on))
    return office.take_by_reader()


def _receive_on_monday(office: SampleOffice) -> None:
    """One nobody touches, one that waits for an answer, one for a time, and one answered."""
    said = office.said["morning"]
    _receive(office, "untouched", unit="101", category="water_power")
    lift = _receive(office, "question", unit="201", category="lift")
    leak = _receive(office, "agreed", unit="301")
    noise = _receive(office, "answered", unit="401", category="noise")
    _receive(office, "handed_over", form_id=_HANDED_OVER, unit="501")
    undecided = _receive(office, "undecided", form_id="facts", unit="801", cause="unsure")
    office.until("Monday 2026-11-23 11:00")
    for reference in (lift, leak, noise):
        office.act(reference, Acknowledge(MANAGER.id))
        office.act(reference, Judge(SUPERVISOR.id, said["judged"], valid=True))
        office.act(reference, GiveFeedback(HEAD.id, said["feedback"]))
    office.act(lift, AwaitAnswer(MANAGER.id, said["question"]))
    office.act(leak, AgreeTime(MANAGER.id, at("Friday 2026-11-27 15:00"), said["agreed"]))
    office.act(noise, Reply(MANAGER.id, said["reply"]))
    office.act(undecided, Acknowledge(SUPERVISOR.id))
    office.act(undecided, GiveFeedback(HEAD.id, said["feedback"]))


def _receive_on_tuesday(office: SampleOffice) -> None:
    """A minor one, one late in the evening, and one of Monday's goes to the department's head."""
    office.until("Tuesday 2026-11-24 10:00")
    _receive(office, "minor", unit="901", cause="facility")
    handed_over = HandOver(MANAGER.id, HEAD.id, office.said["morning"]["handed_over"])
    office.act(KEYS.reference(_HANDED_OVER), handed_over)
    office.until("Tuesday 2026-11-24 18:00").check_deadlines()
    office.until("Tuesday 2026-11-24 19:00")
    _receive(office, "late", unit="902")


def _receive(office: SampleOffice, name: str, **facts: object) -> str:
    form = {"form_id": name, **facts}
    return office.receive(office.said.typed("morning", f"morning_{name}", **form))

"""Stories of many complaints in one letter: a power cut's alerts, and the morning digest."""

from datetime import date
from typing import cast

from docs.generator.moments import at
from docs.generator.samples.office import (
    KEYS,
    ORGANISATION,
    SampleLetter,
    SampleOffice,
    Samples,
)
from docs.generator.samples.people import HEAD, MANAGER, SUPERVISOR

from chalicelib.domain.commands import (
    Acknowledge,
    AgreeTime,
    AwaitAnswer,
    GiveFeedback,
    HandOver,
    Judge,
    Reply,
    Withdraw,
)
from chalicelib.domain.gathering import may_wait
from chalicelib.domain.notices import Notice
from chalicelib.service.desk import Desk
from chalicelib.service.digest_letter import DigestLetter
from chalicelib.service.gathered_letter import GatheredLetter
from chalicelib.service.gatherings import Gathering
from chalicelib.service.kept import Line
from chalicelib.service.mornings import Morning
from chalicelib.service.ports import Complaints

_COMMUNITY = "jade-lake"
_HANDED_OVER = "head's"  # a form's id makes its reference, which stands in the letters


def storm(office: SampleOffice) -> Samples:
    """A power cut: one letter to each of the alerts that waited; some of it was done since."""
    said = office.said["storm"]
    office.until("Monday 2026-11-23 14:01")
    waiting = [without_power(office, number) for number in range(101, 105)]
    without_power(office, 105, "storm_lift", cause="unsure", category="lift")
    without_power(office, 106, "storm_basement", cause="facility")
    alerts = [one for one in office.letters if _waits(one, office)]
    office.act(waiting[1], Acknowledge(MANAGER.id))
    office.act(waiting[2], GiveFeedback(HEAD.id, said["feedback"]))
    office.act(waiting[3], Withdraw(SUPERVISOR.id, said["withdrawn"]))
    office.until("Monday 2026-11-23 14:15").take_stock()
    for reader in (MANAGER, HEAD, SUPERVISOR):
        _write_gathered(office, reader.id, [one for one in alerts if one.to == reader.id])
    return {name: one for name, one in office.take().items() if name.startswith("gathered")}


def without_power(office: SampleOffice, number: int, *parts: str, **facts: object) -> str:
    """A home of its own, with an address of its own, has no power."""
    home = {"unit": f"{number}", "phone": "", "email": f"home-{number}@example.com"}
    form = {"category": "water_power", "person": "", **home, **facts}
    return office.receive(office.said.typed("storm", *parts, form_id=f"form {number}", **form))


def _waits(letter: SampleLetter, office: SampleOffice) -> bool:
    notice, complaint = Notice(letter.letter, letter.to), office.runs[letter.reference].complaint
    return may_wait(notice, complaint, office.policy)


def _write_gathered(office: SampleOffice, reader: str, alerts: list[SampleLetter]) -> None:
    lines = [_line(office, one) for one in sorted({one.reference for one in alerts})]
    gathering = Gathering(_COMMUNITY, reader, office.now())
    letter = GatheredLetter(_desk(office), office.contents)
    for notice, content in letter.told(gathering, lines, office.grounds):
        office.write(notice, content)


def morning(office: SampleOffice) -> Samples:
    """Wednesday's digest to the manager, and to a head who was handed one complaint."""
    _receive_on_monday(office)
    _receive_on_tuesday(office)
    office.until("Wednesday 2026-11-25 09:00").take_stock()
    lines = [_line(office, one) for one in office.runs]
    wednesday = Morning(_COMMUNITY, date(2026, 11, 25))
    letter = DigestLetter(_desk(office), office.contents)
    for notice, content in letter.told(wednesday, lines, office.grounds):
        office.write(notice, content)
    digests = office.take_by_reader()
    return {"digest": digests[MANAGER.id], "digest.owner": digests[HEAD.id]}


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
        office.act(reference, GiveFeedback(HEAD.id, said["feedback"]))
    office.act(lift, AwaitAnswer(MANAGER.id, said["question"]))
    office.act(leak, AgreeTime(MANAGER.id, at("Friday 2026-11-27 15:00"), said["agreed"]))
    office.act(noise, Judge(SUPERVISOR.id, said["judged"], valid=True))
    office.act(noise, Reply(MANAGER.id, said["reply"]))
    office.act(undecided, Acknowledge(SUPERVISOR.id))
    office.act(undecided, GiveFeedback(HEAD.id, said["feedback"]))


def _receive_on_tuesday(office: SampleOffice) -> None:
    """A minor one, one late in the evening, and one of Monday's goes to the department's head."""
    office.until("Tuesday 2026-11-24 10:00")
    _receive(office, "minor", unit="901", cause="facility")
    handed_over = HandOver(MANAGER.id, HEAD.id, office.said["morning"]["handed_over"])
    office.act(KEYS.reference(_HANDED_OVER), handed_over)
    office.until("Tuesday 2026-11-24 19:00")
    _receive(office, "late", unit="902")


def _receive(office: SampleOffice, name: str, **facts: object) -> str:
    form = {"form_id": name, **facts}
    return office.receive(office.said.typed("morning", f"morning_{name}", **form))


def _line(office: SampleOffice, reference: str) -> Line:
    history = office.runs[reference].history
    return Line(history.complaint, history.words)


def _desk(office: SampleOffice) -> Desk:
    """Whom these letters ask for staff and time; their complaints are handed to them."""
    none_kept = cast("Complaints", None)
    return Desk(office.policy, ORGANISATION, none_kept, office, KEYS, office)

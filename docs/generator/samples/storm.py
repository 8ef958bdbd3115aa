"""The story of a power cut: the alerts of many complaints, gathered into one letter a reader."""

from docs.generator.samples.office import SampleOffice
from docs.generator.samples.people import HEAD, MANAGER, SUPERVISOR
from docs.generator.samples.written import SampleLetter, Samples

from chalicelib.application.outbox import AlertBatch
from chalicelib.domain.alert_batching import may_wait
from chalicelib.domain.commands import Acknowledge, GiveFeedback, Withdraw
from chalicelib.domain.notices import Notice


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
    office.until("Monday 2026-11-23 14:15").check_deadlines()
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
    batch = AlertBatch("jade-lake", reader, office.now())
    office.send_batch(batch, {one.reference for one in alerts})

"""Stories of owners who change, and of complaints that end without a reply."""

from docs.generator.samples.office import SampleOffice
from docs.generator.samples.people import HEAD, MANAGER, SUPERVISOR
from docs.generator.samples.written import Samples

from chalicelib.domain.commands import (
    GiveBack,
    HandBack,
    HandOver,
    Judge,
    ReplaceAbsentOwner,
    Reply,
    Withdraw,
)


def owners(office: SampleOffice) -> Samples:
    """Handed over and back, lowered, and taken over from a supervisor who is away."""
    said = office.said["owners"]
    office.until("Monday 2026-11-30 10:00")
    reference = office.receive(office.said.typed(form_id="owners", times_raised="2"))
    office.act(reference, HandOver(MANAGER.id, HEAD.id, said["handed_over"]))
    office.act(reference, HandBack(HEAD.id, said["handed_back"]))
    office.act(reference, HandOver(MANAGER.id, MANAGER.id, said["taken"]))
    office.act(reference, Judge(SUPERVISOR.id, said["lowered"], severity="minor"))
    office.change(SUPERVISOR, absent=True, deputy=HEAD.id)
    office.act(reference, ReplaceAbsentOwner())
    told = office.take()
    return {name: told[name] for name in ("handed_back", "released", "lowered", "stood_in")}


def away(office: SampleOffice) -> Samples:
    """Two complaints of a supervisor who is away go to the deputy at once, and come back."""
    office.until("Monday 2026-11-30 10:00")
    form = {"cause": "facility", "person": ""}
    both = tuple(
        office.receive(office.said.typed(form_id=f"away {one}", **form)) for one in ("a", "b")
    )
    office.change(SUPERVISOR, absent=True, deputy=MANAGER.id)
    for one in both:
        office.act(one, ReplaceAbsentOwner(together=both if one == both[-1] else ()))
    told = office.take()
    office.change(SUPERVISOR)
    for one in both:
        office.act(one, GiveBack(both if one == both[-1] else ()))
    back = office.take()
    return {
        "stood_in.together": told["stood_in"],
        "came_back": back["came_back"],
        "released.together": back["released"],
    }


def everybody(office: SampleOffice) -> Samples:
    """It may be about anybody at all, so the operator hears the reference."""
    office.until("Monday 2026-11-30 10:00")
    form = office.said.typed(form_id="everybody")
    office.receive(form, meant=frozenset(office.staff))
    return {"everybody_meant": office.take()["everybody_meant"]}


def ends(office: SampleOffice) -> Samples:
    """Withdrawn; and two about the same matter, which go on as one and are separated again."""
    said, typed = office.said["ends"], office.said.typed
    into = office.until("Monday 2026-11-30 10:00").receive(typed(form_id="into"))
    withdrawn = office.receive(typed(form_id="withdrawn"))
    office.act(withdrawn, Withdraw(SUPERVISOR.id, said["withdrawn"]))
    office.until("Monday 2026-11-30 11:00")
    neighbour = office.receive(typed(form_id="merged") | _NEXT_DOOR)
    office.merge(neighbour, into, SUPERVISOR.id, said["merged"])
    joined = office.take()
    office.separate(neighbour, SUPERVISOR.id, said["separated"])
    told = joined | office.take()
    names = ("withdrawn", "merged", "joined", "separated", "parted")
    return {name: told[name] for name in names}


def of_another(office: SampleOffice) -> Samples:
    """Opened again because a neighbour's of the same matter is not solved; then separated."""
    said, typed = office.said["ends"], office.said.typed
    into = office.until("Monday 2026-11-30 10:00").receive(typed(form_id="of another"))
    office.until("Monday 2026-11-30 11:00")
    neighbour = office.receive(typed(form_id="another") | _NEXT_DOOR)
    office.merge(neighbour, into, SUPERVISOR.id, said["merged"])
    for one in (neighbour, into):
        office.act(one, Reply(MANAGER.id, said["reply"]))
    office.until("Tuesday 2026-12-01 10:00").dispute(neighbour, SUPERVISOR.id, said["disputed"])
    opened = office.take()
    office.separate(neighbour, SUPERVISOR.id, said["separated"])
    own = [
        one.written for one in office.letters if (one.letter, one.reference) == ("separated", into)
    ]
    office.take()
    return {"going_on.of_another": opened["going_on"], "separated.as_before": own[0]}


_NEXT_DOOR = {"unit": "1202", "phone": "139 0000 0000", "email": "zhang@example.com"}
"""Where another home complains of the same."""

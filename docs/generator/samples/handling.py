"""Stories of complaints from receipt to their end, judged, answered and raised again."""

from docs.generator.moments import at
from docs.generator.samples.office import SampleOffice
from docs.generator.samples.people import HEAD, LEADER, MANAGER, RECEPTIONIST, SUPERVISOR
from docs.generator.samples.written import Samples

from chalicelib.domain.commands import (
    Acknowledge,
    AgreeTime,
    CallForHelp,
    Close,
    Dispute,
    GiveFeedback,
    HandOver,
    Judge,
    PassOn,
    Reopen,
    Reply,
)


def leak(office: SampleOffice) -> Samples:
    """Nobody solves it in a month, so it escalates, is handed over, answered and closed."""
    said = office.said["leak"]
    reference = office.receive(office.said.typed(form_id="leak", loss="1,200.50", times_raised="1"))
    office.until("Monday 2026-11-23 11:00").act(reference, Acknowledge(MANAGER.id))
    office.until("Wednesday 2026-12-23 10:00").check_deadlines()
    office.act(reference, Judge(SUPERVISOR.id, said["judged"], valid=True))
    office.act(reference, HandOver(MANAGER.id, SUPERVISOR.id, said["handed_over"]))
    office.until("Thursday 2026-12-24 09:00")
    office.act(reference, Reply(SUPERVISOR.id, said["reply"]))
    office.act(reference, Close(SUPERVISOR.id, said["root_cause"], said["remedy"]))
    names = ("receipt", "alert", "acknowledged", "escalated", "handed_over", "reply", "closed")
    return {name: one for name, one in office.take().items() if name.startswith(names)}


def undecided(office: SampleOffice) -> Samples:
    """The facts decide nothing, so the supervisor is to judge."""
    office.until("Thursday 2026-12-24 09:00")
    facts = {"cause": "unsure", "about": "unsure", "person": ""}
    office.receive(office.said.typed("undecided", form_id="unsure", **facts))
    return {"undecided": office.take_by_reader()[SUPERVISOR.id]}


def invalid(office: SampleOffice) -> Samples:
    """It is not a valid complaint, and the resident is told why."""
    said = office.said["invalid"]
    office.until("Thursday 2026-12-24 09:00")
    reference = office.receive(office.said.typed(form_id="invalid"))
    office.act(reference, Judge(SUPERVISOR.id, said["judged"], valid=False))
    office.act(reference, Reply(MANAGER.id, said["explanation"]))
    return {"explanation": office.take()["explanation"]}


def taken_in_at_the_desk(office: SampleOffice) -> Samples:
    """Told in person, called for, answered, disputed, closed and opened again."""
    said, front_desk = office.said["desk"], RECEPTIONIST.id
    reference = office.receive(office.said.typed(form_id="desk"), channel="walk_in", by=front_desk)
    office.act(reference, CallForHelp(front_desk, "property_manager", said["help_called"]))
    office.act(reference, Acknowledge(MANAGER.id))
    friday = at("Friday 2026-11-27 15:00")
    office.act(reference, AgreeTime(MANAGER.id, friday, said["agreed"]))
    office.act(reference, GiveFeedback(HEAD.id, said["feedback"]))
    office.until("Friday 2026-11-27 14:00")
    done, cause, lesson = (said[name] for name in ("done", "root_cause", "lesson"))
    promised = at("Tuesday 2026-12-15 18:00")
    reply = Reply(
        MANAGER.id,
        said["found"],
        done=done,
        root_cause=cause,
        lesson=lesson,
        follow_up_by=promised,
    )
    office.act(reference, reply)
    answered = office.take()
    office.act(reference, Judge(SUPERVISOR.id, said["judged"], valid=True))
    office.until("Monday 2026-11-30 10:00")
    office.act(reference, Dispute(front_desk, said["disputed"], "telephone"))
    office.act(reference, Reply(MANAGER.id, said["reply_again"]))
    office.act(reference, Close(MANAGER.id, said["root_cause_again"], said["remedy_again"]))
    raised_again = office.take()
    office.act(reference, Reopen(LEADER.id, said["reopened"]))
    reopened = office.take()
    return {
        "reply_with_what_was_done": answered["reply"],
        "going_on": raised_again["going_on"],
        "going_on.reopened": reopened["going_on"],
        **{name: one for name, one in raised_again.items() if name.startswith("disputed")},
        **{name: one for name, one in reopened.items() if name.startswith("reopened")},
        **{name: answered[name] for name in ("help_called", "agreed_time", "feedback_given")},
        "reply_told": answered["reply_told"],
    }


def in_confidence(office: SampleOffice) -> Samples:
    """The department is told without who it is, and reads what the owner passes on."""
    said = office.said["confidence"]
    form = office.said.typed(form_id="confidence", in_confidence="yes")
    reference = office.receive(form)
    alerts = office.take_by_reader()
    place, description = said["place"], said["description"]
    pass_on = PassOn(MANAGER.id, place, description, said["request"], said["more"])
    office.until("Monday 2026-11-23 14:00").act(reference, pass_on)
    return {"in_confidence": alerts[HEAD.id], "passed_on": office.take()["passed_on"]}

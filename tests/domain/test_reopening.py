"""The resident's own word after an answer, and what opens again (principle 4, 5.1.1, 5.1.3)."""

import pytest

from chalicelib.domain.commands import Dispute, EndElsewhere, Reopen, ReturnVisit, Withdraw
from chalicelib.domain.model import RESIDENT, Owner
from chalicelib.domain.notices import Notice
from support.examples import (
    CHECK,
    a_life,
    acknowledge,
    agree,
    at,
    close,
    confirm,
    dispute,
    feedback,
    hand_over,
    judge,
    on_the_wall,
    reopen,
    reply,
    return_visit,
    staff_but,
)

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
THURSDAY = "Thursday 2026-11-26 10:00"
OWNER, SUPERVISOR, HEAD = "jade-manager", "jade-supervisor", "head-of-engineering"
VALID, INVALID = judge(valid=True), judge(valid=False)
FRONT_DESK = "jade-receptionist"


def replied(**facts):
    """A complaint that was answered."""
    return a_life(MONDAY, **facts).on(TUESDAY, acknowledge(OWNER), reply(OWNER))


def closed(**facts):
    """One that was settled."""
    return replied(**facts).on(TUESDAY, VALID, close(OWNER))


def explained():
    """One that was judged invalid, and explained."""
    return a_life(MONDAY).on(TUESDAY, INVALID, reply(OWNER))


STATES = {
    "received": a_life(MONDAY),
    "acknowledged": a_life(MONDAY).on(TUESDAY, acknowledge(OWNER)),
    "replied": replied(),
    "explained": explained(),
    "closed": closed(),
    "invalid": explained().on(TUESDAY, close(OWNER)),
    "withdrawn": a_life(MONDAY).on(TUESDAY, Withdraw(FRONT_DESK, "All well.")),
    "ended_elsewhere": a_life(MONDAY).on(TUESDAY, EndElsewhere(at(MONDAY))),
    "reopened": replied().on(TUESDAY, dispute(FRONT_DESK)),
}
DONE, EARLY, ENDED = "done", "not_replied", "ended"
FITS = {
    "confirm": (confirm(FRONT_DESK), {"replied", "explained", "closed"}),
    "dispute": (dispute(FRONT_DESK), {"replied", "explained", "closed", "invalid"}),
    "return-visit": (return_visit(FRONT_DESK), {"replied", "explained", "closed"}),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", FITS)
def test_a_verdict_needs_a_reply(verb, state):
    """Before a reply there is nothing to say of it; after another end there is no reply."""
    command, fitting = FITS[verb]
    life = STATES[state]
    if state in fitting:
        assert life.on(THURSDAY, command).latest
        return
    expected = EARLY if life.complaint.is_open else ENDED
    assert life.refusal(THURSDAY, command).code == expected


@pytest.mark.parametrize("state", STATES)
def test_what_can_be_reopened(state):
    """Whatever ended here opens again with a reason; what is open, or ended elsewhere, does not."""
    life = STATES[state]
    if life.complaint.is_open:
        assert life.refusal(THURSDAY, reopen(SUPERVISOR)).code == "open_already"
    elif state == "ended_elsewhere":
        assert life.refusal(THURSDAY, reopen(SUPERVISOR)).code == "ended"
    else:
        assert life.on(THURSDAY, reopen(SUPERVISOR)).complaint.status == "reopened"


# ── It is solved ─────────────────────────────────────────────────────────


def test_that_it_is_solved_is_on_the_record_once():
    """By whom and when; a second time adds nothing."""
    life = replied().on(THURSDAY, confirm(FRONT_DESK))
    assert life.complaint.confirmed_at == at(THURSDAY)
    assert (life.complaint.status, life.letters) == ("replied", ())
    assert life.refusal(THURSDAY, confirm(FRONT_DESK)).code == "confirmed_already"


@pytest.mark.parametrize(("held", "kind"), [(True, "return_visited"), (None, "return_visit_tried")])
def test_a_return_visit_that_finds_nothing_changes_nothing(held, kind):
    """It held, or nobody was reached: on the record, and nothing else."""
    life = closed().on(THURSDAY, return_visit(FRONT_DESK, held=held))
    assert life.kinds == (kind,)
    assert life.latest[0].words == {"text": "Asked on the telephone."}
    assert life.complaint.status == "closed"


# ── It is not ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("life", [replied(), closed()], ids=["replied", "closed"])
def test_a_dispute_voids_the_reply_and_opens_a_new_round(life):
    """It counts as raised again, with fresh promises from now, and what was missed is over."""
    life = life.on(THURSDAY, dispute(FRONT_DESK))
    complaint = life.complaint
    assert (complaint.status, complaint.times_raised) == ("reopened", 1)
    assert not complaint.is_solved
    assert (complaint.acknowledged_at, complaint.confirmed_at, complaint.ended_at) == (None,) * 3
    assert complaint.missed == ({"judge"} if complaint.valid is None else set())
    assert life.promises == ("Friday 2026-11-27 18:00", "Thursday 2026-12-03 18:00")
    assert life.owner == OWNER
    assert life.latest[-1].words == {"text": "It drips again."}


def test_a_return_visit_that_finds_it_unsolved_is_a_dispute():
    """Two things happened: the resident was asked, and it opened again."""
    life = closed().on(THURSDAY, return_visit(FRONT_DESK, held=False))
    assert life.kinds == ("return_visited", "disputed")
    assert life.complaint.status == "reopened"
    assert life.latest[1].words == {"text": "Asked on the telephone."}


@pytest.mark.parametrize(
    "command", [Dispute(FRONT_DESK, " ", "telephone"), ReturnVisit(FRONT_DESK, False, "visit")]
)
def test_what_is_not_solved_is_said(command):
    """Nobody can go on without knowing what is amiss."""
    assert replied().refusal(THURSDAY, command).code == "text_missing"


def test_a_reopened_complaint_goes_through_it_all_again():
    """Accepted, answered and closed a second time."""
    life = closed().on(THURSDAY, dispute(FRONT_DESK), acknowledge(OWNER))
    assert life.complaint.status == "acknowledged"
    life = life.on(THURSDAY, reply(OWNER), close(OWNER))
    assert life.complaint.status == "closed"


def test_no_reply_before_the_dispute_answers_it():
    """What the resident was told before disputing is the reply that they disputed."""
    life = closed().on(THURSDAY, dispute(FRONT_DESK))
    early = reply(OWNER, "telephone", told_at=at("Thursday 2026-11-26 09:59"))
    assert life.refusal(THURSDAY, early).code == "told_at_impossible"


def test_disputed_once_too_often_a_promised_service_is_major():
    """The third time raised meets 5.1.1 at once: this is intended."""
    life = replied(cause="promise", times_raised=1).on(THURSDAY, dispute(FRONT_DESK))
    assert (life.complaint.severity, life.complaint.verdict.clauses) == (
        "major",
        ("5.1.1", "5.2.1"),
    )
    assert life.promises[0] == "Thursday 2026-11-26 12:00"
    assert {one.letter for one in life.letters} == {"going_on", "escalated"}


def test_disputed_after_the_month_it_is_major_at_once():
    """The month has run on since the first receipt (5.1.3): this is intended."""
    life = closed().on("Wednesday 2026-12-23 10:00", dispute(FRONT_DESK))
    assert life.complaint.severity == "major"
    assert "5.1.3" in life.complaint.verdict.clauses
    still = closed().on("Wednesday 2026-12-23 09:59", dispute(FRONT_DESK))
    assert still.complaint.severity == "important"
    assert on_the_wall(life.complaint.received_at) == MONDAY


def test_a_minor_one_that_turns_major_changes_hands():
    """By 5.1.3 it is the manager's; the supervisor who had it reads of the rise."""
    life = a_life(MONDAY, cause="facility").on(TUESDAY, reply(SUPERVISOR))
    life = life.on("Wednesday 2026-12-23 10:00", dispute(FRONT_DESK))
    assert life.owner == OWNER
    assert Notice("escalated", SUPERVISOR) in life.letters


def test_a_severity_that_a_person_lowered_stays_low():
    """What was judged does not rise again by the same facts."""
    life = a_life(MONDAY).on(TUESDAY, judge(severity="minor"), reply(SUPERVISOR))
    assert life.on(THURSDAY, dispute(FRONT_DESK)).complaint.severity == "minor"


def test_a_disputed_explanation_is_the_manager_s_to_judge():
    """It counts as valid again, the month from the first receipt, and the manager owns it (2)."""
    life = a_life(MONDAY, cause="facility").on(TUESDAY, INVALID, reply(SUPERVISOR))
    life = life.on(THURSDAY, dispute(FRONT_DESK))
    complaint = life.complaint
    assert complaint.valid is None
    assert complaint.owner == Owner("property_manager", OWNER)
    assert (complaint.explained, complaint.explain_by) == (False, None)
    assert Notice("released", SUPERVISOR) not in life.letters
    assert life.on("Wednesday 2026-12-23 10:00", CHECK).complaint.severity == "major"


def test_the_owner_of_a_closed_one_may_have_left():
    """Opened again, it goes to whoever stands in for an owner who is not there any more."""
    life = closed().among(staff_but(jade_manager={"disabled": True}))
    assert life.on(THURSDAY, dispute(FRONT_DESK)).owner == "leader"


def test_who_is_told_of_a_dispute():
    """Owner, supervisor and head each once; the resident reads the new dates."""
    life = closed().on(THURSDAY, dispute(FRONT_DESK))
    assert life.letters == (
        Notice("going_on", RESIDENT),
        Notice("disputed", OWNER),
        Notice("disputed", SUPERVISOR),
        Notice("disputed", HEAD),
    )


def test_who_records_it_is_not_told():
    """The supervisor who took the resident's word knows; the others read it."""
    life = closed().on(THURSDAY, dispute(SUPERVISOR))
    assert life.letters[1:] == (Notice("disputed", OWNER), Notice("disputed", HEAD))


def test_the_head_is_asked_anew():
    """Feedback on the last round says nothing of this one (3.3)."""
    life = a_life(MONDAY).on(TUESDAY, feedback(), acknowledge(OWNER), reply(OWNER))
    life = life.on(THURSDAY, dispute(FRONT_DESK))
    assert life.on("Friday 2026-11-27 18:00", CHECK).latest[0].event.promises == (
        "acknowledge",
        "feedback",
    )


def test_what_was_agreed_in_the_last_round_is_over():
    """A new round has no appointment until one is made."""
    life = a_life(MONDAY).on(TUESDAY, agree(OWNER, "Friday 2026-11-27 10:00"), reply(OWNER))
    assert life.on(THURSDAY, dispute(FRONT_DESK)).complaint.agreed_at is None


# ── Reopened by the staff ────────────────────────────────────────────────


def test_reopening_is_no_raising():
    """The same new round, and the resident did not have to raise it again."""
    life = closed().on(THURSDAY, reopen(SUPERVISOR))
    assert (life.complaint.status, life.complaint.times_raised) == ("reopened", 0)
    assert life.promises == ("Friday 2026-11-27 18:00", "Thursday 2026-12-03 18:00")
    assert life.latest[0].words == {"reason": "The seals leak again."}
    assert {one.letter for one in life.letters} == {"going_on", "reopened"}


def test_a_withdrawn_one_reopened_is_as_it_was():
    """Validity that nobody judged is still open, and the owner is the same."""
    life = STATES["withdrawn"].on(THURSDAY, reopen(SUPERVISOR))
    assert (life.complaint.valid, life.owner) == (None, OWNER)


def test_reopening_needs_a_reason():
    """Who opened it again, and why, is on the record."""
    assert closed().refusal(THURSDAY, Reopen(SUPERVISOR, " ")).code == "text_missing"


def test_a_hand_over_of_the_last_round_can_still_be_handed_back():
    """The head who was given it, and has it again after a dispute, may give it back."""
    life = a_life(MONDAY).on(TUESDAY, hand_over(OWNER, HEAD), reply(HEAD))
    life = life.on(THURSDAY, dispute(FRONT_DESK))
    assert life.complaint.handed_from == Owner("property_manager", OWNER)

"""What somebody is offered: every verb that they may use now, and only those."""

import pytest

from chalicelib.application.available_verbs import TRIALS, AvailableVerbs
from chalicelib.domain.verbs import KINDS, STAFF_VERBS
from support.examples import DIRECTORY, a_life, acknowledge, at, close, hand_over, judge, reply

MONDAY, NOON = "Monday 2026-11-23 10:00", "Monday 2026-11-23 12:00"
OWNER, SUPERVISOR, HEAD = "jade-manager", "jade-supervisor", "head-of-engineering"
ANSWERED = (acknowledge(OWNER), judge(valid=True), reply(OWNER))


def available_verbs(life, staff_id, moment=NOON):
    """What one of the staff is offered."""
    person = life.context.directory.person(staff_id)
    return AvailableVerbs(person, life.complaint, life.context, at(moment))


def verbs(*done, by=OWNER, **facts):
    """The verbs that this member of staff is offered after this was done."""
    return set(available_verbs(a_life(MONDAY, **facts).on(MONDAY, *done), by).verbs())


ALWAYS = {"note", "correct-contact", "renew-code"}
RESIDENT_VERBS = {"record-facts", "record-confidence", "message", "withdraw"}
JUST_RECEIVED = {
    OWNER: ALWAYS
    | {
        "acknowledge",
        "agree-time",
        "update",
        "await-answer",
        "reply",
        "close",
        "judge",
        "hand-over",
        "give-feedback",
    }
    | RESIDENT_VERBS
    | {"call-for-help", "merge"},
    SUPERVISOR: ALWAYS | RESIDENT_VERBS | {"judge", "hand-over", "call-for-help", "merge"},
    HEAD: {"note", "give-feedback"},
    "jade-receptionist": ALWAYS | RESIDENT_VERBS | {"call-for-help"},
    "leader": ALWAYS | RESIDENT_VERBS | {"judge", "hand-over", "give-feedback"},
    "maple-manager": set(),
    "head-of-cleaning": set(),
}


@pytest.mark.parametrize("staff_id", JUST_RECEIVED)
def test_what_each_is_offered_of_a_fresh_complaint(staff_id):
    """By post, by department and by community; nothing of another's."""
    assert verbs(by=staff_id) == JUST_RECEIVED[staff_id]


def test_an_answered_one_can_be_confirmed_or_disputed():
    """After a reply the resident's word is recorded; accepting it again is over."""
    offered = verbs(*ANSWERED)
    assert {"confirm", "dispute", "return-visit", "close", "reply"} <= offered
    assert not offered & {"acknowledge", "reopen", "erase", "hand-back"}


def test_one_that_has_ended_can_be_opened_again_or_erased():
    """What is over is not handled; it can be disputed, reopened, noted on and erased."""
    offered = verbs(*ANSWERED, close(OWNER))
    assert offered == {
        *(
            "confirm",
            "dispute",
            "return-visit",
            "reopen",
            "record-confidence",
            "note",
            "correct-contact",
            "renew-code",
            "erase",
        )
    }


def test_what_can_be_told_otherwise_is_offered():
    """A resident without e-mail is replied to by telephone, so the reply is offered."""
    told = {"reply", "update", "await-answer"}
    assert told <= verbs(reachable_by=("phone",), contact_by="phone")


def test_only_what_was_handed_over_can_be_handed_back():
    """The one who was given it may give it back; nobody else."""
    handed = a_life(MONDAY).on(MONDAY, hand_over(OWNER, HEAD))
    assert "hand-back" in available_verbs(handed, HEAD).verbs()
    assert "hand-back" not in available_verbs(handed, OWNER).verbs()
    assert "hand-back" not in verbs()


def test_nothing_that_is_offered_is_refused_for_its_state():
    """Every verb offered stands in the page's forms, and an empty offer is empty everywhere."""
    assert verbs() <= STAFF_VERBS.keys()
    assert available_verbs(a_life(MONDAY), "maple-manager").lacking() == ()


def test_every_kind_of_field_can_be_tried():
    """A field of whatever kind has something that stands in it for trial."""
    assert TRIALS.keys() == set(KINDS)


def test_it_is_handed_over_to_those_who_may_own_it():
    """Supervisor, head, leadership; not the owner, not the receptionist, nobody elsewhere."""
    people = available_verbs(a_life(MONDAY), OWNER).people()
    assert set(people) == {SUPERVISOR, HEAD, "head-of-cleaning", "leader"}
    life = a_life(MONDAY).among(DIRECTORY, conflicted_staff=[SUPERVISOR])
    assert SUPERVISOR not in available_verbs(life, OWNER).people()


def test_what_is_lacking_before_closing_is_said():
    """To the owner: a judgement of validity and a reply, until they are there."""
    assert available_verbs(a_life(MONDAY), OWNER).lacking() == ("valid", "reply")
    answered = a_life(MONDAY).on(MONDAY, *ANSWERED)
    assert available_verbs(answered, OWNER).lacking() == ()
    assert available_verbs(a_life(MONDAY), SUPERVISOR).lacking() == ()

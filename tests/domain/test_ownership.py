"""One owner at every moment: handing over, handing back, and who stands in (principle 1)."""

import pytest

from chalicelib.domain.commands import (
    Acknowledge,
    AssignOwner,
    HandBack,
    Note,
    ReplaceAbsentOwner,
)
from chalicelib.domain.model import Owner
from chalicelib.domain.notices import Notice
from support.examples import (
    CHECK,
    DIRECTORY,
    a_life,
    acknowledge,
    feedback,
    hand_back,
    hand_over,
    judge,
    received,
    reply,
    staff_but,
)

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
MANAGER, SUPERVISOR, HEAD = "jade-manager", "jade-supervisor", "head-of-engineering"
ABSENT, DISABLED, GONE = {"absent": True}, {"disabled": True}, None


def handed(to=HEAD):
    """The manager's complaint, handed over."""
    return a_life(MONDAY).on(TUESDAY, hand_over(MANAGER, to))


# ── Handing back ─────────────────────────────────────────────────────────


def test_who_hands_back_leaves_the_supervisor_to_decide():
    """It does not go back to the giver: the supervisor has it, and is asked to decide."""
    life = handed().on(TUESDAY, hand_back(HEAD))
    assert life.complaint.owner == Owner("customer_service_supervisor", SUPERVISOR)
    [record] = life.latest
    assert record.event.returned
    assert record.event.before == Owner("department_head", HEAD)
    assert record.words == {"note": "It is not the riser."}
    assert life.letters == (Notice("handed_back", SUPERVISOR),)


def test_a_supervisor_who_hands_back_leaves_it_to_the_next_rung():
    """Supervisors cannot decide about their own refusal; the property manager does."""
    assert handed(SUPERVISOR).on(TUESDAY, hand_back(SUPERVISOR)).owner == MANAGER


@pytest.mark.parametrize("away", [ABSENT, DISABLED, GONE])
def test_without_a_supervisor_the_next_rung_decides(away):
    """Where the supervisor is away without deputy, disabled or gone, the manager decides."""
    life = handed().among(staff_but(jade_supervisor=away))
    assert life.on(TUESDAY, hand_back(HEAD)).owner == MANAGER


def test_a_supervisor_complained_about_does_not_decide():
    """Nobody decides about a complaint about themselves; the next rung does."""
    assert handed().among(DIRECTORY, [SUPERVISOR]).on(TUESDAY, hand_back(HEAD)).owner == MANAGER


def test_a_supervisor_s_deputy_decides_in_the_absence():
    """Absent with a deputy, the supervisor is stood in for."""
    both = {"communities": ("jade-lake", "maple-court")}
    away = ABSENT | {"deputy": "maple-supervisor"}
    life = handed().among(staff_but(jade_supervisor=away, maple_supervisor=both))
    assert life.on(TUESDAY, hand_back(HEAD)).owner == "maple-supervisor"


def test_a_deputy_from_elsewhere_decides_nothing_here():
    """Who may not see the community's complaints stands in for nobody there."""
    life = handed().among(staff_but(jade_supervisor=ABSENT | {"deputy": "maple-supervisor"}))
    assert life.on(TUESDAY, hand_back(HEAD)).owner == MANAGER


def test_where_nobody_else_is_left_it_is_not_handed_back():
    """Never ownerless: with nobody to decide, who has it keeps it."""
    life = a_life(MONDAY).on(TUESDAY, hand_over(MANAGER, "leader"))
    life = life.among(staff_but(jade_supervisor=GONE, jade_manager=GONE))
    assert life.refusal(TUESDAY, hand_back("leader")).code == "nobody_answers"


def test_only_what_was_handed_over_is_handed_back():
    """Who has it by their post gives it to somebody, and not back."""
    assert a_life(MONDAY).refusal(TUESDAY, hand_back(MANAGER)).code == "nothing_to_hand_back"


def test_what_was_handed_back_was_not_handed_over():
    """The one who decides hands it over; they cannot hand it back in their turn."""
    life = handed().on(TUESDAY, hand_back(HEAD))
    assert life.refusal(TUESDAY, hand_back(SUPERVISOR)).code == "nothing_to_hand_back"
    assert life.on(TUESDAY, hand_over(SUPERVISOR, HEAD)).owner == HEAD


def test_handing_back_needs_a_note():
    """Whoever decides must know why."""
    assert handed().refusal(TUESDAY, HandBack(HEAD, " ")).code == "text_missing"


def test_it_is_not_handed_over_to_whom_it_came_from():
    """Two who push it to each other are stopped: it is handed back, and somebody decides."""
    refused = handed().refusal(TUESDAY, hand_over(HEAD, MANAGER))
    assert (refused.code, refused.params["to"]) == ("hand_back_instead", MANAGER)
    assert handed().on(TUESDAY, hand_over(HEAD, SUPERVISOR)).owner == SUPERVISOR


def test_the_giver_may_take_it_back():
    """The manager who gave it may decide to have it, and nobody writes to them about it."""
    life = handed().on(TUESDAY, hand_over(MANAGER, MANAGER))
    assert life.owner == MANAGER
    assert life.letters == (Notice("released", HEAD),)


def test_a_change_of_owner_by_the_policy_ends_the_handing_over():
    """Fallen to minor it is the supervisor's by post: there is nothing to hand back."""
    life = a_life(MONDAY).on(TUESDAY, hand_over(MANAGER, HEAD), judge("leader", severity="minor"))
    assert life.owner == SUPERVISOR
    assert life.refusal(TUESDAY, hand_back(SUPERVISOR)).code == "nothing_to_hand_back"


# ── Handing over ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("to", "change"), [("jade-receptionist", {}), (HEAD, ABSENT), (HEAD, DISABLED)]
)
def test_who_cannot_own_cannot_be_given_it(to, change):
    """A receptionist, and whoever is absent or disabled, is handed nothing."""
    life = a_life(MONDAY).among(staff_but(**{to.replace("-", "_"): change}))
    assert life.refusal(TUESDAY, hand_over(MANAGER, to)).code == "cannot_receive"


def test_who_loses_it_by_another_s_decision_is_told():
    """The supervisor gives the manager's complaint to the head; both read of it."""
    life = a_life(MONDAY).on(TUESDAY, hand_over(SUPERVISOR, HEAD))
    assert life.letters == (Notice("handed_over", HEAD), Notice("released", MANAGER))


def test_a_new_owner_has_it_in_the_post_that_owns():
    """Who is receptionist and supervisor owns as supervisor."""
    roles = ("receptionist", "customer_service_supervisor")
    life = a_life(MONDAY).among(staff_but(jade_supervisor={"roles": roles}))
    life = life.on(TUESDAY, hand_over(MANAGER, SUPERVISOR))
    assert life.complaint.owner.role == "customer_service_supervisor"


# ── Standing in ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("away", "expected", "because"),
    [
        (ABSENT | {"deputy": HEAD}, HEAD, "absent"),
        (ABSENT | {"deputy": "jade-receptionist"}, "leader", "absent"),
        (ABSENT, "leader", "absent"),
        (DISABLED, "leader", "disabled"),
        (DISABLED | {"deputy": HEAD}, "leader", "disabled"),
        (GONE, "leader", "gone"),
    ],
)
def test_who_stands_in(away, expected, because):
    """The deputy of the absent, if they can own; else the next rung up; and it says why."""
    life = a_life(MONDAY).among(staff_but(jade_manager=away)).on(TUESDAY, ReplaceAbsentOwner())
    assert life.owner == expected
    [record] = life.latest
    assert (record.event.before.staff, record.event.because) == (MANAGER, because)
    assert life.letters[0] == Notice("stood_in", expected)


def test_neither_the_absent_nor_the_disabled_are_written_to():
    """Who is away knows it, and has it back later; who is disabled reads nothing."""
    absent = a_life(MONDAY).among(staff_but(jade_manager=ABSENT)).on(TUESDAY, ReplaceAbsentOwner())
    assert absent.letters[1:] == ()
    disabled = (
        a_life(MONDAY).among(staff_but(jade_manager=DISABLED)).on(TUESDAY, ReplaceAbsentOwner())
    )
    assert disabled.letters[1:] == ()


@pytest.mark.parametrize(
    "staff",
    [
        {},
        {"jade_manager": ABSENT, "leader": ABSENT},
        {"jade_manager": {"deputy": HEAD}},
    ],
)
def test_nobody_stands_in_for_one_who_is_there_or_where_nobody_else_is(staff):
    """A present owner keeps it, deputy or not; and with nobody else they keep it too."""
    assert a_life(MONDAY).among(staff_but(**staff)).on(TUESDAY, ReplaceAbsentOwner()).latest == ()


def test_a_deputy_complained_about_does_not_stand_in():
    """The complaint about the deputy goes to the next rung instead."""
    away = staff_but(jade_manager=ABSENT | {"deputy": HEAD})
    assert a_life(MONDAY).among(away, [HEAD]).on(TUESDAY, ReplaceAbsentOwner()).owner == "leader"


def test_before_it_has_an_owner_nobody_stands_in():
    """Between receipt and naming there is nobody to stand in for."""
    assert received(MONDAY).on(MONDAY, ReplaceAbsentOwner()).latest == ()


def test_a_verb_finds_somebody_who_is_there():
    """When anybody else acts on it, the absent owner's deputy has it from then on."""
    life = a_life(MONDAY).among(staff_but(jade_manager=ABSENT | {"deputy": SUPERVISOR}))
    life = life.on(TUESDAY, Note("jade-receptionist", "She rang."))
    assert (life.kinds, life.owner) == (("stood_in", "noted"), SUPERVISOR)
    accepted = a_life(MONDAY).among(life.context.directory).on(TUESDAY, Acknowledge(SUPERVISOR))
    assert accepted.kinds == ("stood_in", "acknowledged")


def test_an_absent_owner_may_act_all_the_same():
    """Who answers while on leave keeps it."""
    life = a_life(MONDAY).among(staff_but(jade_manager=ABSENT | {"deputy": SUPERVISOR}))
    life = life.on(TUESDAY, acknowledge(MANAGER))
    assert (life.kinds, life.owner) == (("acknowledged",), MANAGER)


def test_what_falls_due_is_told_to_one_who_is_there():
    """A missed promise finds the stand-in; without one nothing is recorded of the absence."""
    life = a_life(MONDAY).among(staff_but(jade_manager=ABSENT | {"deputy": SUPERVISOR}))
    assert life.on("Tuesday 2026-11-24 08:59", CHECK).latest == ()
    life = life.on("Tuesday 2026-11-24 09:00", CHECK)
    assert (life.kinds, life.owner) == (("stood_in", "reminded"), SUPERVISOR)
    assert [step.to for step in life.latest[-1].event.steps] == [SUPERVISOR]


def test_a_deputy_has_it_as_the_post_they_stand_in_for():
    """The letter and the page name the deputy in the manager's place."""
    life = a_life(MONDAY).among(staff_but(jade_manager=ABSENT | {"deputy": HEAD}))
    assert life.on(TUESDAY, ReplaceAbsentOwner()).complaint.owner == Owner("property_manager", HEAD)


def test_no_receptionist_owns_by_a_post_s_deputy():
    """A manager's deputy who may not own is passed over when the owner is named, too."""
    away = staff_but(jade_manager=ABSENT | {"deputy": "jade-receptionist"})
    assert received(MONDAY).among(away).on(MONDAY, AssignOwner()).owner == "leader"


def test_a_month_s_escalation_releases_who_had_it():
    """Turned major while the head had it, it is the manager's, and the head reads so."""
    life = a_life(MONDAY, cause="facility", about="cleaning")
    life = life.on(TUESDAY, hand_over(SUPERVISOR, HEAD))
    life = life.on("Wednesday 2026-12-23 10:00", CHECK)
    assert life.owner == MANAGER
    assert Notice("released", HEAD) in life.letters
    assert Notice("escalated", SUPERVISOR) in life.letters


def test_a_reply_of_the_owner_stands_though_the_month_takes_the_complaint():
    """The owner answered before anybody noticed that the month was over: it counts."""
    life = a_life(MONDAY, cause="facility").on(TUESDAY, feedback())
    life = life.on("Wednesday 2026-12-23 10:01", reply(SUPERVISOR))
    assert life.kinds[-2:] == ("escalated", "replied")
    assert (life.owner, life.complaint.status) == (MANAGER, "replied")

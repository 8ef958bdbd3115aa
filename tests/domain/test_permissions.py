"""Who may do what, cell by cell: verb × role × own, department, community or another's."""

import pytest

from chalicelib.domain.commands import Acknowledge, Note
from chalicelib.domain.model import Owner
from chalicelib.domain.permissions import MAY, can_own, may, may_in, may_own
from chalicelib.domain.staff import Staff
from chalicelib.domain.verbs import STAFF_VERBS
from support.examples import (
    DIRECTORY,
    a_life,
    acknowledge,
    close,
    hand_over,
    judge,
    reply,
    staff_but,
)
from support.values import replace

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
COMPLAINT = a_life(MONDAY).complaint
RECEPTIONIST, SUPERVISOR, HEAD = "receptionist", "customer_service_supervisor", "department_head"
MANAGER, LEADER = "property_manager", "company_leadership"
ROLES = (RECEPTIONIST, SUPERVISOR, HEAD, MANAGER, LEADER)
TABLE = """
see              community  community  department  community  company
receive          community  community  -           community  -
read-log         community  community  -           community  company
write-log        community  community  -           community  -
read-report      -          community  -           community  company
write-report     -          community  -           community  -
countersign-report -        -          -           community  company
call-for-help    community  community  -           community  -
note             community  community  department  community  company
acknowledge      -          own        own         own        own
agree-time       -          own        own         own        own
update           -          own        own         own        own
await-answer     -          own        own         own        own
message          community  community  own         community  company
reply            -          own        own         own        own
follow-up        -          own        own         own        own
close            -          own        own         own        own
settle           -          own        -           own        own
hand-over        -          community  own         community  company
hand-back        -          own        own         own        own
judge            -          community  -           community  company
record-facts     community  community  own         community  company
record-confidence community community  own         community  company
pass-on          -          own        own         own        own
give-feedback    -          -          department  community  company
confirm          community  community  own         community  company
dispute          community  community  own         community  company
return-visit     community  community  own         community  company
withdraw         community  community  own         community  company
reopen           -          community  -           community  company
merge            -          community  -           community  -
separate         -          community  -           community  -
renew-code       community  community  -           community  company
correct-contact  community  community  -           community  company
see-letters      -          community  -           community  company
export           -          -          -           community  company
erase            -          -          -           community  company
see-access       -          -          -           community  company
edit-staff       -          -          -           community  company
"""
CELLS = [
    (verb, role, scope)
    for verb, *scopes in (line.split() for line in TABLE.strip().splitlines())
    for role, scope in zip(ROLES, scopes, strict=True)
]
NEAR = {"communities": ("jade-lake",), "department": "engineering"}
STANDING = {
    "own": {},
    "department": {},
    "community": {"department": "cleaning"},
    "foreign": {"department": "cleaning", "communities": ("maple-court",)},
    "foreign, same department": {"communities": ("maple-court",)},
}
REACHED = {
    "own": ("own",),
    "department": ("own", "department"),
    "community": ("own", "department", "community"),
    "company": (*STANDING,),
    "-": (),
}


def somebody(role, standing):
    """One of this post who stands so to the complaint, and the complaint as it then is."""
    who = Staff("somebody", {}, "somebody@anhe.example", "zh", (role,), **NEAR | STANDING[standing])
    owner = Owner(role, "somebody") if standing == "own" else COMPLAINT.owner
    return who, replace(COMPLAINT, owner=owner)


@pytest.mark.parametrize("standing", STANDING)
@pytest.mark.parametrize("role", ROLES)
def test_each_cell(role, standing):
    """Each post does each verb within its scope, and nowhere else."""
    who, complaint = somebody(role, standing)
    for verb, _, scope in (cell for cell in CELLS if cell[1] == role):
        owners_too = verb in ("see", "note") and standing == "own"
        assert may(who, verb, complaint) is (standing in REACHED[scope] or owners_too), verb


def test_the_table_has_every_verb():
    """No verb of the staff is without its row, and no row without its test."""
    assert MAY.keys() == {verb for verb, _, _ in CELLS}
    assert STAFF_VERBS.keys() <= MAY.keys()


def test_the_disabled_and_the_unknown_may_nothing():
    """Whoever is disabled, or not on the staff, may nothing, not even what they own."""
    leader = replace(DIRECTORY.person("leader"), disabled=True)
    for verb in MAY:
        assert not may(leader, verb, replace(COMPLAINT, owner=Owner(LEADER, "leader"))), verb
        assert not may_in(leader, verb, "jade-lake"), verb
        assert not may(None, verb, COMPLAINT), verb
        assert not may_in(None, verb, "jade-lake"), verb


@pytest.mark.parametrize(
    ("who", "verb", "community", "expected"),
    [
        ("jade-receptionist", "receive", "jade-lake", True),
        ("jade-receptionist", "receive", "maple-court", False),
        ("jade-receptionist", "edit-staff", "jade-lake", False),
        ("jade-manager", "edit-staff", "jade-lake", True),
        ("jade-manager", "edit-staff", "maple-court", False),
        ("head-of-engineering", "see", "maple-court", True),
        ("head-of-engineering", "write-log", "jade-lake", False),
        ("leader", "edit-staff", "maple-court", True),
        ("leader", "receive", "jade-lake", False),
    ],
)
def test_what_needs_no_complaint_is_asked_of_the_community(who, verb, community, expected):
    """Receiving, the log and the staff are of a community; leadership's reach is the company."""
    assert may_in(DIRECTORY.person(who), verb, community) is expected


def test_a_second_post_adds_what_it_may():
    """Who is receptionist and head of the department may what either post may."""
    both = replace(DIRECTORY.person("head-of-engineering"), roles=(RECEPTIONIST, HEAD))
    assert may(both, "give-feedback", COMPLAINT)
    assert may(both, "correct-contact", COMPLAINT)
    assert not may(both, "judge", COMPLAINT)


@pytest.mark.parametrize(("role", "owns"), [(one, one != RECEPTIONIST) for one in ROLES])
def test_a_receptionist_owns_nothing(role, owns):
    """Receptionists take complaints in; to accept one and reply to it is for the others."""
    who, _ = somebody(role, "community")
    assert may_own(who) is owns
    assert can_own(who, "jade-lake") is owns


# ── Enforced where anything is decided ───────────────────────────────────


@pytest.mark.parametrize("who", ["maple-manager", "head-of-cleaning", "nobody-known"])
def test_who_may_not_see_it_is_told_of_no_such_complaint(who):
    """Another community's complaint and an unknown one look the same."""
    assert a_life(MONDAY).hides_from(TUESDAY, Note(who, "Let me see."))


def test_a_disabled_one_is_told_of_no_such_complaint():
    """From the moment of being disabled there is nothing to see, their own complaints among it."""
    life = a_life(MONDAY).among(staff_but(jade_manager={"disabled": True}))
    assert life.hides_from(TUESDAY, acknowledge("jade-manager"))


def test_who_sees_but_may_not_act_is_told_so():
    """A receptionist may look at it and not accept it, whoever owns it."""
    assert a_life(MONDAY).refusal(TUESDAY, Acknowledge("jade-receptionist")).code == "not_allowed"
    assert a_life(MONDAY).refusal(TUESDAY, judge("head-of-engineering")).code == "not_allowed"


def test_where_only_the_ownership_is_lacking_the_owner_is_named():
    """A head may own complaints; this one is the manager's, and the head reads whose it is."""
    refused = a_life(MONDAY).refusal(TUESDAY, reply("head-of-engineering"))
    assert (refused.code, refused.params["owner"]) == (
        "not_owner",
        DIRECTORY.person("jade-manager").name,
    )


def test_an_owner_of_another_department_sees_what_they_own():
    """Handed over to the head of cleaning, it is theirs to see, to note on and to answer."""
    life = a_life(MONDAY).on(TUESDAY, hand_over("jade-manager", "head-of-cleaning"))
    assert life.on(TUESDAY, Note("head-of-cleaning", "Mine now.")).kinds == ("noted",)
    assert life.on(TUESDAY, acknowledge("head-of-cleaning")).kinds == ("acknowledged",)


@pytest.mark.parametrize(
    "verb", [judge("jade-supervisor", valid=True), hand_over("jade-supervisor", "leader")]
)
def test_nobody_decides_about_a_complaint_about_themselves(verb):
    """Whom the resident complains about neither judges it nor hands it over."""
    life = a_life(MONDAY)
    conflicted_staff = life.among(DIRECTORY, ["jade-supervisor"])
    assert conflicted_staff.refusal(TUESDAY, verb).code == "complained_about_you"
    assert life.on(TUESDAY, verb).latest


def test_an_owner_complained_about_still_answers():
    """Where everybody is named the one who has it must be able to go on."""
    life = a_life(MONDAY).among(DIRECTORY, ["jade-manager"])
    life = life.on(TUESDAY, judge("jade-manager", valid=True), reply("jade-manager"))
    assert life.on(TUESDAY, close("jade-manager")).complaint.status == "closed"

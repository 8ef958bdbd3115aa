"""Who answers for a complaint when the post's holder cannot: the next rung up."""

import itertools

import pytest

from chalicelib.domain.commands import AssignOwner
from chalicelib.domain.permissions import may
from chalicelib.domain.staff import HEAD, MANAGER, ROLES, SUPERVISOR, Directory, Post
from support.examples import (
    CHECK,
    DIRECTORY,
    FACTS_FOR,
    POLICY,
    a_life,
    judge,
    received,
    staff_but,
)
from support.values import replace

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
GONE, ABSENT, DISABLED = None, {"absent": True}, {"disabled": True}


def answering(
    role, staff=DIRECTORY, conflicted_staff=(), community="jade-lake", department="engineering"
):
    found = staff.answering(Post(role, community, department), POLICY, frozenset(conflicted_staff))
    return found and found.id


@pytest.mark.parametrize(
    ("role", "community", "department", "expected"),
    [
        ("receptionist", "jade-lake", "engineering", "jade-receptionist"),
        ("customer_service_supervisor", "jade-lake", "engineering", "jade-supervisor"),
        ("customer_service_supervisor", "maple-court", "engineering", "maple-supervisor"),
        ("property_manager", "jade-lake", "engineering", "jade-manager"),
        ("property_manager", "maple-court", "cleaning", "maple-manager"),
        ("department_head", "jade-lake", "engineering", "head-of-engineering"),
        ("department_head", "maple-court", "cleaning", "head-of-cleaning"),
        ("department_head", "maple-court", "finance", "maple-manager"),
        ("company_leadership", "maple-court", "engineering", "leader"),
    ],
)
def test_each_post_has_its_holder(role, community, department, expected):
    """A post is held in its community and department; an empty one is the next rung's."""
    assert answering(role, community=community, department=department) == expected


@pytest.mark.parametrize("why", [GONE, ABSENT, DISABLED])
@pytest.mark.parametrize(
    ("role", "holder", "expected"),
    [
        ("receptionist", "jade_receptionist", "jade-supervisor"),
        ("customer_service_supervisor", "jade_supervisor", "jade-manager"),
        ("department_head", "head_of_engineering", "jade-manager"),
        ("property_manager", "jade_manager", "leader"),
    ],
)
def test_the_next_rung_stands_in(why, role, holder, expected):
    """Where a holder is missing, absent without deputy, or disabled, the next rung up answers."""
    assert answering(role, staff_but(**{holder: why})) == expected


def test_nobody_handles_a_complaint_about_themselves():
    """The one complained about is passed over, at every rung."""
    assert (
        answering("customer_service_supervisor", conflicted_staff=["jade-supervisor"])
        == "jade-manager"
    )
    both = ["jade-supervisor", "jade-manager"]
    assert answering("customer_service_supervisor", conflicted_staff=both) == "leader"


def test_two_rungs_can_be_empty():
    """With supervisor and manager away, company leadership answers."""
    staff = staff_but(jade_supervisor=ABSENT, jade_manager=DISABLED)
    assert answering("customer_service_supervisor", staff) == "leader"


def test_a_second_holder_comes_before_the_next_rung():
    """Where two hold a post, the second answers when the first is away."""
    staff = staff_but(
        jade_manager=ABSENT,
        jade_receptionist={"roles": ("receptionist", "property_manager")},
    )
    assert answering("property_manager", staff) == "jade-receptionist"


WITH_DEPUTY = ABSENT | {"deputy": "jade-supervisor"}


@pytest.mark.parametrize(
    ("manager", "deputy", "conflicted_staff", "expected"),
    [
        (WITH_DEPUTY, {}, [], "jade-supervisor"),
        ({"deputy": "jade-supervisor"}, {}, [], "jade-manager"),
        (WITH_DEPUTY, ABSENT, [], "leader"),
        (WITH_DEPUTY, DISABLED, [], "leader"),
        (WITH_DEPUTY, GONE, [], "leader"),
        (WITH_DEPUTY | DISABLED, {}, [], "leader"),
        (WITH_DEPUTY, {}, ["jade-supervisor"], "leader"),
        ({"deputy": "jade-supervisor"}, {}, ["jade-manager"], "leader"),
    ],
)
def test_a_deputy_stands_in_for_the_absent(manager, deputy, conflicted_staff, expected):
    """The deputy answers only while the holder is absent, and if they can themselves."""
    staff = staff_but(jade_manager=manager, jade_supervisor=deputy)
    assert answering("property_manager", staff, conflicted_staff) == expected


@pytest.mark.parametrize(
    ("severity", "owner"),
    [
        ("major", "jade-manager"),
        ("important", "jade-manager"),
        ("minor", "jade-supervisor"),
        (None, "jade-supervisor"),
    ],
)
def test_each_severity_has_its_owner(severity, owner):
    """At receipt only the role is known; a moment later the directory says who holds it."""
    life = received(MONDAY, **FACTS_FOR[severity])
    assert life.owner is None
    assert life.on(MONDAY, AssignOwner()).owner == owner


def test_an_owner_is_named_once():
    """Asked again, the directory changes nothing."""
    life = a_life(MONDAY)
    assert life.among(staff_but(jade_manager=GONE)).on(TUESDAY, AssignOwner()).latest == ()


def test_with_nobody_at_all_the_naming_waits():
    """Where no rung has anybody, naming is refused, says whom it sought, and can be tried again."""
    life = received(MONDAY).among(Directory(()))
    refused = life.refusal(MONDAY, AssignOwner())
    assert (refused.code, refused.params["role"]) == ("nobody_answers", "property_manager")
    assert life.among(DIRECTORY).on(TUESDAY, AssignOwner()).owner == "jade-manager"


def test_a_change_of_severity_asks_the_directory_of_that_moment():
    """Escalated while the manager is away, a complaint goes to company leadership."""
    life = a_life(MONDAY, cause="facility").among(staff_but(jade_manager=ABSENT))
    assert life.on("Wednesday 2026-12-23 10:00", CHECK).owner == "leader"
    assert life.on(TUESDAY, judge(severity="important")).owner == "leader"


def test_a_change_of_severity_leaves_nothing_ownerless():
    """Where no rung has anybody, the one who has a complaint keeps it."""
    life = a_life(MONDAY, cause="facility").among(staff_but(jade_manager=GONE, leader=ABSENT))
    assert life.on("Wednesday 2026-12-23 10:00", CHECK).owner == "jade-supervisor"


def test_an_absent_one_complained_about_has_no_deputy_in_it():
    """The deputy does not handle a complaint about themselves either; the next rung up does."""
    away = staff_but(jade_manager={"absent": True, "deputy": "jade-supervisor"})
    life = received("Monday 2026-11-23 10:00", cause="service").among(away, ("jade-manager",))
    assert life.on("Monday 2026-11-23 10:00", AssignOwner()).owner == "leader"


def test_naming_everybody_silences_nobody():
    """Where every rung is complained about, the topmost answers all the same."""
    everybody = ("jade-supervisor", "jade-manager", "leader")
    life = received("Monday 2026-11-23 10:00", cause="facility").among(DIRECTORY, everybody)
    assert life.on("Monday 2026-11-23 10:00", AssignOwner()).owner == "leader"


PLACES = ((), ("jade-lake",), ("maple-court",), ("jade-lake", "maple-court"))
DEPARTMENTS = (None, "engineering", "cleaning")
POSTS = tuple(combined for size in (1, 2) for combined in itertools.combinations(ROLES, size))


@pytest.mark.parametrize("roles", POSTS, ids=" and ".join)
def test_a_deputy_may_see_whatever_they_answer_for(roles):
    """Each post, place and department of a deputy: who answers may open the complaint.

    Whatever the deputy is, nothing goes to them that they may not see, and the next rung up
    answers instead.
    """
    complaint = received("Monday 2026-11-23 10:00").complaint
    for places, department in itertools.product(PLACES, DEPARTMENTS):
        deputy = {"roles": roles, "communities": places, "department": department}
        for holder in ("jade_supervisor", "jade_manager", "head_of_engineering"):
            away = {holder: ABSENT | {"deputy": "maple-supervisor"}}
            staff = staff_but(maple_supervisor=deputy, **away)
            for role in (SUPERVISOR, MANAGER, HEAD):
                post = Post(role, complaint.community, complaint.about)
                found = staff.answering(post, POLICY, frozenset())
                assert may(found, "see", complaint), (holder, role, deputy)


@pytest.mark.parametrize("roles", POSTS, ids=" and ".join)
def test_who_is_offered_as_deputy_may_see_what_the_other_answers_for(roles):
    """The form's rule and the directory's are one: whom the one lets through the other does."""
    here = Post(HEAD, "jade-lake", "engineering")
    for places, department in itertools.product(PLACES, DEPARTMENTS):
        deputy = replace(
            DIRECTORY.person("maple-supervisor"),
            roles=roles,
            communities=places,
            department=department,
        )
        for holder in ("jade-supervisor", "jade-manager", "head-of-engineering"):
            if deputy.may_be_deputy_of(DIRECTORY.person(holder)):
                assert deputy.may_stand_in(here)

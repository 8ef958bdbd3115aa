"""In confidence: who may know the resident, what names them, and what follows from asking."""

import pytest

from chalicelib.domain.commands import GiveBack, PassOn, RecordConfidence, ReplaceAbsentOwner
from chalicelib.domain.confidence import is_safe, naming_in, sees_resident
from chalicelib.domain.deadlines import deadlines, feedback_by
from chalicelib.domain.model import Owner
from chalicelib.domain.permissions import may
from chalicelib.domain.staff import HEAD, LEADER, MANAGER, RECEPTIONIST, SUPERVISOR, Staff
from chalicelib.domain.verbs import STAFF_VERBS
from support.examples import DIRECTORY, POLICY, a_life, feedback, hand_over, judge, staff_but
from support.values import replace

MONDAY = "Monday 2026-11-23 10:00"
TUESDAY = "Tuesday 2026-11-24 10:00"
RESIDENT = {
    "name": "李紫薇",
    "phone": "138 0000 0000",
    "email": "li@example.com",
    "building": "3栋",
    "unit": "1201-甲",
    "behalf_of": "Emily Carter",
}

SEES = """
about             receptionist  supervisor  head-of-it  other-head  manager  leadership
engineering       yes           yes         no          yes         yes      yes
customer-service  no            no          no          yes         yes      yes
cleaning          yes           yes         no          yes         yes      yes
unsure            yes           yes         yes         yes         yes      yes
"""
"""Who may know who complains in confidence, by the department complained about."""


def somebody(who, about):
    roles = {
        "receptionist": RECEPTIONIST,
        "supervisor": SUPERVISOR,
        "manager": MANAGER,
        "leadership": LEADER,
    }
    department = {"head-of-it": about, "other-head": "finance"}.get(who)
    department = "security" if department == "unsure" else department
    return Staff(who, {}, "x@anhe.example", "zh", (roles.get(who, HEAD),), department=department)


_NAMES, *_ROWS = (line.split() for line in SEES.strip().splitlines())
CELLS = [
    (about, who, said == "yes")
    for about, *cells in _ROWS
    for who, said in zip(_NAMES[1:], cells, strict=True)
]


@pytest.mark.parametrize(("about", "who", "sees"), CELLS)
def test_who_may_know_the_resident(about, who, sees):
    """Nobody of the department; the front desk is of customer service."""
    complaint = a_life(MONDAY, about=about, in_confidence=True).complaint
    assert sees_resident(somebody(who, about), complaint) is sees
    assert sees_resident(somebody(who, about), replace(complaint, in_confidence=False))


def test_whatever_other_post_they_hold_they_are_of_the_department():
    """A head who is manager besides may not know it; nobody unknown may."""
    complaint = a_life(MONDAY, in_confidence=True).complaint
    both = Staff("x", {}, "x", "zh", (HEAD, MANAGER), department="engineering")
    assert not sees_resident(both, complaint)
    assert not sees_resident(None, complaint)


def test_where_nobody_else_is_left_its_owner_knows_them():
    """Somebody has to ring the resident."""
    complaint = a_life(MONDAY, in_confidence=True).complaint
    one = somebody("head-of-it", "engineering")
    assert sees_resident(one, replace(complaint, owner=Owner(HEAD, one.id)))


NAMING = [
    ("李紫薇家漏水", "name"),
    ("李 紫 薇 家漏水", "name"),
    ("李女士家漏水", "name"),
    ("李师傅没有来", ""),
    ("张女士家漏水", ""),
    ("請打13800000000", "phone"),
    ("打 138-0000-0000", "phone"),
    ("打 １３８００００００００", "phone"),
    ("write to LI@example.com", "email"),
    ("1201漏水", "unit"),
    ("１２０１ 室漏水", "unit"),
    ("For Emily, next door", "behalf_of"),
    ("Mrs CARTER of next door", "behalf_of"),
    ("家里漏水，三天了", ""),
    ("Cartering a part took 120 minutes", ""),
    ("12 月 1 日又漏", ""),
    ("第 3 栋的电梯", ""),
    ("21201 号工单", ""),
]


@pytest.mark.parametrize(("text", "found"), NAMING)
def test_what_names_the_resident(text, found):
    """However it is spaced or written; and no number or word that only looks like it."""
    assert naming_in(text, RESIDENT) == found


@pytest.mark.parametrize(
    ("text", "safe"), [("车库入口", True), ("3 号楼门口", False), ("1201 门口", False)]
)
def test_a_place_is_shown_unless_it_tells_the_home(text, safe):
    """A building's number is enough to keep it until its owner has read it."""
    assert is_safe(text, RESIDENT) is safe


OWNER = "jade-manager"
PASSED = PassOn(OWNER, "Corridor", "It leaks.", "Mend it.", photos=True)


def test_what_still_names_the_resident_is_not_passed_on():
    """The refusal says what, so that it can be cut."""
    life = a_life(MONDAY, in_confidence=True, words=RESIDENT)
    error = life.refusal(TUESDAY, PassOn(OWNER, "Corridor", "李紫薇 says it leaks.", "Mend it."))
    assert (error.code, error.params["text"]) == ("names_resident", "李紫薇")
    assert life.refusal(TUESDAY, PassOn(OWNER, "-", "-", "-", "1201")).code == "names_resident"
    assert not life.on(TUESDAY, PASSED).complaint.waits_for_text


def test_there_is_nothing_to_pass_on_of_others():
    """The department sees all of them; and where none is known there is nobody to pass it to."""
    assert a_life(MONDAY).refusal(TUESDAY, PASSED).code == "not_in_confidence"
    unsure = a_life(MONDAY, in_confidence=True, about="unsure", cause="service")
    assert unsure.refusal(TUESDAY, PASSED).code == "department_unknown"


def test_the_owner_reads_within_a_working_day():
    """Counted from receipt; passed on, the department has its own day for the feedback."""
    life = a_life(MONDAY, in_confidence=True)
    assert deadlines(life.complaint, POLICY)["pass_on"].basis.start == "receipt"
    assert feedback_by(life.complaint, POLICY) is None
    passed = life.on(TUESDAY, PASSED).complaint
    assert "pass_on" not in deadlines(passed, POLICY)
    assert deadlines(passed, POLICY)["feedback"].basis.from_at == passed.passed_on_at


def test_nobody_keeps_what_they_may_not_know():
    """Asked for later, it goes from the head to the post that owns it."""
    life = a_life(MONDAY).on(MONDAY, hand_over(OWNER, "head-of-engineering"))
    asked = RecordConfidence("jade-supervisor", True, "telephone", "Do not tell them.")
    kept = life.on(TUESDAY, asked).complaint
    assert kept.owner.staff == OWNER
    assert kept.in_confidence
    assert life.on(TUESDAY, asked).refusal(TUESDAY, asked).code == "confidence_so_already"


def test_nobody_of_the_department_is_given_it():
    """A hand-over to its head is refused in words."""
    life = a_life(MONDAY, in_confidence=True)
    error = life.refusal(TUESDAY, hand_over(OWNER, "head-of-engineering"))
    assert error.code == "in_confidence_of_department"


def test_naming_the_department_later_passes_over_it():
    """The supervisor who names customer service owns it no more."""
    life = a_life(MONDAY, in_confidence=True, about="unsure", cause="facility")
    judged = life.on(TUESDAY, judge("jade-supervisor", about="customer-service"))
    assert judged.complaint.owner.staff == OWNER


@pytest.mark.parametrize("about", ["customer-service", "cleaning"])
def test_nobody_gets_back_what_is_kept_from_them_meanwhile(about):
    """Named customer service while the supervisor was away, it stays with who stood in."""
    away = {"absent": True, "deputy": "jade-manager"}
    life = a_life(MONDAY, in_confidence=True, about="unsure", cause="facility")
    stood_in = life.among(staff_but(jade_supervisor=away)).on(MONDAY, ReplaceAbsentOwner())
    assert stood_in.complaint.owner.staff == OWNER
    judged = stood_in.on(TUESDAY, judge(OWNER, about=about)).among(DIRECTORY)
    kept = about == "customer-service"
    back = judged.on(TUESDAY, GiveBack())
    assert back.complaint.owner.staff == (OWNER if kept else "jade-supervisor")


@pytest.mark.parametrize("verb", STAFF_VERBS)
def test_the_department_does_what_needs_no_knowledge_of_the_resident(verb):
    """Feedback, notes and calls for help; not the resident's word, nor the contact."""
    complaint = a_life(MONDAY, in_confidence=True, about="customer-service").complaint
    open_one = replace(complaint, in_confidence=False)
    people = [somebody(who, "customer-service") for who in ("receptionist", "supervisor")]
    people.append(somebody("head-of-it", "customer-service"))
    can = {"note", "give-feedback", "call-for-help"}
    for one in people:
        assert may(one, verb, complaint) is (may(one, verb, open_one) and verb in can)


def test_the_department_s_own_feedback_stands():
    """Its head gives it as ever."""
    life = a_life(MONDAY, in_confidence=True).on(TUESDAY, PASSED)
    assert life.on(TUESDAY, feedback("head-of-engineering")).complaint.feedback_at

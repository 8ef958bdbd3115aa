"""Who is told what, for each thing that can happen (alerts, 3.3, principle 1)."""

import pytest

from chalicelib.domain.commands import Acknowledge, AssignOwner, AwaitAnswer, Note, Reply
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.notices import Notice
from support.examples import (
    CHECK,
    FACTS_FOR,
    POLICY,
    a_life,
    acknowledge,
    at,
    close,
    hand_over,
    judge,
    received,
    reply,
    staff_but,
)
from support.values import replace

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
OWNER, SUPERVISOR, HEAD = "jade-manager", "jade-supervisor", "head-of-engineering"
VALID = judge(valid=True)


def told(life, letter):
    """To whom the last command sends this letter, sorted; fails when it sends any other."""
    assert {notice.letter for notice in life.letters} <= {letter}
    return sorted(notice.to for notice in life.letters)


ALERTED = {
    "major": sorted([OWNER, SUPERVISOR, "leader", HEAD]),
    "important": sorted([OWNER, SUPERVISOR, HEAD]),
    "minor": sorted([SUPERVISOR, HEAD]),
    None: sorted([OWNER, SUPERVISOR, HEAD]),
}


@pytest.mark.parametrize("severity", ALERTED)
def test_who_is_alerted_at_receipt(severity):
    """Each severity alerts its own, undecided as important, and always the department's head."""
    assert told(a_life(MONDAY, **FACTS_FOR[severity]), "alert") == ALERTED[severity]


def test_alerts_stay_in_the_community():
    """What happens in one community alerts the staff of that community."""
    life = a_life(MONDAY, community="maple-court", about="cleaning")
    assert told(life, "alert") == ["head-of-cleaning", "maple-manager", "maple-supervisor"]


def test_the_owner_s_letter_comes_first():
    """The one who answers for it stands first among those who are told."""
    assert a_life(MONDAY).letters[0] == Notice("alert", OWNER)


def test_one_person_in_several_roles_gets_one_letter():
    """A manager who is supervisor and head as well is told once."""
    roles = ("property_manager", "customer_service_supervisor", "department_head")
    staff = staff_but(
        jade_manager={"roles": roles, "department": "engineering"},
        jade_supervisor=None,
        head_of_engineering=None,
    )
    assert told(received(MONDAY).among(staff).on(MONDAY, AssignOwner()), "alert") == [OWNER]


def test_a_department_without_a_head_is_the_manager_s_to_answer_for():
    """Where a department has no head, the next rung up is told, and only once."""
    assert told(a_life(MONDAY, about="finance"), "alert") == [OWNER, SUPERVISOR]
    minor = a_life(MONDAY, about="finance", cause="facility")
    assert told(minor, "alert") == [OWNER, SUPERVISOR]


def test_the_one_complained_about_is_not_alerted():
    """A head who is named by the resident is not told; the manager answers in their place."""
    life = received(MONDAY, cause="facility").among(staff_but(), conflicted_staff=[HEAD])
    assert told(life.on(MONDAY, AssignOwner()), "alert") == [OWNER, SUPERVISOR]


def test_no_head_is_told_until_the_department_is_known():
    """When the resident cannot say which department, the head is told once somebody judged it."""
    minor = a_life(MONDAY, about="unsure", cause="facility")
    assert told(minor, "alert") == [SUPERVISOR]
    life = a_life(MONDAY, about="unsure")
    assert told(life, "alert") == [OWNER, SUPERVISOR]
    assert told(life.on(TUESDAY, judge(about="cleaning")), "alert") == ["head-of-cleaning"]


def test_a_department_judged_unsure_has_no_head():
    """To judge that the department is not known tells nobody."""
    assert a_life(MONDAY).on(TUESDAY, judge(about="unsure")).letters == ()


def test_a_judgement_that_raises_it_alerts_as_the_new_severity_does():
    """Risen to major, those told of a major complaint are told, each once."""
    life = a_life(MONDAY, about="unsure").on(TUESDAY, judge(severity="major", about="engineering"))
    assert told(life, "escalated") == ALERTED["major"]


def test_the_month_alerts_as_a_major_complaint_does():
    """At each escalation those of the new severity are told."""
    life = a_life(MONDAY, cause="facility").on("Wednesday 2026-12-23 09:00", CHECK)
    over = life.on("Wednesday 2026-12-23 10:00", CHECK)
    staff = {one for one in over.letters if one.letter == "escalated"}
    assert sorted(one.to for one in staff) == ALERTED["major"]
    assert {*over.letters} - staff == {Notice("new_date", RESIDENT)}


def test_a_fall_tells_the_manager_and_the_new_owner():
    """Fallen to minor, it is the supervisor's, and the manager reads why (5)."""
    life = a_life(MONDAY).on(TUESDAY, judge(severity="minor"))
    assert life.letters == (Notice("alert", SUPERVISOR), Notice("lowered", OWNER))
    by_the_owner = a_life(MONDAY).on(TUESDAY, judge(OWNER, severity="minor"))
    assert by_the_owner.letters == (Notice("alert", SUPERVISOR),)


def test_the_manager_is_told_of_a_fall_even_where_they_stay_owner():
    """From major to important the owner stays, and reads the reason; what they did they know."""
    major = a_life(MONDAY, hurt=True)
    assert told(major.on(TUESDAY, judge(severity="important")), "lowered") == [OWNER]
    assert major.on(TUESDAY, judge(OWNER, severity="important")).letters == ()


def test_a_new_owner_is_told():
    """Handing over is told to the new owner alone."""
    life = a_life(MONDAY).on(TUESDAY, hand_over(OWNER, HEAD))
    assert told(life, "handed_over") == [HEAD]


@pytest.mark.parametrize(
    ("asked", "letter"),
    [
        ([acknowledge(OWNER)], "acknowledged"),
        ([reply(OWNER)], "reply"),
        ([judge(valid=False), reply(OWNER)], "explanation"),
        ([VALID, reply(OWNER), close(OWNER)], "closed"),
    ],
)
def test_what_the_resident_is_told(asked, letter):
    """A resident with an e-mail address gets each of these once; one without gets none."""
    life = a_life(MONDAY).on(TUESDAY, *asked)
    assert life.letters == (Notice(letter, RESIDENT),)
    told = (Acknowledge, Reply)
    by_phone = [replace(one, told_by="telephone") if type(one) in told else one for one in asked]
    assert a_life(MONDAY, reachable_by=("phone",)).on(TUESDAY, *by_phone).letters == ()


def test_the_receipt_goes_to_a_resident_with_an_address():
    """Whoever gave an e-mail address gets a receipt at once."""
    assert received(MONDAY).letters == (Notice("receipt", RESIDENT),)
    assert received(MONDAY, reachable_by=("phone",)).letters == ()


@pytest.mark.parametrize("told_by", ["telephone", "visit", "letter"])
def test_what_was_said_is_not_sent_as_well(told_by):
    """A reply given by word of mouth or on paper is not sent by e-mail."""
    assert a_life(MONDAY).on(TUESDAY, reply(OWNER, told_by)).letters == ()


@pytest.mark.parametrize(
    "asked",
    [[Note(OWNER, "Rang twice.")], [VALID], [judge(valid=False)]],
    ids=["a note", "judged valid", "judged invalid"],
)
def test_what_nobody_is_told(asked):
    """Notes and judgements that raise nothing send no letter."""
    assert a_life(MONDAY).on(TUESDAY, *asked).letters == ()


def test_a_promise_missed_is_read_in_the_morning_letter():
    """Missing it and the rung are on the record, and no letter goes of them alone."""
    life = a_life(MONDAY).on(MONDAY, judge(valid=True)).on("Wednesday 2026-11-25 10:00", CHECK)
    assert life.kinds == ("missed", "new_date_set", "reminded")
    assert life.letters == (Notice("new_date", RESIDENT),)


def test_a_warning_is_read_in_the_morning_letter():
    """The month comes near, which stands on the record."""
    life = a_life(MONDAY, cause="facility").on("Sunday 2026-12-13 09:59", CHECK)
    life = life.on("Sunday 2026-12-13 10:00", CHECK)
    assert (life.kinds, life.letters) == (("warned",), ())


def climbing(until):
    """A major complaint on Saturday night, and nobody is in touch with the resident."""
    life = a_life("Saturday 2026-11-28 23:30", hurt=True)
    while (due_at := next_due_at(life.complaint, POLICY)) <= at(until):
        life = life.on(due_at, CHECK)
    return life


@pytest.mark.parametrize(
    ("moment", "reminded"),
    [
        ("Sunday 2026-11-29 01:30", [OWNER]),
        ("Sunday 2026-11-29 03:30", [SUPERVISOR]),
        ("Sunday 2026-11-29 05:30", ["leader"]),
        ("Monday 2026-11-30 09:00", []),
    ],
)
def test_a_major_complaints_first_contact_is_told_of_at_any_time(moment, reminded):
    """Each rung of two hours in a letter of its own; from the top on it is the morning's."""
    life = climbing(moment)
    assert [one.to for one in life.letters if one.letter == "reminder"] == reminded


def test_no_reminder_asks_for_a_contact_that_was_made():
    """Its letter is left out where it would go too late."""
    life = climbing("Sunday 2026-11-29 01:30")
    late = life.on("Sunday 2026-11-29 01:40", acknowledge(OWNER))
    assert [one.letter for one in life.letters] == ["reminder"]
    assert late.letters_of(life.latest) == ()


def test_a_question_is_sent_to_the_resident():
    """What is asked by e-mail goes to the resident; what was asked by telephone does not."""
    asked = a_life(MONDAY).on(TUESDAY, AwaitAnswer(OWNER, "Which tap?"))
    assert asked.letters == (Notice("question", RESIDENT),)
    assert a_life(MONDAY).on(TUESDAY, AwaitAnswer(OWNER, "Which?", "telephone")).letters == ()


def test_the_end_of_an_invalid_complaint_sends_nothing_more():
    """The explanation was the last word."""
    life = a_life(MONDAY).on(TUESDAY, judge(valid=False), reply(OWNER), close(OWNER))
    assert (life.kinds, life.letters) == (("closed",), ())


def test_an_import_is_quiet():
    """Old complaints taken in from a spreadsheet write to nobody one by one."""
    life = received(MONDAY, channel="import")
    assert life.letters == ()
    assert life.on(MONDAY, AssignOwner(quietly=True)).letters == ()

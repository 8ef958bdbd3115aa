"""Agreeing a time, calling for help, feedback and corrections (principle 3, 3.3, 6.1)."""

import pytest

from chalicelib.domain.commands import (
    AgreeTime,
    AssignOwner,
    CallForHelp,
    GiveFeedback,
    Note,
    Reply,
)
from chalicelib.domain.evolve import words_now
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.notices import Notice
from support.examples import (
    CHECK,
    a_life,
    acknowledge,
    agree,
    at,
    close,
    correct,
    correct_contact,
    feedback,
    hand_over,
    judge,
    received,
    reply,
    staff_but,
)
from support.values import replace

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
OWNER, SUPERVISOR, HEAD = "jade-manager", "jade-supervisor", "head-of-engineering"
FRIDAY = "Friday 2026-11-27 15:00"


# ── Agreeing a time ──────────────────────────────────────────────────────


def test_an_agreed_time_is_kept_and_told():
    """The time is on the record with what the resident was told, and they get it in a letter."""
    life = a_life(MONDAY).on(TUESDAY, agree(OWNER, FRIDAY))
    assert life.complaint.agreed_at == at(FRIDAY)
    assert life.latest[0].words == {"note": "The part comes on Friday."}
    assert life.letters == (Notice("agreed_time", RESIDENT),)


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        (TUESDAY, False),
        ("Tuesday 2026-11-24 10:00:01", True),
        ("Monday 2027-02-22 10:00", True),
        ("Monday 2027-02-22 10:00:01", False),
    ],
)
def test_a_time_lies_ahead_and_within_ninety_days(when, fits):
    """What is past cannot be promised, and what is a quarter away is no appointment."""
    life = a_life(MONDAY)
    if fits:
        assert life.on(TUESDAY, agree(OWNER, when)).complaint.agreed_at == at(when)
    else:
        assert life.refusal(TUESDAY, agree(OWNER, when)).code == "agreed_at_impossible"


def test_an_agreed_time_needs_what_the_resident_was_told():
    """What cannot be solved now is explained beforehand, and the explanation is on the record."""
    refused = a_life(MONDAY).refusal(TUESDAY, AgreeTime(OWNER, at(FRIDAY), " "))
    assert (refused.code, refused.params["name"]) == ("text_missing", "note")


def test_once_answered_no_time_is_agreed():
    """Nobody would chase it any more; a return visit asks how it went."""
    life = a_life(MONDAY).on(TUESDAY, reply(OWNER))
    assert life.refusal(TUESDAY, agree(OWNER, FRIDAY)).code == "replied_already"


def test_an_agreed_time_that_passes_is_missed_once():
    """Silence at the agreed time is on the record like any promise not kept."""
    life = a_life(MONDAY).on(TUESDAY, acknowledge(OWNER), feedback(), agree(OWNER, FRIDAY))
    life = life.on("Friday 2026-11-27 09:00", CHECK)
    assert life.on("Friday 2026-11-27 14:59", CHECK).latest == ()
    missed = life.on(FRIDAY, CHECK)
    assert missed.latest[0].event.promises == ("agreed",)
    assert missed.on("Friday 2026-11-27 16:00", CHECK).latest == ()


def test_a_newer_time_takes_its_place():
    """Agreed anew before it passes nothing is missed; after it was missed the new one is chased."""
    life = a_life(MONDAY).on(TUESDAY, acknowledge(OWNER), judge(valid=True), feedback())
    life = life.on(TUESDAY, agree(OWNER, FRIDAY))
    again = life.on("Friday 2026-11-27 14:00", agree(OWNER, "Monday 2026-11-30 10:00"))
    assert again.on(FRIDAY, CHECK).latest == ()
    late = life.on(FRIDAY, CHECK).on(
        "Friday 2026-11-27 16:00", agree(OWNER, "Monday 2026-11-30 10:00")
    )
    assert late.on("Monday 2026-11-30 10:00", CHECK).latest[0].event.promises == ("agreed",)


def test_a_reply_keeps_the_agreed_time():
    """Answered before it, nothing is due at the agreed time any more."""
    life = a_life(MONDAY).on(TUESDAY, judge(valid=True), agree(OWNER, FRIDAY), reply(OWNER))
    assert life.complaint.agreed_at is None
    assert life.on("Friday 2026-11-27 16:00", CHECK).latest == ()


# ── Calling for help ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("whom", "to"),
    [("customer_service_supervisor", SUPERVISOR), ("property_manager", OWNER)],
)
def test_who_is_called_is_told(whom, to):
    """The supervisor or the manager is asked to come and explain (6.1.2)."""
    life = a_life(MONDAY).on(TUESDAY, CallForHelp("jade-receptionist", whom, " He shouts. "))
    assert life.letters == (Notice("help_called", to),)
    assert life.latest[0].words == {"note": "He shouts."}


def test_a_call_finds_somebody_who_is_there():
    """Absent without deputy, the supervisor is answered for by the next rung."""
    life = a_life(MONDAY).among(staff_but(jade_supervisor={"absent": True}))
    called = CallForHelp("jade-receptionist", "customer_service_supervisor")
    assert life.on(TUESDAY, called).letters == (Notice("help_called", OWNER),)


def test_who_calls_their_own_post_reaches_the_next_rung():
    """A supervisor at the desk who calls for a supervisor needs somebody else."""
    called = CallForHelp(SUPERVISOR, "customer_service_supervisor")
    assert a_life(MONDAY).on(TUESDAY, called).letters == (Notice("help_called", OWNER),)


def test_a_call_that_went_out_from_the_log_sends_no_second_letter():
    """Tied to the complaint afterwards, it is on the record and nobody is called twice."""
    called = CallForHelp("jade-receptionist", "property_manager", entry="2026-11-23#3")
    life = a_life(MONDAY).on(TUESDAY, called)
    assert life.latest[0].event.entry == "2026-11-23#3"
    assert life.letters == ()


def test_nobody_else_can_be_called():
    """The policy names the supervisor and the manager."""
    refused = a_life(MONDAY).refusal(TUESDAY, CallForHelp(OWNER, "company_leadership"))
    assert refused.code == "cannot_be_called"


# ── The department's feedback ────────────────────────────────────────────


def test_feedback_is_on_the_record_and_told_to_the_owner():
    """The head says how it is being handled, and the owner reads it (3.3)."""
    life = a_life(MONDAY).on(TUESDAY, feedback())
    assert life.latest[0].words == {"text": "A plumber opens the riser tomorrow."}
    assert life.letters == (Notice("feedback_given", OWNER),)


def test_an_owner_s_own_feedback_is_no_news_to_them():
    """Handed over to the head, they write to nobody about their own feedback."""
    life = a_life(MONDAY).on(TUESDAY, hand_over(OWNER, HEAD), feedback())
    assert life.letters == ()


def test_no_department_no_feedback():
    """Until the department is named nobody can speak for it."""
    life = a_life(MONDAY, about="unsure")
    assert life.refusal(TUESDAY, GiveFeedback(OWNER, "It was us.")).code == "department_unknown"


@pytest.mark.parametrize(
    ("situation", "life", "due"),
    [
        ("asked at receipt", a_life(MONDAY), True),
        ("given", a_life(MONDAY).on(TUESDAY, feedback()), False),
        (
            "given, then another department is named",
            a_life(MONDAY).on(TUESDAY, feedback(), judge(about="cleaning")),
            True,
        ),
        ("nobody is asked yet", a_life(MONDAY, about="unsure"), False),
        ("answered", a_life(MONDAY).on(TUESDAY, reply(OWNER)), False),
        ("invalid", a_life(MONDAY).on(TUESDAY, judge(valid=False)), False),
        ("imported quietly", received(MONDAY, channel="import"), False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_when_feedback_is_due(situation, life, due):
    """Due one working day after the head was asked, while it is open, unsolved and valid."""
    missed = life.on("Wednesday 2026-11-25 18:00", CHECK).complaint.missed
    assert ("feedback" in missed) is due, situation


def test_feedback_is_due_a_working_day_after_the_head_was_asked():
    """Named on Tuesday, the department owes it by Wednesday's closing time."""
    life = a_life(MONDAY, about="unsure").on(
        TUESDAY, acknowledge(OWNER), judge(about="engineering")
    )
    assert "feedback" not in life.on("Wednesday 2026-11-25 17:59", CHECK).complaint.missed
    assert "feedback" in life.on("Wednesday 2026-11-25 18:00", CHECK).complaint.missed


# ── Replying ─────────────────────────────────────────────────────────────


def test_a_reply_has_what_was_found_and_done_and_why():
    """All is on the record beside the event; what is blank leaves nothing behind."""
    whole = Reply(OWNER, "A worn seal.", done=" Replaced. ", root_cause="Age.", lesson=" ")
    [record] = a_life(MONDAY).on(TUESDAY, whole).latest
    assert record.words == {"text": "A worn seal.", "done": "Replaced.", "root_cause": "Age."}


@pytest.mark.parametrize("channel", ["walk_in", "telephone", "letter"])
def test_who_took_it_in_is_told_of_the_reply(channel):
    """The receptionist stays named on it (principle 1, our reading), on each of their channels."""
    life = taken_in(channel, "jade-receptionist").on(TUESDAY, reply(OWNER, "visit"))
    assert life.complaint.taken_by == "jade-receptionist"
    assert life.letters == (Notice("reply_told", "jade-receptionist"),)


def test_a_supervisor_who_took_it_in_and_owns_it_is_told_nothing_new():
    """An owner's own reply is no news to them."""
    life = taken_in("walk_in", SUPERVISOR, cause="facility").on(TUESDAY, reply(SUPERVISOR))
    assert life.letters == (Notice("reply", RESIDENT),)


@pytest.mark.parametrize("channel", ["web", "import"])
def test_what_nobody_took_in_tells_nobody(channel):
    """A web form and a spreadsheet have no receptionist."""
    assert taken_in(channel, channel).complaint.taken_by is None


def taken_in(channel, by, **facts):
    """A complaint that somebody wrote down."""
    life = received(MONDAY, channel=channel, **facts)
    records = tuple(replace(one, by=by) for one in life.records)
    return replace(life, records=records).on(MONDAY, AssignOwner())


# ── Correcting ───────────────────────────────────────────────────────────


def test_a_correction_is_a_new_entry():
    """A note may say which item it corrects; the item itself stays as it was written (6.1.1)."""
    life = a_life(MONDAY).on(TUESDAY, Note(SUPERVISOR, "It was 5 November.", "when_where"))
    assert life.latest[0].event.corrects == "when_where"
    assert life.records[0].words["description"] == "Water again."


def test_a_contact_is_corrected_where_it_differs():
    """What differs is on the record with the reason, and the resident is reached so from now on."""
    corrected = correct(SUPERVISOR, phone="138 0000 0000", contact_by="phone", building="3")
    life = a_life(MONDAY).on(TUESDAY, corrected)
    assert life.latest[0].words == {
        "phone": "138 0000 0000",
        "building": "3",
        "reason": "She rang.",
    }
    assert life.complaint.contact_by == "phone"
    assert life.complaint.reachable_by == ("email", "phone")
    assert words_now(life.records)["phone"] == "138 0000 0000"
    assert "reason" not in words_now(life.records)


@pytest.mark.parametrize(
    ("corrected", "version"),
    [
        ({"phone": "13900000000"}, 2),
        ({"email": "wang@x.example"}, 2),
        ({"email": "", "phone": "13900000000"}, 2),
        ({"email": "WANG@example.com"}, 1),
        ({"name": "Li"}, 1),
        ({"building": "3"}, 1),
    ],
)
def test_another_address_or_number_makes_another_code(corrected, version):
    """Whoever got the first letter by mistake has its code; another spelling changes nothing."""
    life = a_life(MONDAY).on(TUESDAY, correct(SUPERVISOR, **corrected))
    assert life.complaint.code_version == version


def test_the_new_code_goes_to_the_new_address():
    """One letter, to the resident; without an address there is none."""
    life = a_life(MONDAY).on(TUESDAY, correct(SUPERVISOR, email="wang@x.example"))
    assert [(one.to, one.letter) for one in life.letters] == [("resident", "code_renewed")]
    gone = a_life(MONDAY).on(TUESDAY, correct(SUPERVISOR, email="", phone="13900000000"))
    assert gone.letters == ()


def test_a_blank_takes_a_contact_away():
    """Without an address no letter goes out, and the old address is in the history alone."""
    life = a_life(MONDAY).on(TUESDAY, correct(SUPERVISOR, email="", phone="138 0000 0000"))
    assert life.complaint.reachable_by == ("phone",)
    assert life.complaint.contact_by == "phone"
    assert "email" not in words_now(life.records)
    assert life.refusal(TUESDAY, acknowledge(OWNER)).code == "no_email"
    assert life.on(TUESDAY, acknowledge(OWNER, "telephone")).letters == ()


@pytest.mark.parametrize(
    ("corrected", "code"),
    [
        ({"email": ""}, "contact_missing"),
        ({"email": "", "contact_by": "phone"}, "contact_missing"),
        ({"contact_by": "phone"}, "contact_missing"),
        ({}, "nothing_corrected"),
        ({"name": " Wang "}, "nothing_corrected"),
        ({"contact_by": "email"}, "nothing_corrected"),
    ],
)
def test_what_is_no_correction(corrected, code):
    """The resident must stay reachable in the way they want, and something must differ."""
    assert a_life(MONDAY).refusal(TUESDAY, correct(SUPERVISOR, **corrected)).code == code


def test_without_telephone_and_address_the_resident_is_visited():
    """A resident with neither is reached in person, when that is what they want."""
    life = a_life(MONDAY).on(TUESDAY, correct(SUPERVISOR, email="", contact_by="visit"))
    assert (life.complaint.contact_by, life.complaint.reachable_by) == ("visit", ())


def test_a_contact_is_corrected_after_the_end_too():
    """A return visit needs the resident's number whatever became of the complaint."""
    life = a_life(MONDAY).on(TUESDAY, judge(valid=True), reply(OWNER), close(OWNER))
    life = life.on(TUESDAY, correct(SUPERVISOR, name="Wang Fang"))
    assert words_now(life.records)["name"] == "Wang Fang"
    assert life.complaint.status == "closed"


def test_a_correction_needs_a_reason():
    """Who changed it, and why, is on the record."""
    blank = correct_contact(SUPERVISOR, " ", name="Li", phone="1")
    assert a_life(MONDAY).refusal(TUESDAY, blank).code == "text_missing"

"""What time alone makes true: promises missed, and the month (5.1.3)."""

import pytest

from support.examples import CHECK, a_life, acknowledge, at, close, feedback, judge, received, reply

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
OWNER = "jade-manager"


def missed(life):
    return [record.event.promises for record in life.latest if record.kind == "missed"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (MONDAY, []),
        ("Tuesday 2026-11-24 17:59:59", []),
        ("Tuesday 2026-11-24 18:00", [("acknowledge", "feedback")]),
        ("Wednesday 2026-11-25 17:59:59", [("acknowledge", "feedback")]),
        ("Monday 2026-11-30 17:59:59", [("acknowledge", "feedback", "judge")]),
        ("Monday 2026-11-30 18:00", [("acknowledge", "feedback", "judge", "reply")]),
    ],
)
def test_a_promise_is_missed_when_its_time_has_come(moment, expected):
    """Before its time the clock records nothing; at its time the promise is missed."""
    life = a_life(MONDAY).on(moment, CHECK)
    assert missed(life) == expected
    assert ("missed" in life.kinds) is bool(expected)


def test_a_missed_promise_is_recorded_once():
    """Checking the deadlines a second time yields nothing, however often the clock comes round."""
    once = a_life(MONDAY).on("Wednesday 2026-11-25 09:00", CHECK)
    assert once.complaint.missed == {"acknowledge", "feedback"}
    assert once.on("Wednesday 2026-11-25 09:00", CHECK).latest == ()
    assert missed(once.on("Friday 2026-11-27 09:00", CHECK)) == [("judge", "new_contact")]
    both = once.on("Tuesday 2026-12-01 09:00", CHECK)
    assert missed(both) == [("judge", "new_contact", "reply")]
    assert both.on("Tuesday 2026-12-01 09:00", CHECK).latest == ()


def test_what_was_kept_is_not_missed():
    """Acknowledged, judged, replied to and closed, a complaint has nothing missed, ever."""
    life = a_life(MONDAY).on(TUESDAY, acknowledge(OWNER), judge(valid=True), feedback())
    assert missed(life.on("Friday 2026-11-27 09:00", CHECK)) == []
    assert missed(life.on("Tuesday 2026-12-01 09:00", CHECK)) == [("reply",)]
    ended = life.on(TUESDAY, reply(OWNER), close(OWNER))
    assert missed(ended.on("Friday 2027-01-15 09:00", CHECK)) == []


def test_an_invalid_complaint_owes_an_explanation_alone():
    """Judged invalid, no reply is chased; the explanation is, two working days later."""
    life = a_life(MONDAY).on(TUESDAY, judge(valid=False))
    assert missed(life.on("Thursday 2026-11-26 17:59", CHECK)) == []
    assert missed(life.on("Thursday 2026-11-26 18:00", CHECK)) == [("explain",)]
    ended = life.on(TUESDAY, reply(OWNER), close(OWNER))
    assert ended.on("Friday 2027-01-15 09:00", CHECK).latest == ()


def test_the_month_escalates_once():
    """At the end of the month a complaint turns major, with a new owner where one is due."""
    life = a_life(MONDAY, cause="facility").on("Monday 2026-11-30 09:00", CHECK)
    life = life.on("Wednesday 2026-12-23 09:59:59", CHECK)
    assert "escalated" not in life.kinds
    escalated = life.on("Wednesday 2026-12-23 10:00", CHECK)
    assert escalated.kinds == ("escalated", "new_date_set")
    assert escalated.latest[0].event.severity_before == "minor"
    assert escalated.complaint.severity == "major"
    assert escalated.owner == OWNER
    assert escalated.on("Thursday 2026-12-24 10:00", CHECK).kinds == ("reminded",)


def test_the_month_is_recorded_for_a_major_complaint_too():
    """Every clause met is recorded, though the severity stays."""
    life = a_life(MONDAY, hurt=True).on("Wednesday 2026-12-23 10:00", CHECK)
    assert life.complaint.verdict.clauses == ("5.1.2", "5.1.3", "5.2.1")


def test_asked_late_the_clock_catches_up_in_one_go():
    """What fell due while nobody asked is all recorded at the first asking."""
    life = a_life(MONDAY).on("Friday 2027-01-15 10:00", CHECK)
    assert life.kinds == ("missed", "escalated", "new_date_set", "reminded")
    assert missed(life) == [("acknowledge", "feedback", "judge", "reply")]


def test_an_old_complaint_taken_in_late_is_major_at_receipt():
    """An import from more than a month ago and still unsolved is major at once."""
    life = received("Friday 2027-01-15 10:00", received_at=at(MONDAY), cause="facility")
    assert life.complaint.severity == "major"
    assert life.complaint.verdict.clauses == ("5.1.3", "5.3.1")


def test_a_promise_kept_late_is_on_the_record_as_missed():
    """Who acknowledges after the promise, before any sweep, leaves the miss on the record first."""
    life = a_life("Monday 2026-11-23 10:00", cause="service")
    life = life.on("Wednesday 2026-11-25 09:00", acknowledge("jade-manager"))
    assert life.kinds == ("missed", "acknowledged")
    assert "acknowledge" in life.complaint.missed


def test_a_month_that_ended_before_the_reply_is_on_the_record():
    """A reply after the month, before any sweep, comes after the escalation (5.1.3)."""
    life = a_life("Monday 2026-11-23 10:00", cause="service")
    life = life.on("Wednesday 2026-12-23 10:01", reply("jade-manager"))
    assert life.kinds == ("missed", "escalated", "replied")
    assert "5.1.3" in life.complaint.verdict.clauses


def test_a_reply_recorded_late_counts_from_when_it_was_told():
    """Told by telephone in time and written down days later, nothing was missed."""
    life = a_life("Monday 2026-11-23 10:00", cause="service")
    told = reply("jade-manager", "telephone", told_at=at("Tuesday 2026-11-24 09:00"))
    life = life.on("Monday 2026-12-07 10:00", told)
    assert life.kinds == ("replied",)


def test_a_verb_before_the_owner_is_named_names_the_owner_first():
    """Whoever is quicker than the notifier leaves the alerts of the receipt to follow."""
    life = received("Monday 2026-11-23 10:00", cause="service")
    life = life.on("Monday 2026-11-23 10:00", acknowledge("jade-manager"))
    assert life.kinds == ("owner_assigned", "acknowledged")
    assert {notice.to for notice in life.letters if notice.letter == "alert"} >= {"jade-manager"}


def test_what_falls_due_before_the_owner_was_named_names_the_owner_first():
    """A notifier that never came does not leave a complaint due for ever without anybody."""
    life = received("Monday 2026-11-23 10:00", cause="facility")
    life = life.on("Tuesday 2026-11-24 09:00", CHECK)
    assert (life.kinds, life.owner) == (("owner_assigned", "reminded"), "jade-supervisor")
    assert life.on("Tuesday 2026-11-24 09:00", CHECK).latest == ()

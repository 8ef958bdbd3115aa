"""Broken promises are told to the resident: once, with who has it now and the next date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.commands import RecordFacts
from chalicelib.domain.deadlines import deadlines, visit_opens_at
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.new_dates import standing_dates
from chalicelib.domain.notices import Notice
from chalicelib.domain.tasks import tasks, tasks_of
from support.examples import (
    CHECK,
    POLICY,
    a_life,
    acknowledge,
    agree,
    at,
    dispute,
    judge,
    on_the_wall,
    received,
    reply,
    return_visit,
    update,
)

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
OWNER, SUPERVISOR = "jade-manager", "jade-supervisor"
TO_RESIDENT = Notice("new_date", RESIDENT)
JUDGED = a_life(MONDAY).on(MONDAY, judge(valid=True))


def lived(life, until):
    """The story as the clock alone goes on with it, from due time to due time."""
    while (due_at := next_due_at(life.complaint, POLICY)) and due_at <= at(until):
        life = life.on(due_at, CHECK)
    return life


def words(life):
    """Each word to the resident: when, why, and by when what is promised anew."""
    return [
        (
            on_the_wall(one.at),
            one.event.because,
            {date.promise: on_the_wall(date.anew.at) for date in one.event.dates},
        )
        for one in life.records
        if one.kind == "new_date_set"
    ]


@pytest.mark.parametrize(
    ("life", "until", "said_at", "dates"),
    [
        pytest.param(
            JUDGED,
            "Tuesday 2026-11-24 18:00",
            "Tuesday 2026-11-24 18:00",
            {"acknowledge": "Wednesday 2026-11-25 18:00"},
            id="first contact: one working day",
        ),
        pytest.param(
            JUDGED.on(MONDAY, acknowledge(OWNER)),
            "Monday 2026-11-30 18:00",
            "Monday 2026-11-30 18:00",
            {"reply": "Wednesday 2026-12-02 18:00"},
            id="reply: two working days",
        ),
        pytest.param(
            JUDGED.on(MONDAY, acknowledge(OWNER), agree(OWNER, "Tuesday 2026-11-24 20:00")),
            "Wednesday 2026-11-25 09:00",
            "Wednesday 2026-11-25 09:00",
            {"agreed": "Thursday 2026-11-26 18:00"},
            id="agreed in the evening: at the next opening",
        ),
        pytest.param(
            a_life(MONDAY).on(TUESDAY, judge(valid=False)),
            "Thursday 2026-11-26 18:00",
            "Thursday 2026-11-26 18:00",
            {"explain": "Monday 2026-11-30 18:00"},
            id="explanation",
        ),
        pytest.param(
            JUDGED.on(TUESDAY, reply(OWNER, follow_up_by=at("Friday 2026-11-27 12:00"))),
            "Friday 2026-11-27 12:00",
            "Friday 2026-11-27 12:00",
            {"follow_up": "Tuesday 2026-12-01 18:00"},
            id="what the reply promised",
        ),
        pytest.param(
            a_life("Saturday 2026-11-28 23:00", hurt=True),
            "Monday 2026-11-30 09:00",
            "Monday 2026-11-30 09:00",
            {"acknowledge": "Tuesday 2026-12-01 18:00"},
            id="major, missed in the night of a Sunday",
        ),
    ],
)
def test_a_promise_missed_is_told_with_the_next_date(life, until, said_at, dates):
    """At the moment of the miss, outside working hours at the next opening, and by letter."""
    told = lived(life, until)
    assert words(told) == [(said_at, ("missed",), dates)]
    assert TO_RESIDENT in told.letters
    assert told.on(until, CHECK).latest == ()


def test_what_is_done_before_the_opening_needs_no_apology():
    """Missed in the evening and made good at night, nobody is written to in the morning."""
    life = JUDGED.on(MONDAY, acknowledge(OWNER), agree(OWNER, "Tuesday 2026-11-24 20:00"))
    life = life.on("Tuesday 2026-11-24 20:01", CHECK)
    life = life.on("Tuesday 2026-11-24 20:30", update(OWNER))
    assert words(lived(life, "Thursday 2026-11-26 18:00")) == []


def test_no_second_letter_repeats_it_and_the_owner_agrees_a_time():
    """The new date is missed, too: that is on the record, and the owner has a task."""
    life = lived(JUDGED, "Thursday 2026-11-26 18:00")
    assert len(words(life)) == 1
    assert "new_contact" in life.complaint.missed
    now = at("Thursday 2026-11-26 18:00")
    found = tasks_of(OWNER, tasks(life.complaint, life.context, now))
    assert ("new_contact", "agree-time") in [(one.deadline, one.verb) for one in found]
    agreed = life.on("Thursday 2026-11-26 18:00", agree(OWNER, "Friday 2026-11-27 15:00"))
    found = tasks_of(OWNER, tasks(agreed.complaint, agreed.context, now))
    assert "agree-time" not in [one.verb for one in found]


def test_a_time_agreed_anew_is_another_promise():
    """Each agreed time that was missed is told, with its own next date."""
    life = JUDGED.on(MONDAY, acknowledge(OWNER), agree(OWNER, "Tuesday 2026-11-24 15:00"))
    life = lived(life, "Tuesday 2026-11-24 15:00")
    life = life.on("Tuesday 2026-11-24 16:00", agree(OWNER, "Wednesday 2026-11-25 11:00"))
    assert "new_contact" not in deadlines(life.complaint, POLICY)
    life = lived(life, "Wednesday 2026-11-25 12:00")
    assert [one[0][-5:] for one in words(life)] == ["15:00", "11:00"]


def test_a_dispute_begins_anew():
    """What is missed after it is told again."""
    life = lived(JUDGED, "Tuesday 2026-11-24 18:00")
    life = life.on("Wednesday 2026-11-25 10:00", reply(OWNER), dispute(SUPERVISOR))
    assert life.complaint.new_dates == ()
    assert len(words(lived(life, "Friday 2026-11-27 18:00"))) == 2


def test_of_a_rise_to_major_who_has_it_and_by_when_is_told():
    """By whoever it rose; a date told before that is still to come is not put off."""
    life = a_life(MONDAY).on(MONDAY, acknowledge(OWNER))
    life = life.on("Tuesday 2026-11-24 20:00", RecordFacts(SUPERVISOR, "said", hurt=True))
    assert life.complaint.severity == "major"
    told = lived(life, "Wednesday 2026-11-25 09:00")
    assert words(told) == [("Wednesday 2026-11-25 09:00", ("risen",), {})]
    assert words(lived(told, "Friday 2026-11-27 09:00"))[1:] == []


def test_a_complaint_major_at_receipt_has_not_risen():
    """Its receipt said who has it and by when."""
    life = a_life(MONDAY, hurt=True).on(MONDAY, acknowledge(OWNER), judge(valid=True))
    assert words(lived(life, "Friday 2026-11-27 09:00")) == []


def test_the_month_is_told_once_and_names_a_date():
    """Calendar time brings it, in working hours it is told; nothing repeats it."""
    life = lived(a_life("Monday 2026-11-23 21:00"), "Wednesday 2026-12-23 21:00")
    before = len(words(life))
    over = lived(life, "Thursday 2026-12-24 09:00")
    said_at, because, dates = words(over)[before]
    assert (said_at, because) == ("Thursday 2026-12-24 09:00", ("month", "risen"))
    assert dates == {
        "acknowledge": "Friday 2026-12-25 18:00",
        "reply": "Monday 2026-12-28 18:00",
    }
    assert len(words(lived(over, "Friday 2027-01-15 09:00"))) == before + 1


def test_what_had_passed_before_it_came_in_was_promised_to_nobody():
    """A spreadsheet brings old dates; none of them was the resident's."""
    life = received("Friday 2026-12-04 10:00", received_at=at(MONDAY), channel="import")
    assert words(lived(life, "Tuesday 2026-12-15 10:00")) == []


def test_a_promise_kept_leaves_no_new_date():
    """Keeping it ends its new date, which is then not missed."""
    life = lived(JUDGED, "Tuesday 2026-11-24 18:00")
    assert "new_contact" in deadlines(life.complaint, POLICY)
    life = life.on("Wednesday 2026-11-25 10:00", acknowledge(OWNER))
    assert "new_contact" not in deadlines(life.complaint, POLICY)
    assert "new_contact" not in lived(life, "Friday 2026-11-27 09:00").complaint.missed


@given(st.lists(st.integers(1, 3 * 24 * 60), min_size=1, max_size=20))
def test_what_the_resident_goes_by_is_never_past_and_told_once(pauses):
    """However late or often the sweep comes: one word a promise, and only dates to come."""
    life, now = a_life(MONDAY), at(MONDAY)
    for minutes in pauses:
        now = type(now).fromtimestamp(now.timestamp() + minutes * 60, now.tzinfo)
        life = life.on(now, CHECK)
    standing = standing_dates(life.complaint, POLICY, now)
    assert all(one is None or one > now for one in standing.values())
    missed = [one for one in words(life) if one[1] == ("missed",)]
    told = [name for _, _, dates in missed for name in dates]
    assert len(told) == len(set(told))
    for record in life.records:
        if record.kind == "new_date_set":
            assert all(one.anew.at > record.at for one in record.event.dates)


def test_the_return_visit_waits_for_the_new_date_of_what_was_promised():
    """A day after the date that took the place of the reply's, and no sooner by hand either."""
    promised = at("Monday 2026-12-07 10:00")
    life = JUDGED.on(TUESDAY, reply(OWNER, follow_up_by=promised))
    late = lived(life, "Monday 2026-12-07 10:00")
    (said,) = words(late)
    assert said[2] == {"follow_up": "Wednesday 2026-12-09 18:00"}
    opens_at = visit_opens_at(late.complaint, POLICY)
    assert on_the_wall(opens_at) == "Thursday 2026-12-10 18:00"
    too_soon = return_visit(SUPERVISOR, held=None)
    assert late.refusal("Tuesday 2026-12-08 10:00", too_soon).code == "visit_before_promise"

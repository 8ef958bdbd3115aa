"""The return visit: some days after the reply the resident is asked whether it held."""

import pytest

from chalicelib.domain.commands import Confirm, Dispute, Erase
from chalicelib.domain.deadlines import return_visit_at
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.notices import Notice
from support.examples import (
    CHECK,
    POLICY,
    a_life,
    at,
    close,
    dispute,
    judge,
    reply,
    return_visit,
    staff_but,
)

MONDAY = "Monday 2026-11-23 10:00"
OWNER, SUPERVISOR = "jade-manager", "jade-supervisor"
REPLIED = a_life(MONDAY).on("Tuesday 2026-11-24 15:30", judge(valid=True), reply(OWNER))
ASKED = "Tuesday 2026-12-01 15:30"
SILENT = "Tuesday 2026-12-08 15:30"
BY_PHONE = {"reachable_by": ("phone",), "contact_by": "phone"}


@pytest.mark.parametrize(
    ("replied_at", "visited_at"),
    [
        ("Tuesday 2026-11-24 15:30", "Tuesday 2026-12-01 15:30"),
        ("Tuesday 2026-11-24 20:00", "Wednesday 2026-12-02 09:00"),
        ("Tuesday 2026-11-24 07:10", "Tuesday 2026-12-01 09:00"),
        ("Saturday 2026-11-28 11:00", "Monday 2026-12-07 09:00"),
        ("Saturday 2026-02-07 11:00", "Saturday 2026-02-14 11:00"),
        ("Wednesday 2026-02-11 12:00", "Tuesday 2026-02-24 09:00"),
    ],
)
def test_seven_days_later_within_working_hours(replied_at, visited_at):
    """Calendar days at the same clock time; at night or on a day off, the next opening.

    A Saturday that is worked as a make-up day counts as any other.
    """
    life = a_life(replied_at).on(replied_at, reply(OWNER, "telephone"))
    assert return_visit_at(life.complaint, POLICY) == at(visited_at)


def test_the_resident_is_asked_by_letter():
    """At its time, not before, and once."""
    assert REPLIED.on("Tuesday 2026-12-01 15:29", CHECK).latest == ()
    asked = REPLIED.on(ASKED, CHECK)
    assert asked.kinds == ("return_visit_asked",)
    assert asked.letters == (Notice("return_visit", RESIDENT),)
    assert asked.on(ASKED, CHECK).latest == ()


def test_a_closed_complaint_is_asked_after_too():
    """Closing does not escape the question."""
    closed = REPLIED.on("Wednesday 2026-11-25 10:00", close(OWNER))
    assert closed.on(ASKED, CHECK).letters == (Notice("return_visit", RESIDENT),)


def test_without_an_address_somebody_calls():
    """The owner is asked to call or visit; where they are away, the supervisor."""
    life = a_life(MONDAY, **BY_PHONE).on(MONDAY, judge(valid=True), reply(OWNER, "telephone"))
    life = life.on(MONDAY, close(OWNER))
    asked = life.on(ASKED, CHECK)
    assert asked.letters == (Notice("visit_due", OWNER),)
    away = life.among(staff_but(jade_manager={"absent": True})).on(ASKED, CHECK)
    assert away.letters == (Notice("visit_due", SUPERVISOR),)


def test_no_answer_is_recorded_as_no_answer():
    """A week after the question the silence is on the record, and is not taken for satisfaction."""
    silent = REPLIED.on(ASKED, CHECK).on(SILENT, CHECK)
    record = silent.records[-1]
    assert (record.kind, record.event.held, record.event.told_by) == (
        "return_visited",
        None,
        "email",
    )
    assert silent.complaint.confirmed_at is None
    assert return_visit_at(silent.complaint, POLICY) is None


@pytest.mark.parametrize(
    "answer",
    [Confirm(RESIDENT, "page"), return_visit(SUPERVISOR, held=True)],
    ids=["the resident confirms", "staff ask"],
)
def test_the_resident_s_answer_settles_it(answer):
    """Before the question or after it: once the resident said that it held, nobody asks again."""
    before = REPLIED.on("Wednesday 2026-11-25 10:00", answer).on(ASKED, CHECK)
    after = REPLIED.on(ASKED, CHECK).on(ASKED, answer).on(SILENT, CHECK)
    for life in (before, after):
        assert not {"return_visit_asked", "return_visited"}.intersection(life.kinds)


def test_not_reached_by_the_staff_the_resident_is_still_asked():
    """A visit that reached nobody leaves the question open."""
    life = REPLIED.on("Wednesday 2026-11-25 10:00", return_visit(SUPERVISOR, held=None))
    assert life.on(ASKED, CHECK).kinds == ("return_visit_asked",)


def test_a_new_round_has_a_visit_of_its_own():
    """Disputed, the old question is void; after the new reply the resident is asked anew."""
    again = REPLIED.on(ASKED, CHECK).on(ASKED, Dispute(RESIDENT, "", "page"))
    assert return_visit_at(again.complaint, POLICY) is None
    answered = again.on("Thursday 2026-12-03 10:00", reply(OWNER))
    assert return_visit_at(answered.complaint, POLICY) == at("Thursday 2026-12-10 10:00")


@pytest.mark.parametrize(
    "life",
    [
        a_life(MONDAY),
        a_life(MONDAY).on(MONDAY, judge(valid=False), reply(OWNER)),
        REPLIED.on("Wednesday 2026-11-25 10:00", dispute(OWNER)),
        REPLIED.on("Wednesday 2026-11-25 10:00", close(OWNER), Erase(OWNER, "She asked.")),
    ],
    ids=["no reply", "explained", "disputed", "erased"],
)
def test_without_a_reply_that_holds_nobody_asks(life):
    """There is nothing to ask after, or nobody to ask."""
    assert return_visit_at(life.complaint, POLICY) is None

"""Promises by severity, what a change of severity makes of them, and what is due next."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.deadlines import deadlines
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.policy import Within
from support.examples import (
    CHECK,
    FACTS_FOR,
    POLICY,
    a_life,
    acknowledge,
    at,
    close,
    confirm,
    feedback,
    judge,
    on_the_wall,
    received,
    reply,
)
from support.values import replace

MONDAY = "Monday 2026-11-23 10:00"
SEVERITIES = ("major", "important", "minor")


@pytest.mark.parametrize(
    ("severity", "received_at", "acknowledge_by", "reply_by"),
    [
        ("minor", MONDAY, "Tuesday 2026-11-24 18:00", "Wednesday 2026-11-25 18:00"),
        ("important", MONDAY, "Tuesday 2026-11-24 18:00", "Monday 2026-11-30 18:00"),
        (None, MONDAY, "Tuesday 2026-11-24 18:00", "Monday 2026-11-30 18:00"),
        ("major", MONDAY, "Monday 2026-11-23 12:00", "Monday 2026-12-07 18:00"),
        (
            "minor",
            "Saturday 2026-11-28 23:30",
            "Tuesday 2026-12-01 18:00",
            "Wednesday 2026-12-02 18:00",
        ),
        (
            "major",
            "Saturday 2026-11-28 23:30",
            "Sunday 2026-11-29 01:30",
            "Monday 2026-12-14 18:00",
        ),
        (
            "major",
            "Wednesday 2026-09-30 17:00",
            "Wednesday 2026-09-30 19:00",
            "Tuesday 2026-10-20 18:00",
        ),
        (
            "important",
            "Wednesday 2026-09-30 18:30",
            "Friday 2026-10-09 18:00",
            "Wednesday 2026-10-14 18:00",
        ),
        (
            "major",
            "Saturday 2026-02-14 10:00",
            "Saturday 2026-02-14 12:00",
            "Friday 2026-03-06 18:00",
        ),
        (
            "minor",
            "Saturday 2026-02-14 10:00",
            "Tuesday 2026-02-24 18:00",
            "Wednesday 2026-02-25 18:00",
        ),
    ],
)
def test_what_is_promised_at_receipt(severity, received_at, acknowledge_by, reply_by):
    """Each severity has its promises; a major one's two hours run at any time of day."""
    life = received(received_at, **FACTS_FOR[severity])
    assert life.complaint.severity == severity
    assert life.promises == (acknowledge_by, reply_by)


@pytest.mark.parametrize(
    ("before", "changed_at", "after", "acknowledge_by", "reply_by"),
    [
        # Two hours from receipt are not over yet; the reply stays as told.
        (
            "important",
            "Monday 2026-11-23 10:30",
            "major",
            "Monday 2026-11-23 12:00",
            "Monday 2026-11-30 18:00",
        ),
        # Exactly two hours after receipt, and later, there are two hours from the change.
        (
            "important",
            "Monday 2026-11-23 12:00",
            "major",
            "Monday 2026-11-23 14:00",
            "Monday 2026-11-30 18:00",
        ),
        (
            "important",
            "Monday 2026-11-23 15:00",
            "major",
            "Monday 2026-11-23 17:00",
            "Monday 2026-11-30 18:00",
        ),
        # Never later than what the resident was told, not even by these two hours.
        (
            "important",
            "Tuesday 2026-11-24 17:30",
            "major",
            "Tuesday 2026-11-24 18:00",
            "Monday 2026-11-30 18:00",
        ),
        (
            "minor",
            "Tuesday 2026-11-24 11:00",
            "important",
            "Tuesday 2026-11-24 18:00",
            "Wednesday 2026-11-25 18:00",
        ),
        # A lesser severity is promised an earlier reply, which may be past already.
        (
            "major",
            "Monday 2026-11-23 11:00",
            "minor",
            "Monday 2026-11-23 12:00",
            "Wednesday 2026-11-25 18:00",
        ),
        (
            "major",
            "Friday 2026-11-27 10:00",
            "minor",
            "Monday 2026-11-23 12:00",
            "Monday 2026-11-30 18:00",
        ),
        (
            "important",
            "Friday 2026-11-27 19:00",
            "minor",
            "Tuesday 2026-11-24 18:00",
            "Monday 2026-11-30 18:00",
        ),
    ],
)
def test_a_change_of_severity(before, changed_at, after, acknowledge_by, reply_by):
    """Promises count from receipt, never later than told; past ones get a grace from the change."""
    life = a_life(MONDAY, **FACTS_FOR[before]).on(changed_at, judge(severity=after))
    assert life.complaint.severity == after
    assert life.promises == (acknowledge_by, reply_by)


def test_a_judgement_that_leaves_the_severity_leaves_the_promises():
    """Nothing moves when only validity is judged."""
    life = a_life(MONDAY)
    assert life.on("Friday 2026-11-27 10:00", judge(valid=True)).promises == life.promises


def test_a_new_policy_moves_no_promise_by_itself():
    """A shorter promise in a later policy is not one that this resident was given."""
    quicker = [replace(one, reply=Within(working_days=1)) for one in POLICY.severities]
    life = a_life(MONDAY)
    policy = replace(POLICY, severities=tuple(quicker))
    later = replace(life, context=replace(life.context, policy=policy))
    assert later.on("Monday 2026-11-23 11:00", judge(valid=True)).promises == life.promises


def test_the_month_moves_no_promise_later():
    """Turned major after a month, a complaint keeps the promises that were not kept."""
    life = a_life(MONDAY, cause="facility")
    assert life.on("Wednesday 2026-12-23 10:00", CHECK).promises == life.promises


START = at("Thursday 2026-01-01 00:00")
minutes = st.integers(0, 45 * 24 * 60)


@settings(deadline=None)
@given(
    st.integers(0, 300 * 24 * 60),
    st.sampled_from([*SEVERITIES, None]),
    st.lists(st.tuples(minutes, st.sampled_from(SEVERITIES)), min_size=1, max_size=4),
)
def test_no_change_is_ever_later_than_told(received_after, severity, changes):
    """Whatever is judged and whenever, no promise moves later than what the resident was told."""
    life = a_life(START + timedelta(minutes=received_after), **FACTS_FOR[severity])
    received_at = life.complaint.received_at
    for after, judged in sorted(changes):
        told = life.complaint.promises
        life = life.on(received_at + timedelta(minutes=after), judge(severity=judged))
        assert life.complaint.promises.acknowledge_by <= told.acknowledge_by
        assert life.complaint.promises.reply_by <= told.reply_by


OWNER = "jade-manager"
TUESDAY, DECEMBER = "Tuesday 2026-11-24 10:00", "Tuesday 2026-12-01 10:00"


def next_due(life):
    due = next_due_at(life.complaint, POLICY)
    return due and on_the_wall(due)


@pytest.mark.parametrize(
    ("situation", "life", "expected"),
    [
        ("just received", a_life(MONDAY), "Tuesday 2026-11-24 09:00"),
        ("major", a_life(MONDAY, **FACTS_FOR["major"]), "Monday 2026-11-23 12:00"),
        (
            "acknowledged",
            a_life(MONDAY).on(TUESDAY, acknowledge(OWNER)),
            "Tuesday 2026-11-24 18:00",
        ),
        (
            "acknowledged, with the department's feedback: a word to the resident",
            a_life(MONDAY).on(TUESDAY, acknowledge(OWNER), judge(valid=True), feedback()),
            "Friday 2026-11-27 18:00",
        ),
        (
            "nothing left but to judge it: the reminder on the day it falls due",
            a_life(MONDAY).on(TUESDAY, acknowledge(OWNER), feedback()),
            "Wednesday 2026-11-25 09:00",
        ),
        (
            "acknowledgement missed",
            a_life(MONDAY).on(MONDAY, judge(valid=True)).on("Wednesday 2026-11-25 10:00", CHECK),
            "Wednesday 2026-11-25 18:00",
        ),
        (
            "all missed: the next rung",
            a_life(MONDAY).on(DECEMBER, CHECK),
            "Wednesday 2026-12-02 09:00",
        ),
        (
            "the month is over: the next rung",
            a_life(MONDAY).on("Friday 2027-01-15 10:00", CHECK),
            "Friday 2027-01-15 12:00",
        ),
        (
            "replied: the visit",
            a_life(MONDAY).on(TUESDAY, judge(valid=True), reply(OWNER)),
            "Tuesday 2026-12-01 10:00",
        ),
        (
            "closed: the visit",
            a_life(MONDAY).on(TUESDAY, judge(valid=True), reply(OWNER), close(OWNER)),
            "Tuesday 2026-12-01 10:00",
        ),
        (
            "said to be solved: to be closed within three working days",
            a_life(MONDAY).on(TUESDAY, judge(valid=True), reply(OWNER), confirm(OWNER)),
            "Friday 2026-11-27 09:00",
        ),
        (
            "invalid: an explanation",
            a_life(MONDAY).on(TUESDAY, judge(valid=False)),
            "Thursday 2026-11-26 09:00",
        ),
        (
            "explained: to be closed within ten",
            a_life(MONDAY).on(TUESDAY, judge(valid=False), reply(OWNER)),
            "Tuesday 2026-12-08 09:00",
        ),
        (
            "closed and said to be solved: never",
            a_life(MONDAY).on(
                TUESDAY, judge(valid=True), reply(OWNER), confirm(OWNER), close(OWNER)
            ),
            None,
        ),
        (
            "explanation missed",
            a_life(MONDAY).on(TUESDAY, judge(valid=False)).on(DECEMBER, CHECK),
            "Wednesday 2026-12-02 09:00",
        ),
        (
            "valid again",
            a_life(MONDAY).on(TUESDAY, judge(valid=False), judge(valid=True)),
            "Tuesday 2026-11-24 09:00",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_due_next(situation, life, expected):
    """Every complaint with anything still due has exactly one next due time."""
    assert next_due(life) == expected, situation


def test_judging_invalid_twice_does_not_put_the_explanation_off():
    """The explanation is due two working days after the first judgement that it is invalid."""
    life = a_life(MONDAY).on(TUESDAY, judge(valid=False))
    again = life.on("Thursday 2026-11-26 17:00", judge(valid=False, about="cleaning"))
    assert next_due(again) == next_due(life) == "Thursday 2026-11-26 09:00"
    assert again.latest[0].event.explain_by == life.complaint.explain_by


def test_an_explanation_given_stays_given():
    """Judged invalid once more, an explained complaint needs no second explanation."""
    life = a_life(MONDAY).on(TUESDAY, judge(valid=False), reply(OWNER), judge(valid=False))
    assert life.complaint.explained
    assert "explain" not in deadlines(life.complaint, POLICY)


def test_each_time_it_is_judged_invalid_anew_an_explanation_is_due():
    """Valid in between, a second explanation is owed, and missing it is recorded again."""
    life = (
        a_life(MONDAY)
        .on(TUESDAY, judge(valid=False))
        .on("Friday 2026-11-27 10:00", CHECK, judge(valid=True), judge(valid=False))
    )
    assert next_due(life) == "Monday 2026-11-30 18:00"
    assert life.on("Wednesday 2026-12-02 10:00", CHECK).kinds == ("missed", "reminded")

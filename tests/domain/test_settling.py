"""Settling at once: a minor complaint judged, replied to and closed by one form, or not at all."""

import pytest

from chalicelib.domain.commands import Settle
from chalicelib.domain.decisions.settling import parts
from chalicelib.domain.permissions import MAY
from chalicelib.domain.staff import ROLES
from chalicelib.domain.verbs import verb_of
from support.examples import (
    CHECK,
    FACTS_FOR,
    a_life,
    acknowledge,
    at,
    dispute,
    judge,
    reply,
    update,
)
from support.values import replace

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
SUPERVISOR, MANAGER = "jade-supervisor", "jade-manager"
SETTLE = Settle(
    SUPERVISOR,
    reason="Seen in the lobby.",
    text="The bulb was burnt out.",
    done="A new one is in.",
    told_by="visit",
    root_cause="Bulbs are changed only when they fail.",
    lesson="Change all of a floor at once.",
)
THREE = ("judged", "replied", "closed")


def minor(severity="minor", moment=MONDAY):
    """A complaint of this severity, its owner named; the supervisor's where it is minor or none."""
    return a_life(moment, **FACTS_FOR[severity])


def test_one_form_puts_all_three_on_the_record():
    """Judgement, reply and end by the same person at one moment, with the words of each."""
    life = minor().on(TUESDAY, SETTLE)
    assert life.kinds == THREE
    assert {(one.by, one.at) for one in life.latest} == {(SUPERVISOR, at(TUESDAY))}
    judged, replied, closed = life.latest
    assert judged.words == {"reason": SETTLE.reason}
    assert replied.words == {"text": SETTLE.text, "done": SETTLE.done}
    assert closed.words == {
        "root_cause": SETTLE.root_cause,
        "remedy": SETTLE.done,
        "lesson": SETTLE.lesson,
    }
    assert (life.complaint.status, life.complaint.valid) == ("closed", True)
    assert life.complaint.severity == "minor"


@pytest.mark.parametrize("named", [{"cause": "facility"}, {"severity": "minor"}])
def test_an_undecided_one_needs_what_makes_it_minor(named):
    """Where the facts decide nothing, the cause or the severity is named; else nothing is done."""
    life = minor(None)
    assert life.refusal(TUESDAY, SETTLE).code == "settle_needs_minor"
    assert life.on(TUESDAY, replace(SETTLE, **named)).complaint.status == "closed"


@pytest.mark.parametrize("named", [{"cause": "service"}, {"severity": "important"}])
def test_what_is_judged_graver_is_not_settled_in_passing(named):
    """It goes its own way: judged, replied to and closed one by one."""
    for severity in ("minor", None):
        assert minor(severity).refusal(TUESDAY, replace(SETTLE, **named)).code == (
            "settle_needs_minor"
        )


@pytest.mark.parametrize("severity", ["important", "major"])
def test_a_graver_one_is_not_settled_at_once(severity):
    """Not by its owner either."""
    settle = replace(SETTLE, by=MANAGER)
    assert minor(severity).refusal(TUESDAY, settle).code == "settle_only_minor"


@pytest.mark.parametrize(
    "before", [judge(valid=True), reply(SUPERVISOR, "telephone"), judge(valid=False)]
)
def test_what_was_begun_is_finished_one_by_one(before):
    """Once it is judged or replied to, nothing is judged or told over again by the way."""
    life = minor().on(MONDAY, before)
    assert life.refusal(TUESDAY, SETTLE).code == "settle_only_new"


def test_what_came_up_again_is_no_simple_matter():
    """Nobody judged it, but the resident has disputed the reply."""
    life = minor().on(MONDAY, reply(SUPERVISOR, "telephone"), dispute(SUPERVISOR))
    assert not life.complaint.is_judged
    settle = replace(SETTLE, by=life.owner)
    assert life.refusal(TUESDAY, settle).code == "settle_only_new"


def test_a_first_contact_does_not_stand_in_its_way():
    """Somebody may have spoken to the resident before."""
    life = minor().on(MONDAY, acknowledge(SUPERVISOR, "telephone"), update(SUPERVISOR))
    assert life.on(TUESDAY, SETTLE).kinds == THREE


@pytest.mark.parametrize(
    ("lacks", "code", "named"),
    [
        ({"reason": " "}, "text_missing", {"name": "reason"}),
        ({"text": " "}, "text_missing", {"name": "text"}),
        ({"root_cause": " "}, "close_lacks", {"lacking": ("root_cause",)}),
        ({"done": " "}, "close_lacks", {"lacking": ("remedy",)}),
        ({"told_at": at("Monday 2026-11-23 09:59")}, "told_at_impossible", {}),
        ({"told_at": at("Tuesday 2026-11-24 10:01")}, "told_at_impossible", {}),
    ],
)
def test_each_of_the_three_refuses_as_by_itself(lacks, code, named):
    """What the policy asks of a judgement, a reply or an end is asked here too, by its name."""
    refused = minor().refusal(TUESDAY, replace(SETTLE, **lacks))
    assert (refused.code, refused.params) == (code, named)


def test_an_invalid_one_is_explained_and_ends():
    """Told by word of mouth why it is none, it ends as invalid; no cause is looked for."""
    life = minor().on(TUESDAY, replace(SETTLE, valid=False, root_cause="", lesson=""))
    assert life.complaint.status == "invalid"
    assert life.complaint.explained


def test_only_its_owner_settles_it():
    """Who may do all three: that is asked of the three, and the row of the table says the same."""
    assert minor().refusal(TUESDAY, replace(SETTLE, by=MANAGER)).code == "not_owner"
    rows = [MAY[verb_of(one).name] for one in parts(SETTLE)]
    for role in ROLES:
        scopes = {row.get(role) for row in rows}
        settles = MAY["settle"].get(role)
        assert settles == (None if None in scopes else "own"), role


def test_what_was_told_in_time_is_not_missed_for_being_written_down_late():
    """The reply counts from when the resident was told; the judgement from when it is made."""
    told_at, late = at("Tuesday 2026-11-24 17:00"), "Thursday 2026-11-26 10:00"
    life = minor().on(late, replace(SETTLE, told_at=told_at))
    assert life.kinds == ("missed", *THREE)
    assert life.latest[0].event.promises == ("judge",)
    undue = minor().on("Wednesday 2026-11-25 17:59", replace(SETTLE, told_at=told_at))
    assert undue.kinds == THREE


def test_told_late_is_missed():
    """What ran out before the resident was told stands on the record."""
    life = minor().on("Thursday 2026-11-26 10:00", SETTLE)
    assert set(life.latest[0].event.promises) == {"acknowledge", "feedback", "judge", "reply"}


def test_nothing_is_left_to_do_but_the_return_visit():
    """No deadline runs on; after seven days the resident is asked whether it held."""
    life = minor().on(TUESDAY, SETTLE)
    assert life.on("Tuesday 2026-12-01 10:00", CHECK).kinds == ("return_visit_asked",)

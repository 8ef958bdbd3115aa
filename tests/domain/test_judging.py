"""What a person's judgement changes: severity, owner, and what stays as it was."""

import pytest

from chalicelib.domain.commands import Judge
from support.examples import CHECK, FACTS_FOR, a_life, hand_over, judge

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
MANAGER, SUPERVISOR = "jade-manager", "jade-supervisor"


@pytest.mark.parametrize(
    ("facts", "judged", "severity"),
    [
        # It rises by the facts alone …
        ({"cause": "unsure"}, {"cause": "facility"}, "minor"),
        ({"cause": "unsure"}, {"cause": "service"}, "important"),
        ({"cause": "facility"}, {"cause": "service"}, "important"),
        ({"cause": "facility", "times_raised": 2}, {"cause": "promise"}, "major"),
        # … and falls by facts that a person judges otherwise, or by a severity they name.
        ({"cause": "service"}, {"cause": "facility"}, "minor"),
        ({"cause": "service"}, {"cause": "facility", "severity": "minor"}, "minor"),
        ({"hurt": True}, {"caused_by_us": False}, "important"),
        ({"hurt": True, "cause": "facility"}, {"caused_by_us": False}, "minor"),
        ({"hurt": True, "cause": "unsure"}, {"caused_by_us": False}, None),
        ({"cause": "facility"}, {"slight": False}, None),
        ({"hurt": True}, {"caused_by_us": False, "severity": "important"}, "important"),
        ({"hurt": True}, {"severity": "minor"}, "minor"),
        ({"cause": "service"}, {"cause": "unsure"}, None),
        # A person may name a graver one than the facts make it.
        ({"cause": "facility"}, {"severity": "major"}, "major"),
        # What says nothing about severity leaves it.
        ({"hurt": True}, {"valid": False}, "major"),
        ({"cause": "facility"}, {"about": "cleaning"}, "minor"),
    ],
)
def test_severity_follows_the_facts_as_judged(facts, judged, severity):
    """A reasoned judgement of a fact or of the severity decides, up, down or to nobody knows."""
    life = a_life(MONDAY, **facts).on(TUESDAY, judge(**judged))
    assert life.complaint.severity == severity


def test_a_named_severity_stays_when_nothing_new_comes_up():
    """Lowered by a person, a complaint is not raised again by the facts they knew."""
    life = a_life(MONDAY, hurt=True).on(TUESDAY, judge(severity="minor"))
    assert life.on(TUESDAY, judge(valid=True), CHECK).complaint.severity == "minor"


def test_a_named_severity_yields_to_the_month():
    """Lowered by a person, a complaint is still major when the month is up."""
    life = a_life(MONDAY, hurt=True).on(TUESDAY, judge(severity="minor"))
    assert life.on("Wednesday 2026-12-23 10:00", CHECK).complaint.severity == "major"


def test_an_attribution_taken_back_raises_it_again():
    """Judged our doing after all, an injury is major again."""
    life = a_life(MONDAY, hurt=True).on(TUESDAY, judge(caused_by_us=False, severity="important"))
    assert life.on(TUESDAY, judge(caused_by_us=True)).complaint.severity == "major"


def test_judged_valid_again_after_the_month_it_is_major_at_once():
    """Judging invalid stops the month, but wins no time."""
    life = a_life(MONDAY).on(TUESDAY, judge(valid=False))
    january = life.on("Friday 2027-01-15 10:00", CHECK, judge(valid=True))
    assert january.complaint.severity == "major"
    assert "5.1.3" in january.complaint.verdict.clauses


def test_a_judgement_says_what_it_changed_and_why():
    """The record has the reason, the severity before, and the policy's view of the new facts."""
    [record] = a_life(MONDAY, cause="facility").on(TUESDAY, judge(cause="service")).latest
    assert record.words == {"reason": "I went to see it."}
    assert (record.event.severity_before, record.event.severity) == ("minor", "important")
    assert record.event.verdict.clauses == ("5.2.1",)


def test_what_was_not_judged_stays():
    """One judgement after the other adds up."""
    complaint = a_life(MONDAY).on(TUESDAY, judge(valid=True), judge(about="cleaning")).complaint
    assert (complaint.valid, complaint.about, complaint.cause) == (True, "cleaning", "service")
    assert complaint.caused_by_us is None


def test_to_judge_nothing_is_refused():
    """A reason alone is no judgement."""
    assert a_life(MONDAY).refusal(TUESDAY, judge()).code == "nothing_judged"


def test_a_lower_severity_needs_a_reason():
    """Nobody lowers a severity without saying why."""
    refused = a_life(MONDAY, hurt=True).refusal(TUESDAY, Judge(MANAGER, " ", severity="minor"))
    assert refused.code == "text_missing"


@pytest.mark.parametrize(
    ("before", "after", "owner"),
    [
        ("minor", "important", MANAGER),
        ("minor", "major", MANAGER),
        (None, "important", MANAGER),
        ("important", "minor", SUPERVISOR),
        ("major", "minor", SUPERVISOR),
        (None, "minor", SUPERVISOR),
        ("important", "major", MANAGER),
    ],
)
def test_the_owner_follows_the_severity(before, after, owner):
    """Minor is the supervisor's, important and major the property manager's (3.1, 3.2)."""
    life = a_life(MONDAY, **FACTS_FOR[before]).on(TUESDAY, judge(severity=after))
    assert life.owner == owner


@pytest.mark.parametrize(
    ("after", "owner"),
    [("major", "head-of-engineering"), ("minor", SUPERVISOR)],
)
def test_who_was_handed_it_keeps_it_while_the_role_stays(after, owner):
    """Only a severity that another role owns takes a complaint from whom it was handed to."""
    life = a_life(MONDAY).on(TUESDAY, hand_over(MANAGER, "head-of-engineering"))
    assert life.on(TUESDAY, judge(severity=after)).owner == owner


def test_what_was_judged_lower_does_not_rise_by_a_lesser_fact():
    """An injury judged minor stays so when the service is then judged at fault: 5.2 at most."""
    life = a_life("Monday 2026-11-23 10:00", cause="unsure", hurt=True)
    life = life.on("Monday 2026-11-23 11:00", judge(severity="minor"))
    life = life.on("Monday 2026-11-23 12:00", judge(cause="service"))
    assert life.complaint.severity == "important"
    assert life.complaint.verdict.severity == "major"

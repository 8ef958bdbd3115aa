"""Which clauses a complaint meets, and so how severe it is (5.1-5.3)."""

from decimal import Decimal

import pytest

from chalicelib.domain.model import Finding
from support.examples import CHECK, POLICY, a_life, judge, received
from support.values import replace

MONDAY = "Monday 2026-11-23 10:00"
NEXT_MONTH = "Wednesday 2026-12-23 10:00"

BROKEN_PROMISE = Finding("5.1.1", ("promised_service_failed", "raised_several_times"))
INJURY = Finding("5.1.2", ("personal_injury",))
LOSS = Finding("5.1.2", ("major_economic_loss",))
MONTH = Finding("5.1.3", ("unsolved_for_a_month",))
FAULT = Finding("5.2.1", ("service_at_fault",))
FACILITY = Finding("5.3.1", ("limited_facilities",))


@pytest.mark.parametrize(
    ("facts", "severity", "findings"),
    [
        ({"cause": "promise", "times_raised": 2}, "major", (BROKEN_PROMISE, FAULT)),
        ({"cause": "promise", "times_raised": 1}, "important", (FAULT,)),
        ({"cause": "service", "times_raised": 2}, "important", (FAULT,)),
        ({"cause": "unsure", "hurt": True}, "major", (INJURY,)),
        ({"cause": "facility", "hurt": True}, "major", (INJURY, FACILITY)),
        ({"cause": "unsure", "loss": Decimal(5000)}, "major", (LOSS,)),
        ({"cause": "facility", "loss": Decimal("4999.99")}, "minor", (FACILITY,)),
        ({"cause": "service"}, "important", (FAULT,)),
        ({"cause": "facility"}, "minor", (FACILITY,)),
        ({"cause": "unsure"}, None, ()),
        ({"cause": "unsure", "times_raised": 99}, None, ()),
        (
            {"cause": "promise", "times_raised": 3, "hurt": True, "loss": Decimal(80000)},
            "major",
            (BROKEN_PROMISE, INJURY, LOSS, FAULT),
        ),
    ],
)
def test_the_facts_decide(facts, severity, findings):
    """The gravest clause met holds; all clauses met are named, gravest first, with their facts."""
    complaint = received(MONDAY, **facts).complaint
    assert complaint.severity == severity
    assert complaint.verdict.severity == severity
    assert complaint.verdict.findings == findings


def test_a_verdict_names_the_policy_behind_it():
    """Whatever the facts, the version of the policy stands on the record."""
    lives = [received(MONDAY, cause=cause) for cause in ("service", "unsure")]
    assert [life.complaint.verdict.policy_version for life in lives] == [POLICY.version] * 2


def test_a_clause_with_two_reasons_is_cited_once():
    """An injury and a major loss are both 5.1.2, and both facts are kept."""
    verdict = received(MONDAY, cause="unsure", hurt=True, loss=Decimal(9000)).complaint.verdict
    assert verdict.clauses == ("5.1.2",)
    assert verdict.facts == {"personal_injury", "major_economic_loss"}


def test_the_month_makes_any_complaint_major():
    """A valid complaint that was not solved within one month is major (5.1.3)."""
    for cause in ("facility", "service", "unsure"):
        life = a_life(MONDAY, cause=cause).on(NEXT_MONTH, CHECK)
        assert life.complaint.severity == "major"
        assert life.complaint.verdict.findings[0] == MONTH


def test_a_limit_of_facilities_stays_minor_until_the_month_is_up():
    """However often it is raised, a limit of facilities is minor, until 5.1.3."""
    life = a_life(MONDAY, cause="facility", times_raised=10)
    assert life.complaint.verdict.findings == (FACILITY,)
    day_before = life.on("Wednesday 2026-12-23 09:59:59", CHECK)
    assert day_before.complaint.severity == "minor"
    assert day_before.on(NEXT_MONTH, CHECK).complaint.severity == "major"


def test_a_limit_of_facilities_judged_not_slight_is_no_longer_minor_by_a_clause():
    """What is not slight meets no clause of its own: the judge names the severity."""
    life = a_life(MONDAY, cause="facility").on(MONDAY, judge(slight=False, severity="important"))
    assert life.complaint.verdict.findings == ()
    assert life.complaint.severity == "important"


def test_undecided_has_the_promises_of_an_important_complaint_and_the_supervisor_as_owner():
    """When the facts decide nothing, the supervisor must judge; nobody waits longer for that."""
    undecided, important = a_life(MONDAY, cause="unsure"), a_life(MONDAY, cause="service")
    assert undecided.complaint.severity is None
    assert undecided.complaint.owner.role == "customer_service_supervisor"
    assert undecided.complaint.promises == important.complaint.promises


@pytest.mark.parametrize(
    ("setting", "facts", "severity"),
    [
        ({"major_loss": Decimal(300)}, {"cause": "unsure", "loss": Decimal(300)}, "major"),
        ({"major_loss": Decimal(9000)}, {"cause": "facility", "loss": Decimal(5000)}, "minor"),
        ({"earlier_times_raised": 1}, {"cause": "promise", "times_raised": 1}, "major"),
        ({"earlier_times_raised": 3}, {"cause": "promise", "times_raised": 2}, "important"),
    ],
)
def test_the_organisation_s_settings_move_the_thresholds(setting, facts, severity):
    """A changed setting changes what counts as major."""
    policy = replace(POLICY, settings=replace(POLICY.settings, **setting))
    assert received(MONDAY, policy, **facts).complaint.severity == severity
    assert received(MONDAY, **facts).complaint.severity != severity


def test_the_month_can_be_set_to_two():
    """With two months to solve it, a complaint is not major after one."""
    policy = replace(POLICY, settings=replace(POLICY.settings, solve_within_months=2))
    life = a_life(MONDAY, policy)
    assert life.on(NEXT_MONTH, CHECK).complaint.severity == "important"
    assert life.on("Saturday 2027-01-23 10:00", CHECK).complaint.severity == "major"

"""Each fact that a clause may name, on both sides of its boundary."""

from decimal import Decimal

import pytest

from chalicelib.domain.clauses import FACTS, month_ends_at
from support.examples import POLICY, a_life, at, judge, on_the_wall, received, reply

MONDAY = "Monday 2026-11-23 10:00"
OWNER = "jade-manager"


def holds(fact, life, moment=MONDAY):
    return FACTS[fact](life.complaint, POLICY.settings, at(moment))


@pytest.mark.parametrize(
    ("fact", "facts", "expected"),
    [
        ("promised_service_failed", {"cause": "promise"}, True),
        ("promised_service_failed", {"cause": "service"}, False),
        ("promised_service_failed", {"cause": "facility"}, False),
        ("promised_service_failed", {"cause": "unsure"}, False),
        ("service_at_fault", {"cause": "service"}, True),
        ("service_at_fault", {"cause": "promise"}, True),
        ("service_at_fault", {"cause": "facility"}, False),
        ("service_at_fault", {"cause": "unsure"}, False),
        ("limited_facilities", {"cause": "facility"}, True),
        ("limited_facilities", {"cause": "service"}, False),
        ("limited_facilities", {"cause": "unsure"}, False),
        ("raised_several_times", {"times_raised": 0}, False),
        ("raised_several_times", {"times_raised": 1}, False),
        ("raised_several_times", {"times_raised": 2}, True),
        ("raised_several_times", {"times_raised": 3}, True),
        ("personal_injury", {"hurt": True}, True),
        ("personal_injury", {"hurt": False}, False),
        ("major_economic_loss", {"loss": None}, False),
        ("major_economic_loss", {"loss": Decimal("4999.99")}, False),
        ("major_economic_loss", {"loss": Decimal(5000)}, True),
        ("major_economic_loss", {"loss": Decimal("5000.01")}, True),
    ],
)
def test_what_the_resident_said_decides(fact, facts, expected):
    """A fact holds from what was recorded at receipt, exactly from its threshold on."""
    assert holds(fact, received(MONDAY, **facts)) is expected


@pytest.mark.parametrize(
    ("fact", "facts", "judged", "expected"),
    [
        ("personal_injury", {"hurt": True}, {"caused_by_us": True}, True),
        ("personal_injury", {"hurt": True}, {"caused_by_us": False}, False),
        ("major_economic_loss", {"loss": Decimal(5000)}, {"caused_by_us": True}, True),
        ("major_economic_loss", {"loss": Decimal(5000)}, {"caused_by_us": False}, False),
        ("limited_facilities", {"cause": "facility"}, {"slight": True}, True),
        ("limited_facilities", {"cause": "facility"}, {"slight": False}, False),
        ("service_at_fault", {"cause": "facility"}, {"cause": "service"}, True),
        ("limited_facilities", {"cause": "facility"}, {"cause": "service"}, False),
        ("promised_service_failed", {"cause": "unsure"}, {"cause": "promise"}, True),
    ],
)
def test_what_a_person_judged_replaces_it(fact, facts, judged, expected):
    """Who caused it, whether it is slight and what the cause is are for a person to judge."""
    life = a_life(MONDAY, **facts).on(MONDAY, judge(**judged))
    assert holds(fact, life) is expected


@pytest.mark.parametrize(
    ("received_on", "month_ends"),
    [
        ("Saturday 2026-01-31 09:30:15", "Saturday 2026-02-28 09:30:15"),
        ("Thursday 2026-01-29 09:30", "Saturday 2026-02-28 09:30"),
        ("Monday 2028-01-31 09:30", "Tuesday 2028-02-29 09:30"),
        ("Saturday 2026-02-28 23:59", "Saturday 2026-03-28 23:59"),
        ("Tuesday 2026-03-31 00:00", "Thursday 2026-04-30 00:00"),
        ("Monday 2026-11-23 16:29", "Wednesday 2026-12-23 16:29"),
        ("Thursday 2026-12-31 18:00", "Sunday 2027-01-31 18:00"),
    ],
)
def test_the_month_ends_at_the_same_clock_time(received_on, month_ends):
    """One month is a calendar month; a day that the next month lacks becomes its last."""
    life = received(received_on)
    assert on_the_wall(month_ends_at(life.complaint, POLICY.settings)) == month_ends


def test_the_month_is_the_community_s_own():
    """Just after midnight in Shanghai on 1 March, it is still February in UTC."""
    life = received("Sunday 2026-03-01 00:30")
    month_ends = month_ends_at(life.complaint, POLICY.settings)
    assert on_the_wall(month_ends) == "Wednesday 2026-04-01 00:30"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("Saturday 2026-01-31 10:00", False),
        ("Saturday 2026-02-28 09:59:59", False),
        ("Saturday 2026-02-28 10:00", True),
        ("Saturday 2026-02-28 10:00:01", True),
    ],
)
def test_a_month_unsolved_is_exact_to_the_second(moment, expected):
    """The fact holds from the very second at which the month is up."""
    life = received("Saturday 2026-01-31 10:00")
    assert holds("unsolved_for_a_month", life, moment) is expected


LATE = "Monday 2027-01-11 10:00"


def test_nobody_can_stop_the_month_by_not_judging():
    """A complaint that nobody has judged counts as valid for the month."""
    assert holds("unsolved_for_a_month", a_life(MONDAY), LATE)


def test_an_invalid_complaint_has_no_month():
    """Judged invalid, the month stops."""
    life = a_life(MONDAY).on(MONDAY, judge(valid=False))
    assert not holds("unsolved_for_a_month", life, LATE)


def test_judged_valid_again_the_month_runs_from_the_first_receipt():
    """The time for which a complaint counted as invalid is not taken off the month."""
    life = (
        a_life(MONDAY)
        .on("Tuesday 2026-11-24 10:00", judge(valid=False))
        .on("Tuesday 2026-12-22 10:00", judge(valid=True))
    )
    assert not holds("unsolved_for_a_month", life, "Wednesday 2026-12-23 09:59:59")
    assert holds("unsolved_for_a_month", life, "Wednesday 2026-12-23 10:00")


def test_a_reply_solves_it():
    """Solved is a reply that reached the resident; then no month is missed."""
    life = a_life(MONDAY).on("Tuesday 2026-11-24 10:00", reply(OWNER))
    assert not holds("unsolved_for_a_month", life, LATE)


def test_an_explanation_solves_nothing():
    """Explained as invalid and then judged valid, a complaint is still unsolved."""
    life = a_life(MONDAY).on(MONDAY, judge(valid=False), reply(OWNER), judge(valid=True))
    assert holds("unsolved_for_a_month", life, LATE)

"""A month is analysed, signed when its figures are final, and countersigned by another."""

from datetime import date

import pytest

from chalicelib.domain.analysis import Draft, Measure
from chalicelib.domain.errors import ChangedMeanwhileError, RefusedError
from chalicelib.domain.statistics import month_of
from support.examples import SHANGHAI, at
from support.office import Office
from support.people import MANAGER, SUPERVISOR

JADE = "jade-lake"
MEASURE = Measure("雨季前检查立管", "孙伟", date(2027, 4, 30))
DRAFT = Draft(problems="渗漏多", measures=(MEASURE,), checked=())
AFTER = "Monday 2026-12-07 10:00"


@pytest.fixture
def office():
    office = Office("Wednesday 2026-11-25 10:00")
    office.receive(form_id="1")
    return office


@pytest.fixture
def analyses(office):
    return office.month_analyses


def refused(code, act, *asked):
    """Asserts that it is refused, and that nothing is kept by it."""
    with pytest.raises(RefusedError) as caught:
        act(*asked)
    assert caught.value.code == code


def test_a_draft_is_saved_again_and_again(office, analyses):
    """Also while the month still runs, until it is signed."""
    analyses.save(JADE, "2026-11", DRAFT, SUPERVISOR.id, 0)
    office.until(AFTER)
    analyses.save(JADE, "2026-11", DRAFT, SUPERVISOR.id, 1)
    assert (analyses.of(JADE, "2026-11").problems, analyses.of(JADE, "2026-11").version) == (
        "渗漏多",
        2,
    )


def test_a_draft_is_not_written_over_unseen(analyses):
    """Whoever had read an earlier version is told that there is another."""
    analyses.save(JADE, "2026-11", DRAFT, SUPERVISOR.id, 0)
    with pytest.raises(ChangedMeanwhileError):
        analyses.save(JADE, "2026-11", DRAFT, MANAGER.id, 0)


def test_it_is_signed_when_no_figure_changes_any_more(office, analyses):
    """By whom, when, and under which policy; then its text stays."""
    analyses.save(JADE, "2026-11", DRAFT, SUPERVISOR.id, 0)
    refused("not_final", analyses.sign, JADE, "2026-11", SUPERVISOR.id)
    office.until(AFTER)
    signature = analyses.sign(JADE, "2026-11", SUPERVISOR.id).signed
    assert (signature.by, signature.policy_version) == (SUPERVISOR.id, office.policy.version)
    refused("signed_already", analyses.save, JADE, "2026-11", DRAFT, SUPERVISOR.id, 0)
    refused("signed_already", analyses.sign, JADE, "2026-11", SUPERVISOR.id)


def test_nothing_is_signed_that_says_nothing(office, analyses):
    """An analysis names problems, or that there were none."""
    office.until(AFTER)
    refused("nothing_written", analyses.sign, JADE, "2026-11", SUPERVISOR.id)


def test_somebody_else_countersigns(office, analyses):
    """After it was signed, once, and never the same person."""
    office.until(AFTER)
    analyses.save(JADE, "2026-11", DRAFT, SUPERVISOR.id, 0)
    refused("not_signed", analyses.countersign, JADE, "2026-11", MANAGER.id)
    analyses.sign(JADE, "2026-11", SUPERVISOR.id)
    refused("signed_by_you", analyses.countersign, JADE, "2026-11", SUPERVISOR.id)
    assert analyses.countersign(JADE, "2026-11", MANAGER.id).countersigned.by == MANAGER.id
    refused("countersigned_already", analyses.countersign, JADE, "2026-11", MANAGER.id)


@pytest.mark.parametrize(
    ("month", "by"),
    [
        ("2026-10", "Friday 2026-11-06 18:00"),  # 1 November is a Sunday
        ("2026-11", "Monday 2026-12-07 18:00"),  # 1 December is a Tuesday
        ("2026-09", "Tuesday 2026-10-13 18:00"),  # days off until 7 October; 10 October is worked
    ],
)
def test_it_is_to_be_signed_by_the_fifth_working_day(analyses, month, by):
    """Of the next month, at closing time; days off do not count, made-up ones do."""
    assert analyses.sign_by(month_of(month, SHANGHAI), SHANGHAI) == at(by)


def test_measures_are_checked_off_in_the_month_after(analyses):
    """Those of the month before, and none where nobody wrote any."""
    analyses.save(JADE, "2026-11", DRAFT, SUPERVISOR.id, 0)
    assert analyses.to_check(JADE, "2026-12") == (MEASURE,)
    assert analyses.to_check(JADE, "2026-11") == ()

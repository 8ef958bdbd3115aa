"""Months are counted once: from what stood when they began, and what happened in them."""

from dataclasses import dataclass

import pytest

from chalicelib.application.month_reports import FARTHEST
from chalicelib.domain import figures
from chalicelib.domain.commands import Withdraw
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.statistics import months_before
from fakes.complaints import FakeComplaints
from support.examples import acknowledge, judge, reopen, reply
from support.office import Office
from support.people import MANAGER, SUPERVISOR

JADE = "jade-lake"
NovemberEMBER = "Wednesday 2026-11-25 10:00"


@dataclass
class Leaky(FakeComplaints):
    """Complaints whose ledger has lost some records: reference and number."""

    lost: frozenset = frozenset()

    def happened(self, community, start, end):
        """What is left."""
        found = super().happened(community, start, end)
        return tuple(one for one in found if (one[0], one[1].number) not in self.lost)


@pytest.fixture
def office():
    return Office(NovemberEMBER, Leaky())


def balance(office, month):
    found = figures.balance(office.month_reports.count(JADE, month).rows)
    moves = {**found.came_in, **found.went_out}
    return found.opening, {move: times for move, times in moves.items() if times}, found.closing


def two_months(office):
    """One of November that ends in December, and one of December that goes on."""
    first = office.receive(form_id="1")
    office.until("Thursday 2026-12-03 10:00")
    office.act(first, Withdraw(SUPERVISOR.id, "不用了"))
    second = office.receive(form_id="2", building="5栋", phone="010 6505 0000")
    return first, second


def test_months_meet(office):
    """What November ends with is what December begins with."""
    two_months(office)
    office.until("Friday 2027-01-01 10:00")
    assert balance(office, "2026-11") == (0, {"new": 1}, 1)
    assert balance(office, "2026-12") == (1, {"new": 1, "withdrawn": 1}, 1)
    assert balance(office, "2027-01") == (1, {}, 1)


def test_a_month_that_is_over_is_counted_once(office):
    """What is judged or opened again later is of the month in which it was."""
    first, second = two_months(office)
    assert not office.month_reports.count(JADE, "2026-12").is_kept
    office.until("Friday 2027-01-01 10:00")
    before = office.month_reports.count(JADE, "2026-12")
    assert before.is_kept
    office.act(second, judge(SUPERVISOR.id, valid=False))
    office.act(first, reopen(MANAGER.id))
    assert office.month_reports.count(JADE, "2026-12") == before
    assert balance(office, "2027-01") == (1, {"reopened_withdrawn": 1}, 2)


def test_a_month_that_nobody_looked_at_is_counted_from_the_records(office):
    """Months later, when everything in it has changed since, and as it was then."""
    _, second = two_months(office)
    office.until("Tuesday 2027-03-02 10:00")
    office.act(second, acknowledge(MANAGER.id))
    office.act(second, judge(SUPERVISOR.id, valid=True))
    office.act(second, reply(MANAGER.id, "telephone"))
    assert balance(office, "2026-12") == (1, {"new": 1, "withdrawn": 1}, 1)
    (row,) = (
        row for row in office.month_reports.count(JADE, "2026-12").rows if row.reference == second
    )
    assert (row.valid, row.solved, row.building) == (None, False, "5")


def test_a_lost_record_is_named_and_nothing_is_kept(office):
    """The month does not add up: it is counted anew until it does."""
    first, second = two_months(office)
    office.act(second, acknowledge(MANAGER.id))
    office.until("Friday 2027-01-01 10:00")
    withdrawn = len(office.complaints.load(first).records)
    office.complaints.lost = frozenset({(first, withdrawn), (second, 2)})
    found = office.month_reports.count(JADE, "2026-12")
    assert (found.lost, found.unmatched) == ((second,), (first,))
    assert (found.adds_up, found.is_kept) == (False, False)
    office.complaints.lost = frozenset()
    assert office.month_reports.count(JADE, "2026-12").is_kept


def test_a_month_is_begun_once(office):
    """The present one's opening is kept, and the rows of the one before."""
    two_months(office)
    office.until("Friday 2027-01-01 10:00")
    office.month_reports.begin(JADE)
    assert set(office.months.openings) == {(JADE, "2026-12"), (JADE, "2027-01")}
    assert set(office.months.kept) == {(JADE, "2026-12")}


@pytest.mark.parametrize("month", ["2026-12", "2026-13", "november", "", "9999-12", "0001-01"])
def test_there_is_no_report_of_a_month_to_come(office, month):
    """Nor of what is no month."""
    office.until("Monday 2026-11-30 10:00")
    with pytest.raises(NotFoundError):
        office.month_reports.count(JADE, month)


def test_there_is_no_report_of_what_is_too_long_ago(office):
    """The first month of which there is one, and the one before."""
    first = months_before("2026-11", FARTHEST)
    assert balance(office, first) == (0, {}, 0)
    with pytest.raises(NotFoundError):
        office.month_reports.count(JADE, months_before(first, 1))


def test_communities_are_counted_apart(office):
    """Another community's complaints are none of this one's."""
    office.receive(form_id="1", community="maple-court")
    assert balance(office, "2026-11") == (0, {}, 0)

"""A year of three thousand complaints, counted by the report and by a second, naive way."""

from collections import Counter
from itertools import pairwise

import pytest

from chalicelib.domain import figures
from chalicelib.domain.evolve import evolve
from chalicelib.domain.statistics import (
    CAME_IN,
    WENT_OUT,
    gaps,
    is_carried,
    month_of,
    month_rows,
    months_before,
    unmatched,
)
from support.examples import POLICY, SHANGHAI
from support.naive_counts import moves_of, said_of
from support.year import COMMUNITIES, a_year

MANY = 3_000
MONTHS = [months_before("2027-06", count) for count in range(17, -1, -1)]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def year():
    """The records of each complaint."""
    return a_year(MANY)


@pytest.fixture(scope="module")
def counted(year):
    """The rows of each month of each community, from openings and ledgers as the product's."""
    return {
        community: _counted([one for one in year if one[0].event.community == community])
        for community in COMMUNITIES
    }


def _counted(lives):
    """Month by month; `opening` are the states at each month's first instant."""
    found, openings = {}, _openings(lives)
    ledger = [(one[0].event.reference, record) for one in lives for record in one]
    for name in MONTHS:
        month, opening = month_of(name, SHANGHAI), openings[name]
        happened = [one for one in ledger if month.holds(one[1].at)]
        assert gaps(opening, happened, month) == ()
        found[name] = month_rows(opening, happened, month, POLICY)
    return found, openings


def _openings(lives):
    openings = {name: [] for name in MONTHS}
    starts = {name: month_of(name, SHANGHAI).starts_at for name in MONTHS}
    for records in lives:
        state, left = None, list(records)
        for name in MONTHS:
            while left and left[0].at < starts[name]:
                state = evolve(state, left.pop(0))
            if state:
                openings[name].append(state)
    return openings


def test_the_year_has_every_kind_of_event_that_counts(year):
    """Whatever a figure rests on happened in it, and more than once."""
    kinds = Counter(record.kind for records in year for record in records)
    assert len(year) == MANY
    for kind in (
        *("received", "acknowledged", "judged", "replied", "closed", "withdrawn", "merged"),
        *("separated", "absorbed", "part_left", "disputed", "reopened", "confirmed", "missed"),
        *("return_visited", "return_visit_tried", "return_visit_missed", "escalated", "linked"),
        *("feedback_given", "followed_up", "passed_on", "time_agreed", "new_date_set", "erased"),
    ):
        assert kinds[kind] > 1, kind


@pytest.mark.parametrize("community", COMMUNITIES)
def test_every_month_adds_up_and_meets_the_next(counted, community):
    """Eighteen months, until the last of them has come to rest."""
    rows, openings = counted[community]
    for name, after in pairwise(MONTHS):
        assert figures.balance(rows[name]).difference == 0
        assert unmatched(rows[name], openings[after]) == ()
        carried = sum(is_carried(one) for one in openings[after])
        assert figures.count("closing", rows[name]) == carried
    assert sum(figures.count("new", rows[name]) for name in MONTHS) > MANY / 3


def missed(row):
    """Promises, whoever was to keep them."""
    return sum(not one.kept for one in row.promises)


SAID = ("answers", "satisfied", "mostly_satisfied", "dissatisfied")
MOVES = (*CAME_IN, *WENT_OUT)


def test_the_report_is_what_a_second_way_of_counting_says(year, counted):
    """Event by event, by their names and fields alone, without a state or an opening."""
    naive, report = Counter(), Counter()
    for records in year:
        naive.update(said_of(records))
        for month, moves in moves_of(records).items():
            naive.update({(month, move): times for move, times in moves.items()})
    for rows, _ in counted.values():
        for name in MONTHS:
            report.update({(name, one): figures.count(one, rows[name]) for one in (*MOVES, *SAID)})
            report[name, "missed"] += sum(map(missed, rows[name]))
            for category, columns in figures.table("category", rows[name]).items():
                report[name, f"new {category}"] += columns["new"]
    assert +report == +naive
    assert {one for _, one in naive} >= {*MOVES, *SAID, "missed"}

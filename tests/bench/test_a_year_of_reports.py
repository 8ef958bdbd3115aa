"""A year of 12,000 complaints makes its reports: each month takes the time of its own complaints.

Over the fakes, so that the product's own work is measured; of time a ratio alone is asserted.
`make bench` prints the figures.
"""

import pytest

from bench.measuring import memory_of, seconds_of
from chalicelib.application.history import History
from chalicelib.domain import figures
from chalicelib.settings import Settings
from chalicelib.views.presentation import Presenter
from chalicelib.views.report_view import ReportView
from fakes.complaints import FakeComplaints, Saved
from support.office import Office
from support.people import DIRECTORY
from support.values import replace
from support.year import COMMUNITIES, a_year

LIVES, COPIES = 3_000, 4
MONTH, AFTER = "2026-11", "Wednesday 2027-12-01 10:00"
LAMBDA_BYTES = 1024 * 2**20
"""What the function that shows the page has."""


@pytest.fixture(scope="module")
def lives():
    """The records of each."""
    return a_year(LIVES)


def office_with(lives, copies):
    """An office a year later, in which nobody has looked at a report yet."""
    complaints = FakeComplaints()
    for copy in range(copies):
        for number, records in enumerate(lives):
            reference = f"BENC{copy}-{number:05}"
            first = replace(records[0], event=replace(records[0].event, reference=reference))
            history = History((first, *records[1:]))
            complaints.saved[reference] = Saved(history, "", "", None, frozenset())
    return Office(AFTER, complaints)


def page(office):
    """The page of all communities, in words."""
    report = office.month_reports.report(COMMUNITIES, MONTH)
    presenter = Presenter(office.policy, office.organisation, Settings("", "").site_url, "zh")
    content = ReportView(presenter, DIRECTORY, report).content()
    assert content["tables"]
    assert report.is_kept
    return report


def test_a_month_takes_the_time_of_its_complaints(lives):
    """The page of a month that was counted: four times as many take about four times as long."""
    seconds = {}
    for copies in (1, COPIES):
        office = office_with(lives, copies)
        counting = seconds_of(lambda: page(office))  # noqa: B023 - called at once
        seconds[copies] = seconds_of(lambda: page(office))  # noqa: B023 - called at once
        new = figures.count("new", page(office).rows)
        told = f"{counting:.2f} s to count it and those beside it, {seconds[copies]:.2f} s kept"
        print(f"\n{new} new ones in the month: {told}")  # noqa: T201
    ratio = seconds[COPIES] / seconds[1] / COPIES
    print(f"time for each, {COPIES} times as many / as many = {ratio:.2f}")  # noqa: T201
    assert ratio < 3


def test_memory_stays_far_below_a_lambda_s(lives):
    """The page of a year of 12,000 holds less than half of what its function has."""
    office = office_with(lives, COPIES)
    page(office)
    held = memory_of(lambda: page(office))
    print(f"\n{LIVES * COPIES} complaints a year: {held / 2**20:.0f} MB")  # noqa: T201
    assert held < LAMBDA_BYTES / 2

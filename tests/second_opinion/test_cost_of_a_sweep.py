"""What a round of the clock and a page of the list read depends not on history.

In read units as dynalite counts them, which are those that AWS bills.
"""

from dataclasses import dataclass, fields

import pytest

from chalicelib.adapters.complaint_list import TableComplaintList
from chalicelib.application.complaint_filters import ListReader, read_asked
from chalicelib.application.complaint_listing import ComplaintListing
from chalicelib.domain.errors import NotFoundError
from chalicelib.policy import load_organisation
from second_opinion.metering import Meter, create_table, do_transactions_one_by_one, metered
from second_opinion.past import CLOSED, reference_of, write_closed
from second_opinion.workers import Worker, a_worker
from support.examples import DIRECTORY, POLICY

MONDAY = "Monday 2026-11-23 10:00"
RECEIPTS, MISSED = "Monday 2026-11-23 10:06", "Tuesday 2026-11-24 18:00"
ALERTS, LATER = "Tuesday 2026-11-24 18:06", "Tuesday 2026-11-24 19:00"
FEW, MANY = 1_000, 20_000
DUE = 5
MONTH, WORD = "2026-11", "水"


@dataclass(frozen=True)
class Costs:
    """What each part of the clock's work reads."""

    due: Meter
    queue: Meter
    stock: Meter
    letters: Meter
    nothing: Meter
    month: Meter
    searched: Meter
    latest: Meter


@pytest.fixture(scope="module")
def costs(dynalite):
    """The costs with few and with many closed complaints in the table, by their number."""
    return {closed: _costs(dynalite, closed) for closed in (FEW, MANY)}


def _costs(dynalite, closed):
    table, client = f"with-{closed}", dynalite.client("dynamodb", parameter_validation=False)
    create_table(client, table)
    write_closed(client, table, closed)
    worker = a_worker(dynalite.url, table, MONDAY, sends_mail=False)
    do_transactions_one_by_one(worker.complaints.client)
    worker.begin()
    worker.receive(range(DUE))
    worker.until(RECEIPTS).sweep.go()
    return _measured(worker)


def _measured(worker: Worker) -> Costs:
    """A missed promise: first it is recorded, then told, and an hour later nothing is due."""
    complaints = worker.until(MISSED).complaints
    with metered(complaints.client) as due:
        assert len(list(complaints.due(worker.wall.now()))) == DUE
    with metered(complaints.client) as queue:
        assert len(complaints.open()) == DUE
    with metered(complaints.client) as stock:
        assert worker.sweep.go().looked_at == DUE
    with metered(complaints.client) as letters:
        report = worker.until(ALERTS).sweep.go()
    assert (report.posted >= DUE, report.failed) == (True, ())
    with metered(complaints.client) as nothing:
        worker.until(LATER).sweep.go()
    listed = [
        _listed(worker, **given) for given in ({"month": MONTH}, {"month": MONTH, "text": WORD}, {})
    ]
    return Costs(due, queue, stock, letters, nothing, *listed)


def _listed(worker: Worker, **given: str) -> Meter:
    """A page of the list, which has what is due."""
    table, now = worker.complaints, worker.wall.now()
    complaint_list = TableComplaintList(table.client, table.table)
    listing = ComplaintListing(POLICY, load_organisation(), complaint_list)
    asked = read_asked(given, listing.today(now))
    with metered(table.client) as meter:
        page = listing.page(asked, ListReader(DIRECTORY.person("leader"), now))
    assert page.found == DUE
    assert all(one.words for one in page.lines)
    return meter


@pytest.mark.parametrize(("part", "months"), [("month", 1), ("searched", 1), ("latest", 4)])
def test_a_page_of_the_list_is_two_requests_a_month(costs, part, months):
    """Rows and words, or rows and the words of the page; the open ones beside the latest months."""
    reads = [name for name, _ in getattr(costs[MANY], part).reads]
    # Dynalite has no transactions: what is one request reads item by item there.
    requests = [name for name in reads if name == "Query"] + ["GetItem"] * ("GetItem" in reads)
    assert len(requests) <= 2 * months


@pytest.mark.parametrize("part", [one.name for one in fields(Costs)])
def test_history_costs_nothing(costs, part):
    """With twenty times the history the very same reads cost the very same read units."""
    few, many = (getattr(costs[closed], part) for closed in (FEW, MANY))
    print(f"\n{part}: {few.units:g} and {many.units:g} read units")  # noqa: T201 - with --capture=no
    assert few.reads == many.reads != []


@pytest.mark.parametrize("closed", [FEW, MANY])
def test_the_history_is_there(dynalite, costs, closed):
    """The last of the closed complaints stands in the table, and is nobody's work any more."""
    assert closed in costs
    complaints = a_worker(dynalite.url, f"with-{closed}", LATER).complaints
    found = complaints.load(reference_of(closed - 1))
    assert [one.kind for one in found.records] == [one.kind for one in CLOSED.records]
    with pytest.raises(NotFoundError):
        complaints.load(reference_of(closed))

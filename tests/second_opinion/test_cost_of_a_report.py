"""What a month's report reads depends on its month, not on history.

In read units as dynalite counts them, which are those that AWS bills.
"""

import pytest

from chalicelib.domain import figures
from second_opinion.metering import create_table, do_transactions_one_by_one, metered
from second_opinion.past import write_closed
from second_opinion.workers import a_worker

DECEMBER, JANUARY = "Thursday 2026-12-03 10:00", "Friday 2027-01-01 10:00"
LATER = "Monday 2027-01-04 10:00"
FEW, MANY = 1_000, 20_000
NEW = 5
LOOKS = (("begun", DECEMBER), ("under way", DECEMBER), ("over", JANUARY), ("kept", LATER))


@pytest.fixture(scope="module")
def reads(dynalite):
    """What each look at December reads, with few and with many closed complaints in the table."""
    return {closed: _reads(dynalite, closed) for closed in (FEW, MANY)}


def _reads(dynalite, closed):
    table, client = f"reported-{closed}", dynalite.client("dynamodb", parameter_validation=False)
    create_table(client, table)
    write_closed(client, table, closed)
    worker = a_worker(dynalite.url, table, DECEMBER, sends_mail=False)
    do_transactions_one_by_one(worker.complaints.client)
    worker.begin()
    worker.receive(range(NEW))
    return {name: _look(worker.until(moment), NEW) for name, moment in LOOKS}


def _look(worker, expected):
    with metered(worker.months.client) as meter:
        rows = worker.month_reports.count("jade-lake", "2026-12").rows
    assert figures.count("new", rows) == expected
    return meter


@pytest.mark.parametrize("look", ["begun", "under way", "over", "kept"])
def test_history_costs_nothing(reads, look):
    """With twenty times the history the very same reads cost the very same read units."""
    few, many = (reads[closed][look] for closed in (FEW, MANY))
    print(f"\n{look}: {few.units:g} and {many.units:g} read units")  # noqa: T201 - with --capture=no
    assert few.reads == many.reads != []


def test_a_month_that_is_over_is_one_read(reads):
    """What was counted once is kept: neither records nor complaints are read again."""
    assert [operation for operation, _ in reads[FEW]["kept"].reads] == ["Query"]

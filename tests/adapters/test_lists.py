"""What lists cost: requests and items read, whatever the history."""

from contextlib import contextmanager

import pytest

from chalicelib.application.archive import Query
from chalicelib.domain.commands import Withdraw
from support.clouds import requests_of
from support.forms import an_intake
from support.people import LEADER, SUPERVISOR


@pytest.fixture
def container(cloud):
    return cloud.container


@contextmanager
def items_read_by(client):
    """How many items each query and read looked at while this is open, found or not."""
    counts = []

    def count(parsed, **_):
        counts.append(parsed.get("ScannedCount", len(parsed.get("Responses", ()))))

    client.meta.events.register("after-call.dynamodb", count)
    try:
        yield counts
    finally:
        client.meta.events.unregister("after-call.dynamodb", count)


def receive(container, count, **form):
    now = container.clock.now()
    return [
        container.submit_complaint.receive(an_intake(now, **form), "web").reference
        for _ in range(count)
    ]


def end(container, references):
    for reference in references:
        container.act_on_complaint.act(
            reference, Withdraw(SUPERVISOR.id, "不用了"), by=SUPERVISOR.id
        )


def test_the_queue_is_one_request_whose_reads_do_not_grow_with_history(container, cloud):
    """Two items for each open complaint, head and contact, and none for those that ended."""
    receive(container, 3)
    for _ in range(2):
        with requests_of(cloud.dynamodb) as sent, items_read_by(cloud.dynamodb) as read:
            assert len(container.complaints.open()) == 3
        assert sent == ["Query"]
        assert read == [6]
        end(container, receive(container, 5))


def test_the_sweep_reads_nobody_s_words(container, cloud):
    """It looks at the heads that are due, one item each, and not at the contacts beside them.

    One query is of what is open, one of what has ended and awaits its return visit.
    """
    receive(container, 3)
    cloud.advance(hours=24 * 40)
    with requests_of(cloud.dynamodb) as sent, items_read_by(cloud.dynamodb) as read:
        assert len(list(container.complaints.due(container.clock.now()))) == 3
    assert (sent, read) == (["Query", "Query"], [3, 0])


def test_a_household_costs_the_same_whatever_the_history(container, cloud):
    """A query for each server key still accepted, and one read of what they lead to."""
    receive(container, 2, person=None)
    query = Query("phone", phone="138 0000 0000")
    for _ in range(2):
        with requests_of(cloud.dynamodb) as sent:
            assert len(cloud.container.archive.find(query, LEADER)) == 2
        assert sent == ["Query"] * len(container.keys.secrets) + ["TransactGetItems"]
        receive(
            container, 4, person=None, phone="139 1111 1111", unit="0101", email="other@example.com"
        )


def test_a_dossier_is_one_request(container, cloud):
    """Record, words and letters stand in one partition."""
    (reference,) = receive(container, 1)
    with requests_of(cloud.dynamodb) as sent:
        container.complaints.dossier(reference)
    assert sent == ["Query"]


def test_a_read_that_meets_a_writer_is_tried_again(container, cloud):
    """Reading as of one moment waits for who is writing, and gives up as writing does."""
    (reference,) = receive(container, 1)
    refused = cloud.dynamodb.exceptions.TransactionCanceledException
    answer = {"Error": {"Code": "x"}, "CancellationReasons": [{"Code": "TransactionConflict"}]}
    paused = []

    class Busy:
        exceptions = cloud.dynamodb.exceptions
        count = 2

        def transact_get_items(self, **asked):
            if self.count:
                self.count -= 1
                raise refused(answer, "TransactGetItems")
            return cloud.dynamodb.transact_get_items(**asked)

    complaints = type(container.complaints)(Busy(), cloud.table, 24, sleep=paused.append)
    assert len(complaints.lines([reference])) == 1
    assert len(paused) == 2

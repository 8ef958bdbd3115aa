"""Two sweeps at once, as when a slow one is overtaken by the next: nothing twice."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.request import urlopen

import pytest

from second_opinion.workers import a_worker

MONDAY = "Monday 2026-11-23 10:00"
MANY = 20
RECEIPTS, MISSED = "Monday 2026-11-23 10:06", "Tuesday 2026-11-24 18:00"
ALERTS, BATCHED = "Tuesday 2026-11-24 18:06", "Tuesday 2026-11-24 18:30"
"""When the stream brings nothing: what happened is told by the sweep five minutes after."""


@pytest.fixture
def workers(ministack, table):
    """Two Lambdas over one table, with a sender that the mail service knows."""
    two = [a_worker(ministack.url, table, MONDAY) for _ in range(2)]
    two[0].begin()
    sender = two[0].organisation.sender.rpartition("<")[2].rstrip(">")
    ministack.client("sesv2").create_email_identity(EmailIdentity=sender)
    return two


def at_once(workers, moment):
    """Both go round at the same time; what both report."""
    together = Barrier(len(workers))

    def go(sweep):
        together.wait()
        return sweep.go()

    ready = [worker.until(moment).sweep for worker in workers]
    with ThreadPoolExecutor(len(workers)) as pool:
        return list(pool.map(go, ready))


def recorded_as_sent(ministack, table):
    """The mail service's ids of the letters that the table records as sent."""
    pages = ministack.client("dynamodb").get_paginator("scan").paginate(TableName=table)
    items = [item for page in pages for item in page["Items"]]
    return Counter(item["message_id"]["S"] for item in items if "message_id" in item)


def mails(ministack, *earlier):
    """Every letter that the mail service took, but for those of other tests."""
    with urlopen(f"{ministack.url}/_ministack/ses/messages") as answer:  # noqa: S310 - loopback
        found = json.load(answer)["messages"]
    taken = [mail for account in found.values() for mail in account]
    return [mail for mail in taken if mail not in earlier]


def test_two_sweeps_at_once_do_nothing_twice(ministack, table, workers):
    """Twenty due at once: each event is recorded once, and each letter sent once."""
    earlier = mails(ministack)
    references = workers[0].receive(range(MANY))
    for moment in (RECEIPTS, MISSED, ALERTS, BATCHED):
        at_once(workers, moment)
    lives = [workers[0].complaints.load(one).records for one in references]
    kinds = {tuple(record.kind for record in records) for records in lives}
    assert len(kinds) == 1, "what happened to one happened to all"
    assert "missed" in (once := kinds.pop())
    assert Counter(once).most_common(1)[0][1] == 1

    sent = mails(ministack, *earlier)
    ids = Counter(mail["MessageId"] for mail in sent)
    assert ids == recorded_as_sent(ministack, table)
    told = Counter((*mail["To"], mail["Subject"], mail["BodyText"]) for mail in sent)
    assert set(told.values()) == {1}
    assert {f"home-{number}@example.com" for number in range(MANY)} < {to for to, *_ in told}

    again = at_once(workers, BATCHED)
    assert [(one.looked_at, one.posted, one.failed) for one in again] == [(0, 0, ())] * 2
    assert len(mails(ministack, *earlier)) == len(sent)

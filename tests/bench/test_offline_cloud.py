"""The offline cloud as `make run` has it: seconds of a simulated day, memory, letters in a storm.

Processor seconds, which others on the machine do not lengthen. `make bench` prints the figures;
of time a ratio alone is asserted, of memory and letters what is promised.
"""

import time
from collections import Counter
from collections.abc import Iterator

import pytest

from offline.running import RunningCloud, until

A_HUNDRED, A_THOUSAND, FIVE_HUNDRED = 100, 1_000, 500
A_SECOND = 10
"""Complaints that come in, in the storm."""
A_WEEK = 7
MOST_MEMORY = 400
"""MiB after a thousand complaints."""


@pytest.fixture
def cloud(tmp_path) -> Iterator[RunningCloud]:
    """An offline cloud with the sample complaints."""
    running = RunningCloud(tmp_path / "cloud").ready()
    yield running
    running.end()


def days_of_a_week(cloud):
    """Processor seconds of each day."""
    costs = []
    for _ in range(A_WEEK):
        before = cloud.processor_seconds
        cloud.advance(days=1)
        costs.append(cloud.processor_seconds - before)
    return costs


def submit(cloud, count):
    """So many complaints from as many homes; their references."""
    return [cloud.submit(cause="facility").reference for _ in range(count)]


def say(what, figure):
    """A line of the report."""
    print(f"\n{what}: {figure}")  # noqa: T201 - the figures


def shown(costs):
    """The days of a week, the dearest last."""
    return f"{sum(costs) / len(costs):.2f} s on average, {max(costs):.2f} s at most"


def test_a_day_costs_as_much_for_each_among_a_hundred_as_among_the_samples(cloud):
    """With twenty times the complaints a week may take twenty times as long, and no longer."""
    samples = days_of_a_week(cloud)
    open_before = 5
    submit(cloud, A_HUNDRED - open_before)
    cloud.settle()
    hundred = days_of_a_week(cloud)
    say("a simulated day with the sample complaints", shown(samples))
    say("a simulated day with 100 open complaints", shown(hundred))
    assert sum(hundred) / A_HUNDRED < 3 * sum(samples) / open_before


def test_memory_stays_small_after_a_thousand_complaints(cloud):
    """All of them told, and every letter looked at."""
    submit(cloud, A_THOUSAND)
    cloud.settle()
    letters = cloud.letters()
    say(f"memory after 1,000 complaints and {len(letters)} letters", f"{cloud.memory:.0f} MiB")
    assert cloud.memory < MOST_MEMORY


def test_five_hundred_at_ten_a_second_are_all_told_in_order(cloud):
    """Whoever complained has a receipt, once, and they went out in the order of the complaints."""
    began_at, homes = time.monotonic(), []
    for number in range(FIVE_HUNDRED):
        time.sleep(max(0, began_at + number / A_SECOND - time.monotonic()))
        form = cloud.complaint(cause="facility")
        cloud.send(form)
        homes.append(form["email"])
    sent_at = time.monotonic()
    told = set(homes)

    def receipts():
        return [one["to"] for one in cloud.letters() if one["to"] in told]

    until(lambda: len(receipts()) >= FIVE_HUNDRED)
    say("500 complaints came in within", f"{sent_at - began_at:.1f} s")
    say("the last receipt came after the last complaint by", f"{time.monotonic() - sent_at:.1f} s")
    assert receipts() == homes
    cloud.advance(minutes=15)
    counts = Counter((one["to"], one["subject"], one["text"]) for one in cloud.letters())
    assert set(counts.values()) == {1}
    say("letters in all, each once", len(counts))

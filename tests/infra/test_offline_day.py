"""A day of the offline cloud: what it asks of the table, and that every letter goes out."""

import threading
from collections import Counter
from datetime import timedelta

import pytest

from chalicelib.domain.commands import Withdraw
from desk.offline.background import attempt, repeat
from desk.offline.stream import Pump
from support.memory import MemoryCloud

SECOND = timedelta(seconds=1)
FEW, MANY = 10, 40
A_WEEK = 200
"""Requests for each open complaint in a week, in which nobody does anything about it."""
A_QUIET_DAY = 70


def week_with(complaints):
    """How often the table is asked in a week with so many open complaints."""
    cloud = MemoryCloud()
    for number in range(complaints):
        cloud.receive(number, cause="facility")
    return cloud.advance(days=7)


def test_a_day_without_anything_asks_next_to_nothing():
    """What the clock jumps to is a morning in each community, once the month was begun."""
    cloud = MemoryCloud()
    cloud.advance(days=1)
    assert cloud.advance(days=1) <= A_QUIET_DAY
    assert cloud.mailbox.letters() == []


def test_a_day_costs_as_much_for_each_among_many_as_among_few():
    """Requests grow with what is due, never with its square."""
    few, many = week_with(FEW), week_with(MANY)
    assert few / FEW <= A_WEEK
    assert many / MANY <= few / FEW


def test_whoever_complains_one_after_another_is_answered_in_order():
    """Sixty complaints while the pump goes on and the clock moves: each receipt once, in order."""
    cloud, order = MemoryCloud(), []
    for number in range(60):
        cloud.receive(number)
        order.append(f"home-{number}@example.com")
        if number % 7 == 0:
            cloud.pump.drain()
        if number % 10 == 0:
            cloud.container.clock.at += SECOND
    cloud.advance(minutes=15)
    letters = cloud.mailbox.letters()
    assert [one.to for one in letters if one.to.startswith("home-")] == order
    assert all(count == 1 for count in Counter((one.to, one.subject) for one in letters).values())
    assert not cloud.table.stream.first(1)


def test_what_is_personal_expires_as_the_clock_moves():
    """Two years after a complaint was withdrawn its words are gone, not what happened."""
    cloud = MemoryCloud()
    reference = cloud.receive(1)
    cloud.container.act_on_complaint.act(
        reference, Withdraw(by="resident", reason="It is mended."), by="resident"
    )

    def words():
        return cloud.container.complaints.load(reference).words

    cloud.advance(days=365)
    assert words()
    cloud.advance(days=366)
    assert not words()


class FailsOnce:
    """The functions, whose notifier ends the first call of it with an error, or refuses some."""

    def __init__(self, functions=None, refused=()):
        self.functions, self.refused, self.calls, self.done = functions, refused, 0, []

    def notifier(self, event, context):
        """Fail at first; then carry on up to the first that is refused."""
        self.calls += 1
        if self.calls == 1 and not self.refused:
            raise TimeoutError("Read timed out.")
        for record in event["Records"]:
            number = record["dynamodb"]["SequenceNumber"]
            if number in self.refused:
                return {"batchItemFailures": [{"itemIdentifier": number}]}
            self.done.append(number)
        return self.functions.notifier(event, context) if self.functions else NOTHING_FAILED


NOTHING_FAILED = {"batchItemFailures": []}


def test_a_failure_is_not_the_end_of_the_pump(caplog):
    """It is logged, and what was not carried is carried at the next turn."""
    cloud, stopping = MemoryCloud(), threading.Event()
    functions = FailsOnce(cloud.functions)
    pump = Pump(cloud.table.stream, functions)
    thread = threading.Thread(target=pump.run, args=(stopping,))
    thread.start()
    cloud.receive(1)
    told = threading.Event()
    while not told.wait(0.05):
        if cloud.mailbox.letters() and not cloud.table.stream.first(1):
            told.set()
    stopping.set()
    thread.join()
    assert "Carrying the table's stream failed" in caplog.text
    assert "Read timed out." in caplog.text
    assert functions.calls >= 2


def test_a_record_that_keeps_failing_is_left_to_the_sweep():
    """It is tried three times; those before it are not carried again, and those after it are."""
    cloud = MemoryCloud()
    cloud.receive(1)
    numbers = [one["dynamodb"]["SequenceNumber"] for one in cloud.table.stream.first(100)]
    functions = FailsOnce(refused=numbers[1:2])
    Pump(cloud.table.stream, functions).drain()
    assert functions.done == [numbers[0], *numbers[2:]]
    assert functions.calls == 4


def test_what_is_repeated_goes_on_after_a_failure(caplog):
    """The sweep's next turn comes whatever the last one met, until it is told to stop."""
    stopping, turns = threading.Event(), []

    def work():
        turns.append(1)
        if len(turns) == 3:
            stopping.set()
        raise TimeoutError("Read timed out.")

    repeat("The sweep", work, 0, stopping)
    assert stopping.wait(60)
    assert "The sweep failed" in caplog.text


@pytest.mark.parametrize(("work", "went_well"), [(list, True), ({}.popitem, False)])
def test_an_attempt_says_how_it_went(work, went_well):
    """So that whoever tries in a loop can wait before the next one."""
    assert attempt("This", work) is went_well

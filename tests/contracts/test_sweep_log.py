"""What every `SweepLog` keeps."""

from chalicelib.application.ports.sweep_log import LastSweeps, SweepRun
from support.examples import at

TEN, FIVE_PAST = at("Monday 2026-11-23 10:00"), at("Monday 2026-11-23 10:05")
DONE = SweepRun(
    TEN,
    at("Monday 2026-11-23 10:01"),
    looked_at=5,
    posted=3,
    failed=1,
    unfinished=True,
    failing=("7K3MQ-9TX4B", "7K3MQ-9TX4B/2"),
)


def test_before_the_first_sweep_the_log_is_empty(ports):
    """Nothing began, nothing finished."""
    assert ports.sweep_log.last() == LastSweeps()


def test_a_sweep_that_begins_has_not_finished(ports):
    """A sweep that dies on the way leaves when it began, and no end."""
    assert ports.sweep_log.begin(TEN) == LastSweeps(TEN)
    assert ports.sweep_log.last() == LastSweeps(TEN)


def test_the_last_sweep_that_finished_stands_until_the_next_has(ports):
    """What it did is found when the next begins, and afterwards as long as that runs."""
    ports.sweep_log.begin(TEN)
    ports.sweep_log.finish(DONE)
    assert ports.sweep_log.begin(FIVE_PAST) == LastSweeps(FIVE_PAST, DONE)
    assert ports.sweep_log.last() == LastSweeps(FIVE_PAST, DONE)
    after = SweepRun(FIVE_PAST, FIVE_PAST)
    ports.sweep_log.finish(after)
    assert ports.sweep_log.last() == LastSweeps(FIVE_PAST, after)

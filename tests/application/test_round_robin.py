"""Jobs are done in turn, each in its own order, and are read no further than they are done."""

from itertools import islice

from chalicelib.application.round_robin import SweepJob, in_turn, retry_last


def tasks(*names):
    return [SweepJob(name, name[0], lambda: None) for name in names]


def names(found):
    return [task.name for task in found]


def test_each_job_has_its_turn_and_keeps_its_order():
    """The short one is done after its turn; the long one goes on alone."""
    assert names(in_turn(tasks("a1", "a2", "a3"), tasks("b1"), tasks())) == ["a1", "b1", "a2", "a3"]


def test_what_failed_before_comes_last():
    """The others keep their order, and those put last theirs."""
    found = retry_last(tasks("a1", "a2", "a3", "a4"), {"a3", "a1", "a9"})
    assert names(found) == ["a2", "a4", "a1", "a3"]


def test_no_more_is_read_than_was_asked_for():
    """However much is due, only the next of each job is in memory."""
    read = []

    def endless(return_to):
        for number in range(10_000):
            read.append(number)
            yield SweepJob(f"{return_to}{number}", return_to, lambda: None)

    found = retry_last(in_turn(endless("a"), endless("b")), {"a1"})
    assert names(islice(found, 4)) == ["a0", "b0", "b1", "a2"]
    assert len(read) == 5

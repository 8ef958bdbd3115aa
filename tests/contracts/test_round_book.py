"""What every `RoundBook` keeps."""

from chalicelib.service.round_book import LastRounds, Round
from examples import at

TEN, FIVE_PAST = at("Monday 2026-11-23 10:00"), at("Monday 2026-11-23 10:05")
DONE = Round(
    TEN,
    at("Monday 2026-11-23 10:01"),
    looked_at=5,
    posted=3,
    failed=1,
    unfinished=True,
    failing=("7K3MQ-9TX4B", "C#7K3MQ-9TX4B#2"),
)


def test_before_the_first_round_the_book_is_empty(ports):
    """Nothing began, nothing finished."""
    assert ports.round_book.last() == LastRounds()


def test_a_round_that_begins_has_not_finished(ports):
    """A round that dies on the way leaves when it began, and no end."""
    assert ports.round_book.begin(TEN) == LastRounds(TEN)
    assert ports.round_book.last() == LastRounds(TEN)


def test_the_last_round_that_finished_stands_until_the_next_has(ports):
    """What it did is found when the next begins, and afterwards as long as that runs."""
    ports.round_book.begin(TEN)
    ports.round_book.finish(DONE)
    assert ports.round_book.begin(FIVE_PAST) == LastRounds(FIVE_PAST, DONE)
    assert ports.round_book.last() == LastRounds(FIVE_PAST, DONE)
    after = Round(FIVE_PAST, FIVE_PAST)
    ports.round_book.finish(after)
    assert ports.round_book.last() == LastRounds(FIVE_PAST, after)

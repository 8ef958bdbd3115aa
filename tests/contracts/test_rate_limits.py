"""What every `RateLimits` keeps: so many letters under a name, each counted once."""

from datetime import timedelta

from support.examples import at

UNTIL = at("Monday 2026-11-23 10:15") + timedelta(days=1)


def let_through(ports, count, most=3, name="a day"):
    """Which of so many letters are let through, asked for one after the other."""
    asked = [f"C#7K3MQ-9TX4B#{number}" for number in range(1, count + 1)]
    return [ports.rate_limits.take(name, one, most, UNTIL) for one in asked]


def test_the_first_letters_are_let_through(ports):
    """Of five letters three go, where three are allowed."""
    assert let_through(ports, 5) == [True, True, True, False, False]


def test_a_letter_that_is_asked_for_again_is_not_counted_again(ports):
    """Who asks twice has the same answer, and takes nobody's place."""
    let_through(ports, 2)
    assert let_through(ports, 4) == [True, True, True, False]
    assert let_through(ports, 4) == [True, True, True, False]


def test_each_name_is_counted_by_itself(ports):
    """Another day or another person has letters of its own."""
    let_through(ports, 3)
    assert let_through(ports, 2, name="another day") == [True, True]


def test_where_nothing_is_allowed_nothing_goes(ports):
    """With a limit of nought the first letter waits already."""
    assert let_through(ports, 2, most=0) == [False, False]

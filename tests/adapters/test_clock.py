"""The clocks: the machine's, and the one that is moved."""

from datetime import UTC, timedelta

import pytest

from chalicelib.adapters.clock import MovableClock, SystemClock  # noqa: TID251 - under test

pytestmark = pytest.mark.today


def test_time_is_utc_and_whole_seconds():
    """Now is aware, in UTC, and has no fraction, so that it is kept as it is."""
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert now.microsecond == 0


def test_a_clock_moves_forward_alone(tmp_path):
    """Another process reads the same file and so the same time; going back is ignored."""
    clock, other = (MovableClock(tmp_path / "clock") for _ in range(2))
    start = clock.now()
    clock.move_to(start + timedelta(days=3))
    assert timedelta(days=3) <= other.now() - start < timedelta(days=3, seconds=5)
    other.move_to(start)
    assert clock.now() - start >= timedelta(days=3)

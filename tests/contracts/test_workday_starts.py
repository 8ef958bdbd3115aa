"""What every `WorkdayStarts` keeps: a morning begins once, and its letters are still to go out."""

from datetime import date, timedelta

from chalicelib.application.outbox import WorkdayStart
from support.examples import at

NOW = at("Monday 2026-11-23 09:00")
START = WorkdayStart("jade-lake", date(2026, 11, 23))
MINUTE = timedelta(minutes=1)


def test_a_morning_begins_once(ports):
    """Who comes second begins nothing."""
    assert not ports.workday_starts.has_begun(START)
    assert ports.workday_starts.begin(START, NOW)
    assert ports.workday_starts.has_begun(START)
    assert not ports.workday_starts.begin(START, NOW + MINUTE)


def test_each_community_and_each_day_has_its_own(ports):
    """One that has begun begins no other."""
    ports.workday_starts.begin(START, NOW)
    for other in (
        WorkdayStart("maple-court", START.on),
        WorkdayStart("jade-lake", date(2026, 11, 24)),
    ):
        assert not ports.workday_starts.has_begun(other)
        assert ports.workday_starts.begin(other, NOW)


def test_its_letters_are_to_go_out_until_it_is_settled(ports):
    """It is an event like any other: whatever the stream loses, the sweep finds."""
    ports.workday_starts.begin(START, NOW)
    assert list(ports.letters.unsettled(NOW)) == []
    assert list(ports.letters.unsettled(NOW + MINUTE)) == [START]
    ports.letters.settle(START)
    assert list(ports.letters.unsettled(NOW + MINUTE)) == []
    assert not ports.workday_starts.begin(START, NOW)

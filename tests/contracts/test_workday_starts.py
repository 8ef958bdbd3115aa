"""What every `WorkdayStarts` keeps: a morning begins once, and its letters are still to go out."""

from datetime import date, timedelta

from chalicelib.application.ports.letters import OutboxEntry
from chalicelib.application.ports.workday_starts import WorkdayStart, workday_start_of
from support.examples import at

NOW = at("Monday 2026-11-23 09:00")
MORNING = WorkdayStart("jade-lake", date(2026, 11, 23))
MINUTE = timedelta(minutes=1)


def test_a_subject_names_its_morning():
    """Community and day are read back from what the notifier is told."""
    assert MORNING.subject == "MORNING#jade-lake#2026-11-23"
    assert workday_start_of(MORNING.subject) == MORNING
    assert MORNING.post == OutboxEntry(MORNING.subject, 1)


def test_a_morning_begins_once(ports):
    """Who comes second begins nothing."""
    assert not ports.mornings.has_begun(MORNING)
    assert ports.mornings.begin(MORNING, NOW)
    assert ports.mornings.has_begun(MORNING)
    assert not ports.mornings.begin(MORNING, NOW + MINUTE)


def test_each_community_and_each_day_has_its_own(ports):
    """One that has begun begins no other."""
    ports.mornings.begin(MORNING, NOW)
    for other in (
        WorkdayStart("maple-court", MORNING.on),
        WorkdayStart("jade-lake", date(2026, 11, 24)),
    ):
        assert not ports.mornings.has_begun(other)
        assert ports.mornings.begin(other, NOW)


def test_its_letters_are_to_go_out_until_it_is_settled(ports):
    """It is an event like any other: whatever the stream loses, the rounds find."""
    ports.mornings.begin(MORNING, NOW)
    assert list(ports.letters.unsettled(NOW)) == []
    assert list(ports.letters.unsettled(NOW + MINUTE)) == [MORNING.post]
    ports.letters.settle(MORNING.post)
    assert list(ports.letters.unsettled(NOW + MINUTE)) == []
    assert not ports.mornings.begin(MORNING, NOW)

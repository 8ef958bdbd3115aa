"""The same matter raised again in a complaint of its own: the link, and what follows (5.1.1)."""

import pytest

from chalicelib.domain.commands import Link, Repeat
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.notices import Notice
from chalicelib.domain.promises import promises_told
from support.examples import POLICY, a_life, received

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
EARLIER = "8K3MQ-9TX4B"


def linked(times=1, because="household", *, told=False):
    return Link(EARLIER, because, times, told)


def test_a_link_counts_the_earlier_times():
    """The resident's own count holds where it is higher."""
    assert a_life(MONDAY).on(TUESDAY, linked(2)).complaint.times_raised == 2
    assert a_life(MONDAY, times_raised=5).on(TUESDAY, linked(2)).complaint.times_raised == 5


def test_the_third_time_a_promise_is_broken_is_major():
    """Two earlier times, and the service was promised: 5.1.1, as an event with clause and facts."""
    life = a_life(MONDAY, cause="promise").on(TUESDAY, linked(2))
    assert life.kinds[-2:] == ("linked", "escalated")
    event = life.records[-1].event
    assert (event.severity, event.severity_before) == ("major", "important")
    assert "5.1.1" in event.verdict.clauses
    assert "raised_several_times" in event.verdict.facts


@pytest.mark.parametrize(("cause", "times"), [("promise", 1), ("service", 2), ("facility", 9)])
def test_short_of_the_clause_nothing_rises(cause, times):
    """The second time, or where no promise was broken, the severity stays."""
    life = a_life(MONDAY, cause=cause).on(TUESDAY, linked(times))
    assert life.kinds[-1] == "linked"
    assert life.complaint.severity == a_life(MONDAY, cause=cause).complaint.severity


def test_a_rise_before_the_owner_is_named_is_told_with_the_naming():
    """The escalation names a post and calls for no letter; the alerts of the naming say it all."""
    life = received(MONDAY, cause="promise").on(MONDAY, linked(2))
    assert life.complaint.owner.staff is None
    assert life.letters == ()
    assert life.complaint.severity == "major"


def test_a_rise_afterwards_is_told_to_all():
    """With its owner named, an escalation tells those whom the policy names."""
    life = a_life(MONDAY, cause="promise").on(TUESDAY, linked(2))
    assert {one.letter for one in life.letters} == {"escalated"}


def test_what_a_resident_was_promised_stays_as_it_was_told():
    """The staff's time is shorter from now on; the resident's stays, so nothing is revealed."""
    before = a_life(MONDAY, cause="promise").complaint
    after = a_life(MONDAY, cause="promise").on(MONDAY, linked(2)).complaint
    assert after.promises.acknowledge_by < before.promises.acknowledge_by
    assert promises_told(after, POLICY) == promises_told(before, POLICY)


def test_the_resident_hears_of_it_only_where_the_contact_is_the_same():
    """The letter is for the one who raised both; a neighbour learns nothing."""
    same, other = (a_life(MONDAY).on(TUESDAY, linked(told=told)) for told in (True, False))
    assert same.letters == (Notice("linked", RESIDENT),)
    assert other.letters == ()


def test_a_link_is_recorded_once():
    """The stream tells at least once; what is linked stays linked once, on both sides."""
    life = a_life(MONDAY).on(MONDAY, linked(), Repeat("9K3MQ-9TX4B"))
    assert life.on(TUESDAY, linked(2), Repeat("9K3MQ-9TX4B")).latest == ()
    assert (life.complaint.links, life.complaint.repeats) == ((EARLIER,), ("9K3MQ-9TX4B",))

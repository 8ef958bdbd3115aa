"""Mornings over the table: begun by the sweep, brought by the stream, told once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from support.clouds import a_light_cloud, requests_of
from support.examples import at
from support.forms import an_intake
from support.people import MANAGER, SUPERVISOR
from support.time import Travels


@pytest.fixture
def travels(cloud):
    return Travels(cloud)


def mornings(travels, person):
    """A person's morning letters, each as its subject and when it left."""
    return [
        (one["Subject"], one["Date"].datetime)
        for one in travels.letters_to(person)
        if one["Subject"].startswith(("【晨报】", "[Morning letter]"))
    ]


def received(travels, **form):
    return travels.receive(an_intake(travels.container.clock.now(), form_id="one form", **form))


def test_each_opening_is_a_due_time(travels):
    """Friday's morning, and then Monday's: the clock stops at each, with nothing else due."""
    travels.advance(hours=4 * 24)
    received(travels, happened_at="2026-11-27")
    travels.advance(hours=2 * 24 + 23)
    assert mornings(travels, SUPERVISOR) == [
        ("【晨报】11月30日：判定 1 件", at("Monday 2026-11-30 09:00"))
    ]


def what_was_told(steps):
    """Every letter of five days in steps of so many hours; the table is in memory."""
    with a_light_cloud() as cloud:
        travels = Travels(cloud)
        received(travels)
        for hours in steps:
            travels.advance(hours=hours)
        return travels.sent()


def test_one_jump_tells_the_same_as_many_steps():
    """The present morning is begun at once in either; the others at their opening."""
    jumped = what_was_told([5 * 24])
    assert what_was_told([1, 2, 4, 17, 48, 24, 24]) == jumped
    told = [at for to, subject, at in jumped if to == SUPERVISOR.email and "晨报" in subject]
    assert len(told) == len(set(told)) == 5


def test_many_sweeps_at_once_begin_one_morning(travels):
    """Whoever is first begins it, and nobody is told twice."""
    received(travels)
    travels.container.sweep  # noqa: B018 - made before the threads ask for it
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda _: travels.container.sweep.go(), range(8)))
    travels.pump.drain()
    assert [one.failed for one in reports] == [()] * 8
    for person in (SUPERVISOR, MANAGER):
        assert len(mornings(travels, person)) == 1
    begun = [one for one in travels.cloud.items() if one["sk"]["S"] == "E#000001"]
    assert sum(one["pk"]["S"].startswith("WORKDAY#") for one in begun) == 2


def test_a_morning_costs_a_sweep_one_small_read_once_it_is_begun(travels):
    """Each sweep asks for each community whether it has begun, and reads nothing more."""
    received(travels)
    travels.container.sweep.go()
    travels.pump.drain()
    now, start_workday = travels.container.clock.now(), travels.container.start_workday
    with requests_of(start_workday.workday_starts.client) as sent:
        for morning in start_workday.come(now + timedelta(minutes=5)):
            start_workday.begin(morning)
    assert sent == ["GetItem", "GetItem"]

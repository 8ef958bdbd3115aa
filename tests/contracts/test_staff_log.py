"""What every `StaffLog` keeps: who did what to whose account, and never less than that."""

from datetime import timedelta

import pytest

from chalicelib.application.outbox import AddressChanged
from chalicelib.application.ports.letters import LetterKey
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError
from chalicelib.domain.staff_log import StaffEvent, StaffRecord
from support.examples import at
from support.people import MANAGER, SUPERVISOR
from support.values import replace

NOW = at("Tuesday 2026-12-01 10:00")
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
NEW = "new@anhe.example"


def a_record(kind=StaffEvent.SIGNED_IN, moment=NOW, **more):
    return StaffRecord(moment, kind, SUPERVISOR.id, SUPERVISOR.id, **more)


def a_change(moment=NOW):
    what = {"email": (SUPERVISOR.email, NEW)}
    return StaffRecord(moment, StaffEvent.CHANGED, SUPERVISOR.id, MANAGER.id, what)


def test_records_come_last_first_across_months(ports):
    """Of the time that is asked for, and no more."""
    records = [a_record(moment=NOW - days * A_DAY) for days in (0, 1, 40)]
    for one in records:
        ports.staff_log.add(one)
    assert ports.staff_log.since(NOW - 60 * A_DAY, NOW) == tuple(records)
    assert ports.staff_log.since(NOW - 2 * A_DAY, NOW) == tuple(records[:2])
    assert ports.staff_log.since(NOW - 60 * A_DAY, NOW - A_MINUTE) == tuple(records[1:])


def test_no_record_takes_another_s_place(ports):
    """Two of one moment, alike in all, are two."""
    for _ in range(3):
        ports.staff_log.add(a_record())
    assert ports.staff_log.since(NOW, NOW) == (a_record(),) * 3


def test_what_anybody_can_try_is_counted_by_the_hour(ports):
    """However often it is tried, it is one record an hour, with the last time and the number."""
    for minutes in (1, 2, 59, 61):
        now = NOW + minutes * A_MINUTE
        ports.staff_log.count(StaffEvent.SIGN_IN_FAILED, SUPERVISOR.id, now)
    later, first = ports.staff_log.since(NOW, NOW + A_DAY)
    assert (first.times, first.at, first.staff) == (3, NOW + 59 * A_MINUTE, SUPERVISOR.id)
    assert (later.times, later.kind) == (1, StaffEvent.SIGN_IN_FAILED)


def test_a_change_and_its_record_are_one(ports):
    """The record stands there when the change does, and the old address is to be told."""
    ports.staff.put(SUPERVISOR, 0)
    ports.staff.put(replace(SUPERVISOR, email=NEW), 1, a_change())
    assert ports.staff_log.since(NOW, NOW) == (a_change(),)
    entry = AddressChanged(SUPERVISOR.id, 2)
    assert ports.staff_log.address_change(entry) == a_change()
    assert list(ports.letters.unsettled(NOW + A_DAY)) == [entry]
    assert ports.letters.claim(LetterKey(entry, SUPERVISOR.id), "address_changed", NOW)
    ports.letters.settle(entry)
    assert list(ports.letters.unsettled(NOW + A_DAY)) == []


def test_a_change_that_comes_too_late_leaves_no_record(ports):
    """Who is told that another editor came first has changed nothing."""
    ports.staff.put(SUPERVISOR, 0)
    ports.staff.put(SUPERVISOR, 1)
    with pytest.raises(ChangedMeanwhileError):
        ports.staff.put(replace(SUPERVISOR, email=NEW), 1, a_change())
    assert ports.staff_log.since(NOW, NOW) == ()
    assert list(ports.letters.unsettled(NOW + A_DAY)) == []


def test_two_changes_of_one_moment_are_two_records(ports):
    """Each is told to the address that it took away."""
    ports.staff.put(SUPERVISOR)
    for _ in range(2):
        ports.staff.put(SUPERVISOR, record=a_change())
    assert len(ports.staff_log.since(NOW, NOW)) == 2
    assert len(list(ports.letters.unsettled(NOW + A_DAY))) == 2


def test_an_address_that_was_never_changed_is_unknown(ports):
    """No letter is made up."""
    with pytest.raises(NotFoundError):
        ports.staff_log.address_change(AddressChanged(SUPERVISOR.id, 1))

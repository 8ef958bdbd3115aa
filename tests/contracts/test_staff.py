"""What every `StaffBook` keeps."""

from datetime import timedelta

import pytest

from chalicelib.application.saved_filters import MOST, SavedFilter
from chalicelib.application.sessions import Session
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError
from chalicelib.domain.staff import Directory
from support.examples import at
from support.people import HEAD, LEADER, MANAGER, SUPERVISOR
from support.values import replace

MORNING = at("Monday 2026-11-23 09:00")
SESSION = Session(MORNING, MORNING, "a browser")
LATER = replace(SESSION, seen_at=MORNING + timedelta(minutes=5))


@pytest.fixture
def book(ports):
    """A book in which the supervisor and the manager stand."""
    ports.staff.put(SUPERVISOR)
    ports.staff.put(MANAGER)
    return ports.staff


def test_an_empty_book_is_an_empty_directory(ports):
    """Before anybody was put in there is nobody, and no error."""
    assert ports.staff.directory() == Directory(())


def test_staff_come_back_in_the_order_of_their_ids(ports):
    """Everything about each comes back, whoever was put in first."""
    for person in (MANAGER, SUPERVISOR, LEADER, HEAD):
        ports.staff.put(person)
    assert ports.staff.directory() == Directory((SUPERVISOR, LEADER, HEAD, MANAGER))
    assert ports.staff.snapshot().directory == ports.staff.directory()


def test_putting_somebody_again_replaces_the_entry(ports):
    """There is one entry a person: the last that was put in."""
    ports.staff.put(SUPERVISOR)
    away = replace(SUPERVISOR, absent=True, deputy="zhao-guoqiang", roles=("receptionist",))
    ports.staff.put(away)
    assert ports.staff.directory() == Directory((away,))


def test_the_second_of_two_editors_is_told(book):
    """Who edits an entry that was changed since they read it changes nothing."""
    version = book.snapshot().versions[SUPERVISOR.id]
    first, second = (replace(SUPERVISOR, email=f"{name}@anhe.example") for name in ("one", "two"))
    book.put(first, version)
    with pytest.raises(ChangedMeanwhileError):
        book.put(second, version)
    assert book.directory().person(SUPERVISOR.id) == first
    book.put(second, version + 1)


def test_a_new_entry_replaces_nobody(book):
    """Version 0 stands for somebody who is not there yet."""
    with pytest.raises(ChangedMeanwhileError):
        book.put(replace(SUPERVISOR, email="other@anhe.example"), version=0)
    book.put(LEADER, version=0)
    assert book.directory().person(SUPERVISOR.id) == SUPERVISOR
    assert book.directory().person(LEADER.id) == LEADER


def test_a_session_is_found_by_its_digest(book):
    """One look tells whose it is; an unknown digest is nobody's."""
    book.begin_session(MANAGER.id, "a digest", SESSION)
    assert book.snapshot().holder("a digest") == (MANAGER, SESSION)
    assert book.snapshot().holder("another") is None


def test_nobodys_session_cannot_begin(book):
    """Somebody who is not in the directory has no session, and no entry either."""
    with pytest.raises(NotFoundError):
        book.begin_session("nobody", "a digest", SESSION)
    assert book.directory() == Directory((SUPERVISOR, MANAGER))


def test_a_change_of_the_entry_ends_no_session(book):
    """Editing a name signs nobody out."""
    book.begin_session(MANAGER.id, "a digest", SESSION)
    renamed = replace(MANAGER, name={"zh": "赵强", "en": "Zhao Qiang"})
    book.put(renamed, book.snapshot().versions[MANAGER.id])
    assert book.snapshot().holder("a digest") == (renamed, SESSION)


def test_disabling_ends_every_session_at_once(book):
    """The same write that disables somebody ends their sessions, so none comes back with them."""
    book.begin_session(MANAGER.id, "a digest", SESSION)
    book.put(replace(MANAGER, disabled=True))
    book.put(MANAGER)
    assert book.snapshot().sessions[MANAGER.id] == {}


def test_a_session_makes_room_by_ending_others(book):
    """The new one is kept and those named are gone, in one step."""
    for digest in ("first", "second", "third"):
        book.begin_session(MANAGER.id, digest, SESSION)
    book.begin_session(MANAGER.id, "fourth", LATER, dropped=("first", "third"))
    assert book.snapshot().sessions[MANAGER.id] == {"second": SESSION, "fourth": LATER}


def test_a_session_is_renewed_while_it_is_there(book):
    """Its last use is written down; one that has ended is not brought back by that."""
    book.begin_session(MANAGER.id, "a digest", SESSION)
    assert book.renew_session(MANAGER.id, "a digest", LATER) is True
    assert book.snapshot().holder("a digest") == (MANAGER, LATER)
    book.end_session(MANAGER.id, "a digest")
    assert book.renew_session(MANAGER.id, "a digest", LATER) is False
    assert book.snapshot().holder("a digest") is None


def test_one_session_ends_alone_and_all_end_together(book):
    """Signing out ends one; signing out everywhere ends one's own and nobody else's."""
    for digest in ("phone", "desk", "home"):
        book.begin_session(MANAGER.id, digest, SESSION)
    book.begin_session(SUPERVISOR.id, "own", SESSION)
    book.end_session(MANAGER.id, "phone")
    assert set(book.snapshot().sessions[MANAGER.id]) == {"desk", "home"}
    book.end_sessions(MANAGER.id)
    assert book.snapshot().sessions[MANAGER.id] == {}
    assert book.snapshot().holder("own") == (SUPERVISOR, SESSION)


def test_ending_what_is_not_there_does_nothing(book):
    """A second sign-out, or one of somebody unknown, is no error and makes no entry."""
    book.end_session(MANAGER.id, "a digest")
    book.end_session("nobody", "a digest")
    book.end_sessions("nobody")
    assert book.directory() == Directory((SUPERVISOR, MANAGER))


OVERDUE = SavedFilter("逾期的 / Overdue", {"view": "overdue", "department": "engineering"})


def filters_of(book, person=MANAGER):
    """The filters that this person keeps."""
    return book.snapshot().filters[person.id]


def test_a_filter_is_kept_with_its_person_alone(book):
    """It comes back as it was kept, by the names in their order; nobody else has it."""
    other = SavedFilter("A", {"text": "漏水 & 3栋"})
    assert book.keep_filter(MANAGER.id, OVERDUE)
    assert book.keep_filter(MANAGER.id, other)
    assert filters_of(book) == (other, OVERDUE)
    assert filters_of(book, SUPERVISOR) == ()


def test_a_filter_of_the_same_name_takes_its_place(book):
    """There is one a name."""
    book.keep_filter(MANAGER.id, OVERDUE)
    changed = SavedFilter(OVERDUE.name, {"view": "mine"})
    assert book.keep_filter(MANAGER.id, changed)
    assert filters_of(book) == (changed,)


def test_no_more_filters_are_kept_than_there_is_room_for(book):
    """One too many is refused, and one of them can still be replaced, or dropped for another."""
    for number in range(MOST):
        assert book.keep_filter(MANAGER.id, SavedFilter(f"{number:02}", {"text": str(number)}))
    assert not book.keep_filter(MANAGER.id, OVERDUE)
    assert book.keep_filter(MANAGER.id, SavedFilter("07", {"view": "all"}))
    book.drop_filter(MANAGER.id, "08")
    assert book.keep_filter(MANAGER.id, OVERDUE)
    assert len(filters_of(book)) == MOST


def test_filters_outlast_a_change_of_the_entry_and_of_sessions(book):
    """They are the person's, whatever else is kept beside them."""
    book.keep_filter(MANAGER.id, OVERDUE)
    book.begin_session(MANAGER.id, "a digest", SESSION)
    book.put(replace(MANAGER, absent=True))
    book.end_sessions(MANAGER.id)
    assert filters_of(book) == (OVERDUE,)


def test_nobody_keeps_no_filter_and_dropping_what_is_not_there_does_nothing(book):
    """Neither makes an entry."""
    assert not book.keep_filter("nobody", OVERDUE)
    book.drop_filter("nobody", OVERDUE.name)
    book.drop_filter(MANAGER.id, OVERDUE.name)
    assert filters_of(book) == ()
    assert book.directory() == Directory((SUPERVISOR, MANAGER))

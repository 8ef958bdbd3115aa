"""How long a session lasts, what is kept of it, and who is asking."""

from datetime import timedelta

import pytest

from chalicelib.application.authentication import Authentication
from chalicelib.application.sessions import (
    IDLE,
    LONGEST,
    MOST,
    SEEN_EVERY,
    Session,
    browser_of,
    digest_of,
    is_over,
)
from fakes.clock import FakeClock
from fakes.staff import FakeStaff
from support.examples import at
from support.office import KEYS
from support.people import MANAGER, STAFF, SUPERVISOR
from support.values import replace

MORNING = at("Monday 2026-11-23 09:00")
CHROME, SAFARI = "Chrome (made up)", "Safari (made up)"
JUST = timedelta(seconds=1)


@pytest.fixture
def visits():
    """Visits over fakes, whose chance gives another token each time."""
    count = iter(range(1, 100))
    keys = replace(KEYS, entropy=lambda size: next(count).to_bytes(size, "big"))
    book = FakeStaff()
    for person in STAFF:
        book.put(person)
    return Authentication(book, keys, FakeClock(MORNING))


def sessions(visits):
    return visits.staff.roll().sessions[MANAGER.id]


def test_a_token_tells_who_asks(visits):
    """The one who began it, all her colleagues, and the sign of her forms."""
    token = visits.begin(MANAGER.id, CHROME)
    visit = visits.visit(token, CHROME)
    assert (visit.staff, visit.directory) == (MANAGER, visits.staff.directory())
    assert visits.keys.accepts_form_sign(token, visit.csrf)


def test_a_token_has_256_bits_and_only_its_digest_is_kept(visits):
    """What stands in the table signs nobody in."""
    token = visits.begin(MANAGER.id, CHROME)
    assert len(bytes.fromhex(token)) == 32
    (kept,) = sessions(visits)
    assert kept == digest_of(token)
    assert token not in str(visits.staff.roll().sessions)
    assert visits.visit(kept, CHROME) is None


@pytest.mark.parametrize("token", ["", "made up", "0" * 64])
def test_another_token_is_nobodys(visits, token):
    """No token, or one that was never given out, lets nobody in."""
    visits.begin(MANAGER.id, CHROME)
    assert visits.visit(token, CHROME) is None


def test_who_does_nothing_for_an_hour_is_signed_out(visits):
    """Each use within the hour gives another hour."""
    token = visits.begin(MANAGER.id, CHROME)
    for _ in range(3):
        visits.clock.at += IDLE - JUST
        assert visits.visit(token, CHROME)
    visits.clock.at += IDLE
    assert visits.visit(token, CHROME) is None


def test_after_twelve_hours_everybody_signs_in_again(visits):
    """However often she was seen meanwhile."""
    token = visits.begin(MANAGER.id, CHROME)
    while visits.clock.at + IDLE / 2 < MORNING + LONGEST:
        visits.clock.at += IDLE / 2
        assert visits.visit(token, CHROME)
    visits.clock.at = MORNING + LONGEST
    assert visits.visit(token, CHROME) is None


@pytest.mark.parametrize(
    ("idle", "age", "over"),
    [
        (IDLE - JUST, IDLE, False),
        (IDLE, IDLE, True),
        (JUST, LONGEST - JUST, False),
        (JUST, LONGEST, True),
    ],
)
def test_a_session_is_over_at_either_limit(idle, age, over):
    """At the limit it is over, a second before it is not."""
    session = Session(MORNING - age, MORNING - idle, browser_of(CHROME))
    assert is_over(session, MORNING) is over


def test_a_session_s_use_is_written_down_every_five_minutes_at_most(visits):
    """A look within five minutes of the last writes nothing."""
    token = visits.begin(MANAGER.id, CHROME)
    visits.clock.at += SEEN_EVERY - JUST
    visits.visit(token, CHROME)
    assert sessions(visits)[digest_of(token)].seen_at == MORNING
    visits.clock.at += JUST
    visits.visit(token, CHROME)
    assert sessions(visits)[digest_of(token)].seen_at == MORNING + SEEN_EVERY


def test_a_token_in_another_browser_ends_for_both(visits):
    """It was copied, so the thief is refused and the owner signs in again."""
    token = visits.begin(MANAGER.id, CHROME)
    assert visits.visit(token, SAFARI) is None
    assert visits.visit(token, CHROME) is None
    assert sessions(visits) == {}


def test_a_disabled_person_is_nobody(visits):
    """Even if her session were still there."""
    token = visits.begin(MANAGER.id, CHROME)
    book = visits.staff
    book.staff[MANAGER.id] = replace(MANAGER, disabled=True)
    assert sessions(visits)
    assert visits.visit(token, CHROME) is None


def test_signing_out_ends_this_session_alone(visits):
    """Her other browser stays signed in; an unknown token ends nothing."""
    here, there = visits.begin(MANAGER.id, CHROME), visits.begin(MANAGER.id, SAFARI)
    visits.end(here)
    visits.end("made up")
    assert visits.visit(here, CHROME) is None
    assert visits.visit(there, SAFARI)


def test_signing_out_everywhere_ends_one_s_own_sessions_alone(visits):
    """All of hers, nobody else's."""
    here, there = visits.begin(MANAGER.id, CHROME), visits.begin(MANAGER.id, SAFARI)
    other = visits.begin(SUPERVISOR.id, CHROME)
    visits.end_all(MANAGER.id)
    assert [visits.visit(here, CHROME), visits.visit(there, SAFARI)] == [None, None]
    assert visits.visit(other, CHROME).staff == SUPERVISOR


def test_a_session_that_ends_while_it_is_written_down_stays_ended(visits):
    """A sign-out between looking and writing down that she was seen is not undone by that."""
    token = visits.begin(MANAGER.id, CHROME)
    visits.clock.at += SEEN_EVERY
    before = visits.staff.roll()
    visits.end_all(MANAGER.id)
    late = replace(visits, staff=_Late(visits.staff, before))
    assert late.visit(token, CHROME) is None
    assert sessions(visits) == {}


class _Late:
    """A book whose roll was read before the rest happened."""

    def __init__(self, book, before):
        self.roll = lambda: before
        self.renew_session = book.renew_session


def test_one_person_has_ten_sessions_at_most(visits):
    """An eleventh takes the place of the oldest."""
    tokens = []
    for _ in range(MOST + 1):
        tokens.append(visits.begin(MANAGER.id, CHROME))
        visits.clock.at += timedelta(minutes=1)
    assert len(sessions(visits)) == MOST
    assert visits.visit(tokens[0], CHROME) is None
    assert visits.visit(tokens[1], CHROME)


def test_a_new_session_clears_away_those_that_are_over(visits):
    """What nobody can use any more is not kept."""
    visits.begin(MANAGER.id, CHROME)
    visits.clock.at += LONGEST
    fresh = visits.begin(MANAGER.id, CHROME)
    assert set(sessions(visits)) == {digest_of(fresh)}


def test_a_form_of_another_session_is_refused(visits):
    """Each session signs its forms for itself."""
    first, second = visits.begin(MANAGER.id, CHROME), visits.begin(MANAGER.id, CHROME)
    sign = visits.visit(first, CHROME).csrf
    assert not visits.keys.accepts_form_sign(second, sign)
    assert not visits.keys.accepts_form_sign(first, "")


def test_a_form_outlives_a_new_key_of_the_server():
    """A sign made under a key that is still accepted is good."""
    old = replace(KEYS, secrets=(b"old",))
    both = replace(KEYS, secrets=(b"new", b"old"))
    assert both.accepts_form_sign("token", old.form_sign("token"))
    assert not replace(KEYS, secrets=(b"new",)).accepts_form_sign("token", old.form_sign("token"))

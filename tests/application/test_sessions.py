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
def authentication():
    """Visits over fakes, whose chance gives another token each time."""
    count = iter(range(1, 100))
    keys = replace(KEYS, entropy=lambda size: next(count).to_bytes(size, "big"))
    book = FakeStaff()
    for person in STAFF:
        book.put(person)
    return Authentication(book, keys, FakeClock(MORNING))


def sessions(authentication):
    return authentication.staff.snapshot().sessions[MANAGER.id]


def test_a_token_tells_who_asks(authentication):
    """The one who began it, all colleagues, and the sign of their forms."""
    token = authentication.begin(MANAGER.id, CHROME)
    principal = authentication.principal(token, CHROME)
    assert (principal.staff, principal.directory) == (MANAGER, authentication.staff.directory())
    assert authentication.keys.accepts_form_sign(token, principal.csrf)


def test_a_token_has_256_bits_and_only_its_digest_is_kept(authentication):
    """What stands in the table signs nobody in."""
    token = authentication.begin(MANAGER.id, CHROME)
    assert len(bytes.fromhex(token)) == 32
    (kept,) = sessions(authentication)
    assert kept == digest_of(token)
    assert token not in str(authentication.staff.snapshot().sessions)
    assert authentication.principal(kept, CHROME) is None


@pytest.mark.parametrize("token", ["", "made up", "0" * 64])
def test_another_token_is_nobodys(authentication, token):
    """No token, or one that was never given out, lets nobody in."""
    authentication.begin(MANAGER.id, CHROME)
    assert authentication.principal(token, CHROME) is None


def test_who_does_nothing_for_an_hour_is_signed_out(authentication):
    """Each use within the hour gives another hour."""
    token = authentication.begin(MANAGER.id, CHROME)
    for _ in range(3):
        authentication.clock.at += IDLE - JUST
        assert authentication.principal(token, CHROME)
    authentication.clock.at += IDLE
    assert authentication.principal(token, CHROME) is None


def test_after_twelve_hours_everybody_signs_in_again(authentication):
    """However often the session was used meanwhile."""
    token = authentication.begin(MANAGER.id, CHROME)
    while authentication.clock.at + IDLE / 2 < MORNING + LONGEST:
        authentication.clock.at += IDLE / 2
        assert authentication.principal(token, CHROME)
    authentication.clock.at = MORNING + LONGEST
    assert authentication.principal(token, CHROME) is None


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


def test_a_session_s_use_is_written_down_every_five_minutes_at_most(authentication):
    """A look within five minutes of the last writes nothing."""
    token = authentication.begin(MANAGER.id, CHROME)
    authentication.clock.at += SEEN_EVERY - JUST
    authentication.principal(token, CHROME)
    assert sessions(authentication)[digest_of(token)].seen_at == MORNING
    authentication.clock.at += JUST
    authentication.principal(token, CHROME)
    assert sessions(authentication)[digest_of(token)].seen_at == MORNING + SEEN_EVERY


def test_a_token_in_another_browser_ends_for_both(authentication):
    """It was copied, so the thief is refused and the owner signs in again."""
    token = authentication.begin(MANAGER.id, CHROME)
    assert authentication.principal(token, SAFARI) is None
    assert authentication.principal(token, CHROME) is None
    assert sessions(authentication) == {}


def test_a_disabled_person_is_nobody(authentication):
    """Even if the session were still there."""
    token = authentication.begin(MANAGER.id, CHROME)
    book = authentication.staff
    book.staff[MANAGER.id] = replace(MANAGER, disabled=True)
    assert sessions(authentication)
    assert authentication.principal(token, CHROME) is None


def test_signing_out_ends_this_session_alone(authentication):
    """The other browser stays signed in; an unknown token ends nothing."""
    here, there = authentication.begin(MANAGER.id, CHROME), authentication.begin(MANAGER.id, SAFARI)
    authentication.end(here)
    authentication.end("made up")
    assert authentication.principal(here, CHROME) is None
    assert authentication.principal(there, SAFARI)


def test_signing_out_everywhere_ends_one_s_own_sessions_alone(authentication):
    """All of one's own, nobody else's."""
    here, there = authentication.begin(MANAGER.id, CHROME), authentication.begin(MANAGER.id, SAFARI)
    other = authentication.begin(SUPERVISOR.id, CHROME)
    authentication.end_all(MANAGER.id)
    assert [authentication.principal(here, CHROME), authentication.principal(there, SAFARI)] == [
        None,
        None,
    ]
    assert authentication.principal(other, CHROME).staff == SUPERVISOR


def test_a_session_that_ends_while_it_is_written_down_stays_ended(authentication):
    """A sign-out between reading a session and writing down its use is not undone by that."""
    token = authentication.begin(MANAGER.id, CHROME)
    authentication.clock.at += SEEN_EVERY
    before = authentication.staff.snapshot()
    authentication.end_all(MANAGER.id)
    late = replace(authentication, staff=_Late(authentication.staff, before))
    assert late.principal(token, CHROME) is None
    assert sessions(authentication) == {}


class _Late:
    """A book whose snapshot was read before the rest happened."""

    def __init__(self, book, before):
        self.snapshot = lambda: before
        self.renew_session = book.renew_session


def test_one_person_has_ten_sessions_at_most(authentication):
    """An eleventh takes the place of the oldest."""
    tokens = []
    for _ in range(MOST + 1):
        tokens.append(authentication.begin(MANAGER.id, CHROME))
        authentication.clock.at += timedelta(minutes=1)
    assert len(sessions(authentication)) == MOST
    assert authentication.principal(tokens[0], CHROME) is None
    assert authentication.principal(tokens[1], CHROME)


def test_a_new_session_clears_away_those_that_are_over(authentication):
    """What nobody can use any more is not kept."""
    authentication.begin(MANAGER.id, CHROME)
    authentication.clock.at += LONGEST
    fresh = authentication.begin(MANAGER.id, CHROME)
    assert set(sessions(authentication)) == {digest_of(fresh)}


def test_a_form_of_another_session_is_refused(authentication):
    """Each session signs its forms for itself."""
    first, second = (
        authentication.begin(MANAGER.id, CHROME),
        authentication.begin(MANAGER.id, CHROME),
    )
    sign = authentication.principal(first, CHROME).csrf
    assert not authentication.keys.accepts_form_sign(second, sign)
    assert not authentication.keys.accepts_form_sign(first, "")


def test_a_form_outlives_a_new_key_of_the_server():
    """A sign made under a key that is still accepted is good."""
    old = replace(KEYS, form_secrets=(b"old",))
    both = replace(KEYS, form_secrets=(b"new", b"old"))
    assert both.accepts_form_sign("token", old.form_sign("token"))
    assert not replace(KEYS, form_secrets=(b"new",)).accepts_form_sign(
        "token", old.form_sign("token")
    )

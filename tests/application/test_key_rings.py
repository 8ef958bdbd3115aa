"""Two rings of keys: what makes, what is accepted, and what is refused."""

import base64
from itertools import count

import pytest
from msgspec.structs import replace

from chalicelib.application.key_rings import KEPT, SETTLING, TooSoonError, new_rings, rotated
from chalicelib.application.keys import Keys, WeakKeyError
from support.examples import at

MADE, LATER = at("Monday 2026-11-23 10:00"), at("Wednesday 2026-11-25 10:00")
REFERENCE = "7K3MQ-9TX4B"


def chance():
    """A source of chance that never says the same twice."""
    numbers = count(1)
    return lambda size: next(numbers).to_bytes(size, "big")


ENTROPY = chance()


def keys(rings, now):
    return Keys(rings.secrets("codes", "x", now), bytes, rings.secrets("forms", "x", now))


def test_the_first_keys_make_at_once():
    """A new stage has one key of 32 bytes in each ring, and they are not the same."""
    rings = new_rings(MADE, ENTROPY)
    (code,), (form,) = (rings.secrets(ring, "x", MADE) for ring in ("codes", "forms"))
    assert (len(code), len(form)) == (32, 32)
    assert code != form


def test_a_new_key_is_accepted_a_day_before_it_makes():
    """A function that read the keys before knows every key that makes while it is warm."""
    before = new_rings(MADE, ENTROPY)
    after = rotated(before, "codes", LATER, ENTROPY)
    warm, fresh = keys(before, MADE), keys(after, LATER)
    assert warm.accepts(REFERENCE, fresh.code(REFERENCE))
    settled = keys(after, LATER + SETTLING)
    assert fresh.accepts(REFERENCE, settled.code(REFERENCE))
    assert settled.accepts(REFERENCE, warm.code(REFERENCE))
    assert settled.code(REFERENCE) != warm.code(REFERENCE)


def test_rotating_one_ring_leaves_the_other():
    """Signs of forms are replaced without touching any resident's code."""
    before = new_rings(MADE, ENTROPY)
    after = rotated(before, "forms", LATER, ENTROPY, at_once=True)
    assert keys(after, LATER).code(REFERENCE) == keys(before, MADE).code(REFERENCE)
    assert keys(after, LATER).form_sign("token") != keys(before, MADE).form_sign("token")
    assert keys(after, LATER).accepts_form_sign("token", keys(before, MADE).form_sign("token"))


def test_a_code_is_worth_nothing_as_a_sign_of_a_form():
    """The rings share no key, so that whoever finds one has not found the other."""
    rings = new_rings(MADE, ENTROPY)
    swapped = replace(rings, codes=rings.forms, forms=rings.codes)
    sign = keys(rings, MADE).form_sign("token")
    assert not keys(swapped, MADE).accepts_form_sign("token", sign)


def test_a_stolen_key_can_be_dropped_at_once():
    """Nothing that it made opens anything afterwards."""
    before = new_rings(MADE, ENTROPY)
    after = rotated(before, "codes", LATER, ENTROPY, 1, at_once=True)
    stolen = keys(before, MADE).code(REFERENCE)
    assert not keys(after, LATER).accepts(REFERENCE, stolen)


def test_two_rotations_in_a_day_are_one_too_many():
    """A ring never drops what still makes for one that does not yet."""
    once = rotated(new_rings(MADE, ENTROPY), "forms", LATER, ENTROPY)
    with pytest.raises(TooSoonError) as refused:
        rotated(once, "forms", LATER, ENTROPY)
    assert refused.value.until == LATER + SETTLING


@pytest.mark.parametrize("ring", ["codes", "forms"])
def test_only_so_many_are_kept(ring):
    """The newest stay, numbered on, and the parameter never outgrows its 4,096 bytes."""
    rings, now = new_rings(MADE, ENTROPY), MADE
    for _ in range(10):
        now += SETTLING
        rings = rotated(rings, ring, now, ENTROPY)
    numbers = [key.number for key in rings.ring(ring)]
    assert numbers == list(range(11, 11 - KEPT[ring], -1))


BAD = {
    "empty": ("", "key 1 is empty"),
    "short": (base64.b64encode(bytes(31)).decode(), "key 1 is too short; it has 31 bytes"),
    "no base64": ("§§§", "key 1 is not base64"),
}


@pytest.mark.parametrize(("secret", "said"), BAD.values(), ids=BAD)
def test_a_bad_key_is_named_and_not_shown(secret, said):
    """The sentence says which key of which ring, and nothing of what it holds."""
    rings = new_rings(MADE, ENTROPY)
    bad = replace(rings, forms=(replace(rings.forms[0], secret=secret),))
    with pytest.raises(WeakKeyError, match=said) as refused:
        bad.secrets("forms", "/the/parameter", MADE)
    assert "forms" in str(refused.value)
    assert not secret or secret not in str(refused.value)


def test_an_empty_ring_is_refused():
    """Without a key nothing would be signed."""
    rings = replace(new_rings(MADE, ENTROPY), codes=())
    with pytest.raises(WeakKeyError, match="codes holds no key"):
        rings.secrets("codes", "/the/parameter", MADE)

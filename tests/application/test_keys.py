"""References, codes and digests under the server's keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.application.keys import Keys

OLD, NEW = b"the old key", b"the new key"
REFERENCE = "7K3MQ-9TX4B"


def keys(*secrets):
    return Keys(secrets, lambda count: bytes(range(count)), (b"a key for forms",))


def test_a_code_is_accepted_under_every_key_that_still_counts():
    """While a key is replaced, codes made under the old one still open the page."""
    code = keys(OLD).code(REFERENCE)
    assert keys(NEW, OLD).accepts(REFERENCE, code)
    assert not keys(NEW).accepts(REFERENCE, code)
    assert keys(NEW, OLD).code(REFERENCE) == keys(NEW).code(REFERENCE)


def test_raising_the_version_revokes_a_code():
    """A code of version 1 opens nothing once the version is 2."""
    made = keys(NEW)
    assert not made.accepts(REFERENCE, made.code(REFERENCE), version=2)


def test_a_code_has_eighty_bits():
    """16 symbols of 5 bits, in groups that can be read out."""
    code = keys(NEW).code(REFERENCE)
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]


@given(st.text(max_size=64).filter(lambda text: text.isprintable()))
def test_one_form_is_one_reference(form_id):
    """The same form's id leads to the same reference, under the same key alone."""
    assert keys(NEW).reference(form_id) == keys(NEW).reference(form_id)
    assert keys(NEW).reference(form_id) != keys(OLD).reference(form_id)


@given(st.text(max_size=100))
def test_nothing_typed_opens_a_page_by_accident(typed):
    """Whatever is typed is read or refused, and never an error."""
    assert not keys(NEW, OLD).accepts(REFERENCE, typed)
    assert not keys(NEW, OLD).accepts(typed, keys(NEW).code(REFERENCE))


@pytest.mark.parametrize("other", [("jade", "lake-3", "12"), ("jade-lake", "31", "2")])
def test_parts_are_not_run_together(other):
    """A household is told from another whose parts join to the same letters."""
    assert keys(NEW).household("jade-lake", "3", "12") != keys(NEW).household(*other)

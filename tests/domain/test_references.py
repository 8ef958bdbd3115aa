"""References and codes survive being read out, written down and typed in again."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.references import (
    code_from,
    reference_from,
    tidied_code,
    tidied_reference,
)

REFERENCES = st.binary(min_size=7, max_size=32).map(reference_from)
CODES = st.binary(min_size=10, max_size=32).map(code_from)
MISREADINGS = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}


@st.composite
def typed(draw, spelled):
    """The way somebody types it: lower case, letters for digits, spaces and dashes anywhere."""
    symbols = draw(spelled).replace("-", "")
    letters = [draw(st.sampled_from(MISREADINGS.get(one, one + one.lower()))) for one in symbols]
    gaps = [draw(st.sampled_from(["", "", " ", "-", " - "])) for _ in symbols]
    return "".join(gap + letter for gap, letter in zip(gaps, letters, strict=True))


@settings(deadline=None)
@given(st.data(), REFERENCES)
def test_a_reference_is_understood_however_it_is_typed(data, reference):
    """Case, spaces, dashes, and O, I, L and U for 0, 1, 1 and V make no difference."""
    assert tidied_reference(data.draw(typed(st.just(reference)))) == reference


@settings(deadline=None)
@given(st.data(), CODES)
def test_a_code_is_understood_however_it_is_typed(data, code):
    """What holds for a reference holds for a resident's code."""
    assert tidied_code(data.draw(typed(st.just(code)))) == code


@settings(deadline=None)
@given(REFERENCES, CODES)
def test_how_they_look(reference, code):
    """Ten symbols in two groups, sixteen in four, without the letters that are misread."""
    symbol = "[0-9A-HJKMNP-TV-Z]"
    assert re.fullmatch(f"{symbol}{{5}}-{symbol}{{5}}", reference)
    assert re.fullmatch(f"({symbol}{{4}}-){{3}}{symbol}{{4}}", code)


@settings(deadline=None)
@given(st.text())
def test_anything_at_all_can_be_typed(text):
    """Nonsense comes back as some other nonsense, cut short, and never as an error."""
    assert len(tidied_reference(text).replace("-", "")) <= 32
    assert len(tidied_code(text).replace("-", "")) <= 32


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("7K3MQ-9TX4B", "7K3MQ-9TX4B"),
        ("7k3mq9tx4b", "7K3MQ-9TX4B"),
        ("  7k3 mq 9tx 4b ", "7K3MQ-9TX4B"),
        ("oIl00-uuuuu", "01100-VVVVV"),
    ],
)
def test_a_reference_read_over_the_telephone(written, reference):
    """A few ways in which the same reference reaches the desk."""
    assert tidied_reference(written) == reference


@settings(deadline=None)
@given(st.integers(0, 2**50 - 1), st.integers(0, 2**50 - 1))
def test_different_bits_make_different_references(one, other):
    """All fifty bits count, so no two different ones spell the same reference."""
    spelled = [reference_from((number << 6).to_bytes(7)) for number in (one, other)]
    assert (spelled[0] == spelled[1]) is (one == other)


@settings(deadline=None)
@given(st.integers(0, 2**80 - 1), st.integers(0, 79))
def test_every_bit_of_a_code_counts(number, bit):
    """A code has eighty bits, and changing any one changes the code."""
    other = number ^ (1 << bit)
    assert code_from(number.to_bytes(10)) != code_from(other.to_bytes(10))


def test_a_reference_may_be_typed_full_width_and_with_any_dash():
    """Chinese input methods type ７Ｋ３ and long dashes; they mean the same."""
    assert tidied_reference("７Ｋ３ｍｑ—9tx4b") == "7K3MQ-9TX4B"

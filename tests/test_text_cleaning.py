"""What a reader sees of what was typed: nothing hidden is kept, and nothing seen is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import field_parsers
from chalicelib.fields import FIELDS
from chalicelib.text_cleaning import visible

MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
FILLERS = "\u200b\u2060\ufeff\u00ad"
BLANK = (" ", "\n", "\t", "\u00a0", "\u3000", "\u2003", "\u3164", "\uffa0", "\u115f", "\u2800")
KEPT = (
    *("👨‍👩‍👧‍👦", "❤️", "👍🏽", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇨🇳", "1️⃣"),
    *("𠮷野家", "𪚥", "葛󠄀城", "می‌خواهم", "क्‍ष", "é", "한글"),
)


def test_a_mark_that_shows_nothing_is_dropped():
    """Marks of direction and fillers vanish wherever they stand."""
    for mark in [*MARKS, *FILLERS]:
        assert visible(f"{mark}水{mark}管{mark}") == "水管", ascii(mark)


def test_what_is_seen_is_kept_as_it_is():
    """Emoji of several signs, rare characters and joined letters pass untouched."""
    for text in KEPT:
        assert visible(text) == text, text
        assert FIELDS["name"].text(text) == text, text


def test_what_shows_nothing_is_empty():
    """However often it stands there, there is nothing to read."""
    for text in [*BLANK, *MARKS, *FILLERS, "\u200d", "\ufe0f", "\u200c"]:
        assert visible(text) == "", ascii(text)
        assert FIELDS["description"].text(f"{text} {text}\u3000{text}") == "", ascii(text)


def test_a_space_behind_a_mark_is_trimmed():
    """What a mark had hidden is no reason to keep it."""
    assert FIELDS["name"].text("\u200e 李女士 \u202c") == "李女士"


@pytest.mark.parametrize("name", ["description", "name"])
def test_what_is_dropped_does_not_count(name):
    """The limit is of what can be read."""
    limit = FIELDS[name].limit
    assert FIELDS[name].text("\u200b".join("水" * limit)) == "水" * limit


@given(st.text())
def test_seen_once_is_seen_for_good(text):
    """Looking again drops nothing more, and nothing is made up."""
    once = visible(text)
    assert visible(once) == once
    assert not set(once) & {*MARKS, *FILLERS}
    rest = iter(text)
    assert all(char in rest for char in once)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("(021) 5550-1100", "(021) 5550-1100"),
        ("（021）5550 1100", "(021)5550 1100"),
        ("+86 (0)21 5550 1100", "+86 (0)21 5550 1100"),
        ("(+86) 138 0000 0000", "(+86) 138 0000 0000"),
        ("021—5550—1100", "021-5550-1100"),
        ("０２１－５５５０－１１００", "021-5550-1100"),
        ("021-5550-1100 转 8", "021-5550-1100 转 8"),
        ("\u202d138 0000 0000\u202c", "138 0000 0000"),
    ],
)
def test_a_number_is_taken_as_it_is_written(typed, kept):
    """Brackets, dashes and full-width signs are how people write a number."""
    assert field_parsers.phone(FIELDS["phone"].text(typed)) == kept


@pytest.mark.parametrize("typed", ["()", "(", "((021))", "+(+86)21", "() 021", "(0)"])
def test_brackets_alone_make_no_number(typed):
    """There are digits to dial, or it is asked for again."""
    with pytest.raises(field_parsers.UnfitError):
        field_parsers.phone(typed)

"""Words as one looks for them: one spelling for width, capitals, traditional and simplified."""

import re

import opencc
import pytest

import han_variants
from chalicelib.application.search_text import folded, holds, sought


def test_the_file_is_what_the_dictionary_says():
    """Made by infra/han_variants.py; after another version of OpenCC it is made again."""
    assert han_variants.FILE.read_text("utf-8") == han_variants.file()


def test_a_text_in_traditional_characters_is_the_simplified_one():
    """Sentence by sentence as OpenCC has it, character by character."""
    convert = opencc.OpenCC("t2s").convert
    for text in ("樓道裏的燈壞了兩天，請儘快維修。", "電梯門關不上", "業戶投訴物業"):
        by_character = "".join(map(convert, text))
        assert folded(text) == folded(by_character)
        assert re.search(r"[樓燈壞兩請維電門關業戶訴]", folded(text)) is None


@pytest.mark.parametrize(
    ("words", "text", "code", "found"),
    [
        ("ｗａｔｅｒ", "Water again", "", True),
        ("水管　3栋", "3栋的水管", "", True),
        ("水管 4栋", "3栋的水管", "", False),
        ("7k3mq9tx4b", "", "7K3MQ-9TX4B", True),
        ("9TX4B", "", "7K3MQ-9TX4B", True),
        ("138-00000000", "", "138 0000 0000", True),
        ("-", "a - b", "", True),
        ("-", "", "7K3MQ-9TX4B", False),
        ("", "", "", True),
    ],
)
def test_each_word_stands_in_a_text_or_a_code(words, text, code, found):
    """Hyphens and blanks say nothing in a code, and are characters in a text."""
    assert holds(sought(words), [text], [code]) is found

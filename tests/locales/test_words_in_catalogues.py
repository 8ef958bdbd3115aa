"""Words that people read stand in catalogues: no module of the program holds Chinese ones."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("docs/generator", "functions/chalicelib", "infra/desk")
MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")
"""Characters, and the full-width marks between them."""
EXCEPTIONS = {
    "field_parsers.py": "the pattern of a telephone number, whose extension people write with 转",
    "complained_about.py": "the words between two names, as residents write them",
    "names.py": "patterns of names, as residents write them",
    "strangers.py": "what makes no full name, as residents write",
    "naming_words.py": "titles, trades and surnames, as residents write them",
    "households.py": "patterns and numerals of addresses, as residents type them",
}
"""Modules that read Chinese without saying any, by file name, each with its reason."""


def literals(source: str) -> Iterator[str]:
    """Every string of a module that is not a docstring, those within f-strings among them."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def chinese(source: str) -> list[str]:
    """The strings with Chinese in them."""
    return [one for one in literals(source) if CHINESE.search(one)]


def test_there_are_modules_of_each_folder():
    """A folder that was renamed is not passed over."""
    for folder in FOLDERS:
        assert [path for path in MODULES if path.is_relative_to(ROOT / folder)]


def test_no_module_holds_chinese_words():
    """What is said in Chinese is said in a catalogue, beside its English."""
    for path in MODULES:
        if path.name not in EXCEPTIONS:
            assert chinese(path.read_text("utf-8")) == [], path


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_an_exception_is_one_module_that_needs_it(name):
    """No exception outlives its reason, or covers a second module."""
    (path,) = [path for path in MODULES if path.name == name]
    assert chinese(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('"""投诉"""', []),
        ('A = 1\n"""投诉"""', []),
        ('A = "投诉"', ["投诉"]),
        ('def f(b):\n    return f"{b} 天"', [" 天"]),
        ('A = "（"', ["（"]),
        ('A = "“—→”"', []),
    ],
)
def test_docstrings_may_name_what_they_are_about(source, found):
    """A docstring says nothing to a reader of the product; a part of an f-string does."""
    assert chinese(source) == found

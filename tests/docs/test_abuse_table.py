"""SECURITY.md names for each abuse the tests in which it is tried, and they are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (ROOT / "SECURITY.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and "---" not in line
][1:]


def test_there_is_a_table():
    """Of what was tried, what happens, and where."""
    assert len(ROWS) > 20
    assert {len(row) for row in ROWS} == {3}


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:60] for row in ROWS])
def test_each_row_names_its_tests(row):
    """A file of tests each, or a folder of them."""
    named = re.findall(r"`(tests/[^`]+)`", row[2])
    assert named
    for one in named:
        path = ROOT / one
        assert [*path.glob("test_*.py")] if one.endswith("/") else path.is_file(), one

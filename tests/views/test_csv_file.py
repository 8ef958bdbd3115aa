"""A table as text: dates as dates, numbers as text, and nothing that a spreadsheet would run."""

import csv
import io
from datetime import datetime

import pytest

from chalicelib.application.sheets import Sheet
from chalicelib.views.csv_file import as_text, csv_text

FORMULAS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)", "﹦1+1"),
    *("\t=1+1", "\r=1+1", "\n=1+1", "\tx", "\rx", " =1+1", "　＝1+1", '=cmd|"/c calc"!A1'),
)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_formula_begins_a_cell(text):
    """Half and full width, behind blanks, tabs and line ends."""
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["13800000000", "138 0000 0000", "021-5550-1100", "0602", "3-1201", "5.2.1", "1E5", "3"]
)
def test_what_looks_like_a_number_stays_text(text):
    """No telephone number loses its digits, no unit becomes a date."""
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "水管爆裂", "3栋", "1201室", "a=b", "李-王", "7K3MQ-9TX4B"])
def test_what_is_plainly_text_stands_as_it_is(text):
    """A sign within a text runs nothing."""
    assert as_text(text) == text


def test_a_file_opens_in_chinese_with_its_lines_and_quotes_whole():
    """The byte order mark first, lines ended as Windows does, quotes and line ends within kept."""
    rows = [("漏水，“大”", 'a "b"\n第二行', datetime(2026, 11, 23, 10, 5), None, 3)]  # noqa: DTZ001
    text = csv_text(Sheet("表", ("一", "二", "三", "四", "五"), rows))
    assert text.encode().startswith(b"\xef\xbb\xbf")
    assert text.count("\r\n") == 2
    (_, row) = csv.reader(io.StringIO(text[1:]))
    assert row == ["漏水，“大”", 'a "b"\n第二行', "2026-11-23 10:05", "", "3"]

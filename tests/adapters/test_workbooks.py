"""Workbooks, read again by another library: text is text, moments are dates, nothing runs."""

from datetime import datetime
from io import BytesIO

import openpyxl
import pytest

from chalicelib.adapters.workbooks import XlsxWorkbooks
from chalicelib.application.sheets import Sheet
from support.examples import at
from views.test_csv_file import FORMULAS

MOMENT = datetime(2026, 11, 23, 10, 5)  # noqa: DTZ001 - of the community's clock


def read(*rows, heading=("一", "二")):
    file = XlsxWorkbooks().write([Sheet("全部投诉", heading, rows)], at("Tuesday 2026-12-01 10:00"))
    return openpyxl.load_workbook(BytesIO(file))["全部投诉"]


@pytest.mark.parametrize("text", [*FORMULAS, "13800000000", "0602", "https://x.example", "{=A1}"])
def test_a_text_is_a_text(text):
    """By its type and by its format, so that it stays one when it is edited."""
    cell = read((text, "x"))["A2"]
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert cell.value.replace("_x000D_", "\r") == text


def test_moments_are_dates_and_numbers_are_numbers():
    """And what is nothing has no cell."""
    sheet = read((MOMENT, 3), (None, ""))
    assert sheet["A2"].is_date
    assert (sheet["A2"].value, sheet["A2"].number_format) == (MOMENT, "yyyy-mm-dd hh:mm")
    assert (sheet["B2"].value, sheet["B2"].data_type) == (3, "n")
    assert (sheet["A3"].value, sheet["B3"].value) == (None, None)


def test_the_heading_stays_in_sight_and_filters():
    """Also where there is no row at all."""
    for rows, reach in (((("a", "b"), ("c", "d")), "A1:B3"), ((), "A1:B1")):
        sheet = read(*rows)
        assert [one.value for one in sheet[1]] == ["一", "二"]
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", reach)

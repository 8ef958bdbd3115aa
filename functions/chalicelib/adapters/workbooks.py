"""Workbooks by XlsxWriter, row by row: what has been written leaves the memory."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from chalicelib.application.sheets import Cell, Sheet

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDE = 18
"""Characters in a column, so that a date can be read."""


class XlsxWorkbooks:
    """The `Workbooks` port."""

    def write(self, sheets: Iterable[Sheet], made_at: datetime) -> bytes:
        """The file, whole."""
        file = BytesIO()
        with Workbook(file, _OPTIONS) as workbook:
            workbook.set_properties({"created": made_at.replace(tzinfo=None)})
            formats = {
                "bold": workbook.add_format({"bold": True, "num_format": "@"}),
                # Text by its format, too: what is edited in its cell does not become a formula.
                "text": workbook.add_format({"num_format": "@"}),
                "moment": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            }
            for one in sheets:
                _fill(workbook.add_worksheet(one.name), one, formats)
        return file.getvalue()


def _fill(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:  # noqa: ANN401 - untyped
    last = len(sheet.heading) - 1
    page.set_column(0, last, _WIDE)
    page.freeze_panes(1, 1)
    for column, text in enumerate(sheet.heading):
        page.write_string(0, column, text, formats["bold"])
    count = 0
    for count, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            _write(page, (count, column), cell, formats)
    page.autofilter(0, 0, count, last)


def _write(page: Any, at: tuple[int, int], cell: Cell, formats: dict[str, Any]) -> None:  # noqa: ANN401 - untyped
    match cell:
        case None | "":
            return
        case str():
            page.write_string(*at, cell, formats["text"])
        case datetime():
            page.write_datetime(*at, cell, formats["moment"])
        case _:
            page.write_number(*at, cell)

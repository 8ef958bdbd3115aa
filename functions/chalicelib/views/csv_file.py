"""A table as text that Excel and WPS open rightly by a double click, and in which nothing runs.

It begins with the byte order mark by which they know UTF-8. A text that they would read as a
formula, or as a number or a date, has an apostrophe before it.
"""

import csv
import io
import re
import unicodedata
from datetime import datetime

from chalicelib.application.sheets import Cell, Sheet

BYTE_ORDER_MARK = "\ufeff"
_BEGINS_A_FORMULA = ("=", "+", "-", "@")
_BEFORE_A_FORMULA = ("\t", "\r", "\n")
_READS_AS_A_NUMBER = re.compile(r"[\d\s.,:/()%-]*\d[\d\s.,:/()%-]*|\d+(\.\d+)?e\d+", re.IGNORECASE)


def csv_text(sheet: Sheet) -> str:
    """The whole table, its heading first."""
    file = io.StringIO()
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([as_text(one) for one in sheet.heading])
    writer.writerows([_cell(one) for one in row] for row in sheet.rows)
    return file.getvalue()


def as_text(text: str) -> str:
    """The text, with an apostrophe where a spreadsheet would make something else of it."""
    plain = unicodedata.normalize("NFKC", text)
    runs = text.startswith(_BEFORE_A_FORMULA) or plain.lstrip().startswith(_BEGINS_A_FORMULA)
    return f"'{text}" if runs or _READS_AS_A_NUMBER.fullmatch(plain) else text


def _cell(cell: Cell) -> str | int | float:
    match cell:
        case None:
            return ""
        case str():
            return as_text(cell)
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case _:
            return cell

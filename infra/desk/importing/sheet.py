"""The spreadsheet: a CSV file as rows, each with its line and its key.

A file that cannot be relied on as a whole is refused; what is wrong with one row alone
stands beside that row.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chalicelib.domain.errors import Fault
from desk.importing.mapping import ColumnMap


class SheetError(Exception):
    """Raised when a file cannot be used; `code` names the sentence that `params` fill."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Row:
    """One row: the line it begins on (the heading is line 1), its key, its cells by column."""

    line: int
    key: str
    cells: Mapping[str, str]
    faults: tuple[Fault, ...] = ()


def read_sheet(content: bytes, mapping: ColumnMap) -> tuple[Row, ...]:
    """Every row that is not blank. Raises SheetError."""
    records = list(_records(_decoded(content, mapping.source.encoding), mapping.source.delimiter))
    if not records:
        raise SheetError("file_empty")
    heading = [cell.strip() for cell in records[0][1]]
    _require_columns(heading, mapping)
    rows = _rows(records[1:], heading, mapping.source.key)
    if not rows:
        raise SheetError("file_no_rows")
    return rows


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SheetError("file_encoding", encoding=encoding, line=line) from error


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The line each record begins on, and its cells; blank records are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins_on = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins_on, cells
            begins_on = reader.line_num + 1
    except csv.Error as error:
        raise SheetError("file_broken", line=begins_on, reason=error) from error


def _require_columns(heading: list[str], mapping: ColumnMap) -> None:
    missing = [column for column in mapping.columns if column not in heading]
    if missing:
        found = ", ".join(heading)
        raise SheetError("file_columns_missing", columns=", ".join(missing), found=found)
    twice = [column for column in mapping.columns if heading.count(column) > 1]
    if twice:
        raise SheetError("file_columns_twice", columns=", ".join(twice))


def _rows(records: list[tuple[int, list[str]]], heading: list[str], key: str) -> tuple[Row, ...]:
    first_seen: dict[str, int] = {}
    return tuple(_row(line, cells, heading, key, first_seen) for line, cells in records)


def _row(
    line: int, cells: list[str], heading: list[str], key: str, first_seen: dict[str, int]
) -> Row:
    if len(cells) != len(heading):
        counts = {"found": len(cells), "expected": len(heading)}
        return Row(line, "", {}, (Fault("row", "import_row_length", counts),))
    by_column = {column: cell.strip() for column, cell in zip(heading, cells, strict=True)}
    value = by_column[key]
    earlier = first_seen.setdefault(value, line)
    if not value:
        return Row(line, "", by_column, (Fault("key", "import_key_missing", {"column": key}),))
    if earlier != line:
        return Row(line, value, by_column, (Fault("key", "import_key_twice", {"line": earlier}),))
    return Row(line, value, by_column)

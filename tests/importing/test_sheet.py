"""A file that cannot be relied on as a whole is refused with one clear reason."""

import pytest

from desk.importing.sheet import SheetError, read_sheet
from importing.office import OFFICE_MAP, mapping, spreadsheet

HEADING = spreadsheet().decode().strip()


@pytest.mark.parametrize(
    ("content", "code", "params"),
    [
        (b"", "file_empty", {}),
        (b"\xef\xbb\xbf\r\n \r\n", "file_empty", {}),
        (HEADING.encode(), "file_no_rows", {}),
        (spreadsheet({}, encoding="gb18030"), "file_encoding", {"encoding": "utf-8", "line": 1}),
        (spreadsheet({}) + b"\xff", "file_encoding", {"encoding": "utf-8", "line": 3}),
        (HEADING.replace("楼栋,地点", "楼,地").encode(), "file_columns_missing", None),
        (f"{HEADING},楼栋".encode(), "file_columns_twice", {"columns": "楼栋"}),
        (spreadsheet({}) + b'2,"open quote', "file_broken", None),
        (spreadsheet({}) + b"2," + b"x" * 200_000, "file_broken", None),
    ],
)
def test_an_unusable_file_says_why(content, code, params):
    """Empty, not decodable, without its columns, or not whole: each has its own reason."""
    with pytest.raises(SheetError) as caught:
        read_sheet(content, mapping())
    assert caught.value.code == code
    assert params in (None, caught.value.params)


def test_missing_columns_are_named_beside_those_there_are():
    """The operator reads which columns are missing, and what the file has instead."""
    with pytest.raises(SheetError) as caught:
        read_sheet(HEADING.replace("楼栋,地点", "楼,地").encode(), mapping())
    assert caught.value.params["columns"] == "楼栋, 地点"
    assert "楼, 地" in caught.value.params["found"]


def test_columns_that_the_mapping_does_not_use_are_let_be():
    """More columns than needed, and blanks around their names, do no harm."""
    lines = spreadsheet({}).decode().splitlines()
    content = f" {lines[0]} ,备注\n{lines[1]},x\n"
    assert [row.key for row in read_sheet(content.encode(), mapping())] == ["1"]


def test_another_delimiter_is_read():
    """A file separated by tabs is read when the mapping says so."""
    columns = mapping(OFFICE_MAP.replace("[source]", '[source]\ndelimiter = "\\t"'))
    content = spreadsheet({}).decode().replace(",", "\t")
    assert [row.key for row in read_sheet(content.encode(), columns)] == ["1"]

"""A property office's own spreadsheet, and what a test needs to see come of it."""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from chalicelib.application.history import History
from chalicelib.application.ports.mailer import Mail
from chalicelib.domain.staff import Staff
from chalicelib.policy import load_organisation, load_policy
from desk.importing.mapping import ColumnMap
from desk.importing.mapping_reader import read_mapping
from desk.importing.reading import RowReader
from desk.importing.report import Report
from desk.importing.sheet import Row, read_sheet
from desk.importing.taking_in import import_rows, try_rows
from support.examples import DIRECTORY, at
from support.office import Office

DATA = Path(__file__).parents[1] / "data"
MOMENT = "Tuesday 2026-11-24 10:00"
NOW = at(MOMENT)


def _head_of(department: str) -> Staff:
    name, address = {"zh": f"{department}主任", "en": f"Head of {department}"}, "@anhe.example"
    roles = ("department_head",)
    return Staff(department, name, f"{department}{address}", "en", roles, department=department)


STAFF = (
    *DIRECTORY.staff,
    *(_head_of(department) for department in ("customer-service", "landscaping", "security")),
)

OFFICE_MAP = """
[source]
name = "前台登记表"
key = "编号"
community = "maple-court"
zone = "Asia/Shanghai"
date_formats = ["%Y/%m/%d %H:%M", "%Y/%m/%d"]
received = "登记时间"
ended = "办结时间"

[fields]
building = { column = "楼栋", blank = "未登记" }
happened_at = { column = "登记时间" }
place = { column = "地点", blank = "未登记" }
description = { columns = ["类别", "详情"], join = "：" }
hurt = { column = "受伤", blank = "no", values = { "有" = "yes", "无" = "no" } }
language = { value = "zh" }
name = { column = "姓名" }
email = { column = "邮箱" }

[[table]]
column = "类别"
gives = ["category", "about", "cause"]

[table.values]
"漏水" = ["water_leak", "engineering", "facility"]
"保洁" = ["cleaning", "cleaning", "service"]
"其他" = ["other", "unsure", "unsure"]
"""

A_ROW = {
    "编号": "1",
    "登记时间": "2026/11/23 09:30",
    "办结时间": "",
    "楼栋": "3栋",
    "地点": "地下车库",
    "类别": "漏水",
    "详情": "顶板滴水",
    "受伤": "",
    "姓名": "李女士",
    "邮箱": "li@example.com",
}
OVERDUE = {"登记时间": "2026/09/01 09:30"}
ENDED = {"登记时间": "2026/11/02 09:30", "办结时间": "2026/11/05 16:00"}


def spreadsheet(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    """A CSV file of rows like `A_ROW`, each with its changes and its own number."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, A_ROW)
    writer.writeheader()
    writer.writerows(A_ROW | {"编号": str(number)} | row for number, row in enumerate(rows, 1))
    return text.getvalue().encode(encoding)


def mapping(text: str = OFFICE_MAP) -> ColumnMap:
    return read_mapping(text, load_policy(), load_organisation())


def nyc_map() -> ColumnMap:
    return mapping((DATA / "nyc311.toml").read_text("utf-8"))


def nyc_file() -> bytes:
    return (DATA / "nyc311-sample.csv").read_bytes()


class ImportingOffice(Office):
    """An office, over the fakes or over a table, that a spreadsheet is imported into."""

    def imports_file(
        self, content: bytes, columns: ColumnMap | None = None, **options: bool
    ) -> Report:
        """Import this file."""
        columns = columns or mapping()
        rows = read_sheet(content, columns)
        return import_rows(self, columns, rows, **options)

    def breaks_off(self, content: bytes, after: int, **options: bool) -> None:
        """Import the first rows of a file, then lose the line."""
        columns = mapping()
        rows = read_sheet(content, columns)[:after]

        def until_broken() -> Iterator[Row]:
            yield from rows
            raise ConnectionError

        with suppress(ConnectionError):
            import_rows(self, columns, until_broken(), **options)

    def history(self, key: str, source: str = "前台登记表") -> History:
        """The record of the row with this key."""
        return self.complaints.load(self.keys.import_reference(source, key))

    def kinds(self, key: str) -> list[str]:
        """What is on the record of the row with this key."""
        return [record.kind for record in self.history(key).records]

    def letters_sent(self) -> list[Mail]:
        """What the notifier now sends for everything that is pending."""
        before = len(self.mailer.sent)
        self.deliver()
        return self.mailer.sent[before:]

    def told(self) -> list[str]:
        """To whom the notifier now sends letters."""
        return sorted(mail.to.removesuffix("@anhe.example") for mail in self.letters_sent())


def tried(content: bytes, columns: ColumnMap | None = None) -> Report:
    """What a dry run says of this file."""
    columns = columns or mapping()
    reader = RowReader(columns, load_policy(), load_organisation(), NOW)
    return try_rows(reader, read_sheet(content, columns))

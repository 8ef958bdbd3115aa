"""Which rows are taken in, which are refused, and in what words."""

import pytest

from chalicelib.fields import FIELDS
from chalicelib.views.field_words import FieldWords
from desk.importing.report import report_lines
from importing.office import ENDED, OFFICE_MAP, OVERDUE, mapping, spreadsheet, tried
from support.forms import ORGANISATION, POLICY


def refusals(content: bytes, language: str = "en", **options) -> list[str]:
    """The lines of the report that name refused rows."""
    lines = report_lines(
        tried(content, **options), FieldWords(FIELDS, POLICY, ORGANISATION, language)
    )
    return [line for line in lines if line.startswith(("line ", "第"))]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"登记时间": "23.11.2026"},
            "“23.11.2026” in column 登记时间 does not fit the format %Y/%m/%d %H:%M | %Y/%m/%d",
        ),
        (
            {"登记时间": "2026/11/24 10:01"},
            "date of receipt: the date of receipt is later than now",
        ),
        ({"办结时间": "2026/11/22"}, "end date: the end date is before the date of receipt"),
        ({"办结时间": "2026/11/25"}, "end date: the end date is later than now"),
        ({"办结时间": "9999/12/31"}, "end date: the date “9999/12/31” in column 办结时间"),
        ({"类别": "扰民"}, ": “扰民” in column 类别 has no value in the mapping file"),
        ({"编号": ""}, "key: “编号” is the row's key and may not be empty"),
        ({"邮箱": "li@"}, "is not complete. Write it like name@example.com."),
        ({"详情": "滴\x07水"}, "holds control characters that cannot be shown"),
        ({"地点": "库" * 201}, "may have 200 characters at most and has 201"),
    ],
)
def test_a_refused_row_is_reported_with_its_line_and_the_reason(change, reason):
    """Each refusal names the line, the key, the field, and what to mend."""
    found = refusals(spreadsheet({}, change))
    number = "–" if "编号" in change else "2"
    assert found[0].startswith(f"line 3 ({number}): ")
    assert reason in found[0]


def test_the_reasons_are_told_in_the_operators_language():
    """In Chinese, the same refusal is a Chinese sentence."""
    assert refusals(spreadsheet({"办结时间": "2026/11/22"}), "zh") == [
        "第 2 行（1）：结束日期：结束日期早于收到日期。"
    ]


def test_every_fault_of_a_row_is_told_at_once():
    """Two bad dates, an unknown word and a bad address make four reasons, none of them twice."""
    bad = {"登记时间": "?", "办结时间": "?", "类别": "扰民", "邮箱": "li@"}
    fields = [fault.field for fault in tried(spreadsheet(bad)).refused[0].faults]
    assert fields == [
        "received_at",
        "ended_at",
        "category",
        "about",
        "cause",
        "happened_at",
        "email",
    ]


def test_a_refused_row_stops_no_other(office):
    """Rows before and after a refused one come in."""
    report = office.imports_file(spreadsheet({}, {"邮箱": "li@"}, {}))
    assert [one.kind for one in report.outcomes] == ["open", "refused", "open"]


def test_a_key_that_stands_twice_is_refused_the_second_time():
    """The second row of one key is refused and names the line of the first."""
    report = tried(spreadsheet({"编号": "7"}, {}, {"编号": "7"}))
    assert [one.kind for one in report.outcomes] == ["open", "open", "refused"]
    assert refusals(spreadsheet({"编号": "7"}, {}, {"编号": "7"})) == [
        "line 4 (7): key: this key stands already on line 2"
    ]


def test_a_row_of_another_length_is_refused():
    """A row too short or too long is refused: its cells may have slipped."""
    heading, row = spreadsheet({}).decode().splitlines()
    content = "\n".join((heading, "9,9", f"{row},extra", row))
    assert refusals(content.encode()) == [
        "line 2 (–): row: this row has 2 cells, the heading has 10",
        "line 3 (–): row: this row has 11 cells, the heading has 10",
    ]


def test_a_row_of_several_lines_is_named_by_its_first():
    """Line breaks within cells do not make the report's line numbers drift."""
    content = spreadsheet({"详情": "滴水\n两处"}, {"邮箱": "li@"})
    assert refusals(content)[0].startswith("line 4 (2): ")


def test_blank_rows_are_passed_over():
    """A row of empty cells is no complaint and no fault."""
    heading, row = spreadsheet({}).decode().splitlines()
    assert len(tried(f"{heading}\n{',' * 9}\n{row}\n\n".encode()).outcomes) == 1


@pytest.mark.parametrize(
    ("ended", "kept"),
    [
        ("2026/11/02 16:00", "2026-11-02T08:00:00+00:00"),
        ("2026/11/02", "2026-11-02T01:30:00+00:00"),
        ("2026/11/03", "2026-11-02T16:00:00+00:00"),
        ("2026/11/02 09:30", "2026-11-02T01:30:00+00:00"),
    ],
)
def test_an_end_without_a_time_is_never_before_the_receipt(office, ended, kept):
    """An end on the day of receipt, given as a day, is the moment of receipt."""
    office.imports_file(spreadsheet(ENDED | {"办结时间": ended}))
    assert office.history("1").complaint.ended_at.isoformat() == kept


def test_an_end_in_the_hour_that_runs_twice_is_the_later_reading():
    """Received at 1.50 and ended at 1.10 when the clock was put back in between: 20 minutes."""
    text = OFFICE_MAP.replace('zone = "Asia/Shanghai"', 'zone = "America/New_York"')
    rows = spreadsheet({"登记时间": "2025/11/02 01:50", "办结时间": "2025/11/02 01:10"})
    assert tried(rows, mapping(text)).count("ended") == 1


def test_what_is_missing_is_left_blank_and_never_made_up(office):
    """Without unit, request and contact a row comes in, and its record has none of them."""
    office.imports_file(spreadsheet({"姓名": "", "邮箱": ""}))
    history = office.history("1")
    assert set(history.words) == {"building", "place", "description"}
    assert history.complaint.reachable_by == ()


def test_a_row_is_kept_with_its_channel_its_dates_and_its_words(office):
    """The record says import, since when, where, and what, in the spreadsheet's own words."""
    office.imports_file(spreadsheet(OVERDUE | {"受伤": "无"}))
    complaint, words = office.history("1").complaint, office.history("1").words
    assert (complaint.channel, complaint.happened_at) == ("import", "2026-09-01T09:30")
    assert complaint.received_at.isoformat() == "2026-09-01T01:30:00+00:00"
    assert (words["description"], words["place"]) == ("漏水：顶板滴水", "地下车库")


def test_a_day_without_a_time_stays_that_day(office):
    """A date without a time is not moved into another zone's day."""
    text = OFFICE_MAP.replace('zone = "Asia/Shanghai"', 'zone = "America/New_York"')
    office.imports_file(spreadsheet({"登记时间": "2026/11/20"}), mapping(text))
    assert office.history("1").complaint.happened_at == "2026-11-20"


def test_a_file_as_chinese_excel_saves_it_is_read(office):
    """GB 18030 and UTF-8 with its mark give the same complaints."""
    text = OFFICE_MAP.replace("[source]", '[source]\nencoding = "gb18030"')
    office.imports_file(spreadsheet({}, encoding="gb18030"), mapping(text))
    report = office.imports_file(spreadsheet({}, encoding="utf-8-sig"))
    assert report.count("there") == 1

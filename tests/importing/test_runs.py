"""Run twice, broken off, changed in between: nothing is entered or told twice."""

from chalicelib.domain.commands import Acknowledge
from importing.office import ENDED, OFFICE_MAP, OVERDUE, mapping, spreadsheet, tried

FILE = spreadsheet(OVERDUE, ENDED, {}, {"类别": "保洁"}, {"类别": "其他"})


def test_a_second_run_finds_every_row_and_tells_nobody(office):
    """The same file again adds nothing to the record and sends no letter."""
    office.imports_file(FILE)
    office.letters_sent()
    kept = dict(office.complaints.saved)
    report = office.imports_file(FILE)
    assert (report.count("there"), report.summaries) == (5, {})
    assert (office.letters_sent(), office.complaints.saved) == ([], kept)


def test_each_owner_gets_one_summary_of_what_is_open(office):
    """The manager and the supervisor get one letter each, whatever the number of rows."""
    report = office.imports_file(FILE)
    assert report.summaries == {
        "maple-manager": {"major": 1, "important": 1},
        "maple-supervisor": {"minor": 1, "": 1},
    }
    assert office.told() == ["maple-manager", "maple-supervisor"]


def test_a_run_that_broke_off_is_completed_by_the_next(office):
    """The summaries count the rows of both runs, and only the second sends them."""
    office.breaks_off(FILE, after=3)
    assert office.told() == []
    report = office.imports_file(FILE)
    assert (report.count("there"), report.count("open")) == (3, 2)
    assert sum(sum(counts.values()) for counts in report.summaries.values()) == 4
    assert office.told() == ["maple-manager", "maple-supervisor"]


def test_rows_mended_after_a_run_are_announced_by_themselves(office):
    """The refused row of a first run comes in with the second, whose summary counts it alone."""
    office.imports_file(spreadsheet({}, {"邮箱": "li@"}))
    assert office.told() == ["maple-supervisor"]
    report = office.imports_file(spreadsheet({}, {}))
    assert report.summaries == {"maple-supervisor": {"minor": 1}}
    assert office.told() == ["maple-supervisor"]


def test_a_longer_spreadsheet_later_brings_what_is_new(office):
    """Next month's file of the same source enters its new rows alone."""
    office.imports_file(spreadsheet({}))
    report = office.imports_file(spreadsheet({}, {}, {}))
    assert (report.count("there"), report.count("open")) == (1, 2)


def test_a_row_whose_content_changed_is_refused_and_left_as_it_was(office):
    """Other words under a key taken in before are reported, and change nothing."""
    office.imports_file(spreadsheet({}))
    before = office.history("1")
    report = office.imports_file(spreadsheet({"详情": "又漏了"}))
    assert [fault.code for fault in report.refused[0].faults] == ["import_other_content"]
    assert office.history("1").records == before.records


def test_a_row_that_has_ended_since_is_refused_and_left_open(office):
    """An end date that was added later does not end a complaint that is handled here by now."""
    office.imports_file(spreadsheet(ENDED | {"办结时间": ""}))
    report = office.imports_file(spreadsheet(ENDED))
    assert [fault.code for fault in report.refused[0].faults] == ["import_other_content"]
    assert office.history("1").complaint.is_open


def test_what_was_done_here_since_is_no_change_of_the_row(office):
    """A row acknowledged by its owner is simply there when the file is imported again."""
    office.imports_file(spreadsheet({}))
    reference = office.history("1").complaint.reference
    office.act(reference, Acknowledge("maple-supervisor"))
    assert office.imports_file(spreadsheet({})).count("there") == 1


def test_the_same_key_of_another_source_is_another_complaint(office):
    """Two spreadsheets may both have a row 1."""
    other = mapping(OFFICE_MAP.replace("前台登记表", "夜班登记表"))
    office.imports_file(spreadsheet({}))
    assert office.imports_file(spreadsheet({}), other).count("open") == 1
    assert office.history("1") != office.history("1", "夜班登记表")


def test_without_anybody_to_answer_an_open_row_waits_and_an_ended_one_comes_in(empty_office):
    """Nobody is made up as an owner: the row is refused until there is staff."""
    report = empty_office.imports_file(spreadsheet({}, ENDED))
    assert [one.kind for one in report.outcomes] == ["refused", "ended"]
    assert report.refused[0].faults[0].code == "import_nobody_answers"


def test_a_dry_run_of_a_changed_file_keeps_nothing(office):
    """What a dry run reads is nowhere afterwards."""
    assert tried(FILE).count("open") == 4
    assert office.complaints.saved == {}

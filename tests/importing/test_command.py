"""`desk import` at the terminal, over a table made from the template that is deployed.

What is about the command has its table in memory; a second run is tried over moto's, too.
"""

from collections.abc import Iterator

import pytest
from botocore.exceptions import ClientError
from click.testing import CliRunner

from chalicelib.bootstrap import Container
from chalicelib.settings import Settings
from desk.importing import import_command
from importing.office import DATA, ENDED, OFFICE_MAP, OVERDUE, STAFF, spreadsheet
from support.clouds import Cloud, a_light_cloud, requests_of

NYC = (str(DATA / "nyc311-sample.csv"), "--map", str(DATA / "nyc311.toml"))


class NoCloud(Container):
    """Parts whose every attempt to reach AWS fails the test."""

    def client(self, service: str) -> None:  # noqa: D102 - the port's
        raise AssertionError(service)


class BrokenCloud(Container):
    """Parts that cannot reach AWS."""

    def client(self, service: str) -> None:  # noqa: D102 - the port's
        raise ClientError({"Error": {"Code": "Throttled"}}, service)


@pytest.fixture
def run(tmp_path):
    """Run the command on these rows, the mapping beside them."""

    def run(container, *options, rows=({},), text=OFFICE_MAP):
        content = rows if isinstance(rows, bytes) else spreadsheet(*rows)
        (tmp_path / "file.csv").write_bytes(content)
        (tmp_path / "map.toml").write_text(text, "utf-8")
        files = [str(tmp_path / "file.csv"), "--map", str(tmp_path / "map.toml")]
        return CliRunner().invoke(
            import_command, [*files, "--language", "en", *options], obj=container
        )

    return run


@pytest.fixture
def staffed() -> Iterator[Cloud]:
    """Give a cloud in which every post of maple-court is held; its table is in memory."""
    with a_light_cloud() as cloud:
        yield held(cloud)


def held(cloud: Cloud) -> Cloud:
    """Have every post of maple-court held."""
    for one in STAFF:
        cloud.container.staff.put(one)
    return cloud


def no_cloud(kind=NoCloud) -> Container:
    return kind(Settings(table_name="none", site_url="", code_keys=(b"k",)))


def test_the_report_counts_by_severity_and_names_each_refusal(run, staffed):
    """What came in, by severity and owner, then each refused row; the exit code says so."""
    rows = (
        {"登记时间": "2024/09/01 09:30"},
        ENDED | {"登记时间": "2024/11/01", "办结时间": "2024/11/05"},
    )
    result = run(staffed.container, rows=(*rows, {"登记时间": "2024/9/1", "邮箱": "li@"}))
    assert result.stdout.splitlines() == [
        "Taken in: 2 (1 open, 1 ended elsewhere); there already: 0; refused: 1.",
        "  major complaint: 1",
        "  minor complaint: 1",
        "One summary to maple-manager: 1",
        "line 4 (3): E-mail: “E-mail” is not complete. Write it like name@example.com.",
    ]
    assert result.exit_code == 1


def test_a_row_is_one_transaction_and_the_staff_are_read_once(run, staffed):
    """Three rows are three writes, with one look for the delivery and one at the staff."""
    with requests_of(staffed.dynamodb) as sent:
        result = run(staffed.container, rows=[{"登记时间": "2024/09/01"}] * 3)
    assert result.exit_code == 0
    assert sorted(sent) == ["GetItem", "PutItem", "Query", *["TransactWriteItems"] * 3]


def kept(staffed):
    """All that stands in the table, but for when the sweep ran and days began."""
    clock_s = ("SWEEP", "WORKDAY#")
    return [one for one in staffed.items() if not one["pk"]["S"].startswith(clock_s)]


def test_over_a_real_table_too_a_second_run_enters_nothing(run, cloud):
    """The table itself refuses what stands already, and the summary is posted once."""
    staffed = held(cloud)
    rows = [{"登记时间": "2024/09/01"}, {"登记时间": "2024/09/01", "办结时间": "2024/09/02"}]
    run(staffed.container, rows=rows)
    staffed.advance(hours=1)
    staffed.container.sweep.go()
    before = kept(staffed)
    assert run(staffed.container, rows=rows).stdout.splitlines() == [
        "Taken in: 0 (0 open, 0 ended elsewhere); there already: 2; refused: 0."
    ]
    staffed.advance(hours=1)
    staffed.container.sweep.go()
    assert kept(staffed) == before
    assert [mail["to"] for mail in staffed.mails()] == ["maple-manager@anhe.example"]


def test_the_100_requests_go_in(staffed):
    """The spreadsheet of New York's requests goes in whole, and its letters settle."""
    result = CliRunner().invoke(import_command, [*NYC, "--language", "zh"], obj=staffed.container)
    assert result.stdout.splitlines()[0] == (
        "已导入 100 件（未结束 1，在别处办结 99）；此前已在 0；未接收 0。"
    )
    assert result.exit_code == 0


def test_a_dry_run_makes_no_request(run, staffed):
    """With a cloud at hand, a dry run sends it nothing, and says that nothing was kept."""
    with requests_of(staffed.dynamodb) as sent:
        result = run(staffed.container, "--dry-run", rows=[{"登记时间": "2024/09/01"}])
    assert sent == []
    assert result.stdout.splitlines()[0] == (
        "Dry run, nothing was kept. Would be taken in: 1 (1 open, 0 ended elsewhere);"
        " would be refused: 0."
    )


def test_a_dry_run_needs_no_cloud():
    """The report of a dry run is made from the two files alone."""
    result = CliRunner().invoke(import_command, [*NYC, "--dry-run"], obj=no_cloud())
    assert (result.exit_code, result.output.count("100")) == (0, 1)


def test_the_report_speaks_the_operators_language():
    """LANG chooses English; anything else is Chinese."""
    runner, words = CliRunner(), []
    for lang in ("en_GB.UTF-8", "zh_CN.UTF-8", "C"):
        options = [*NYC, "--dry-run"]
        result = runner.invoke(import_command, options, obj=no_cloud(), env={"LANG": lang})
        words.append(result.stdout[:4])
    assert words == ["Dry ", "试运行，", "试运行，"]


@pytest.mark.parametrize(
    ("rows", "text", "sentence"),
    [
        (b"", OFFICE_MAP, "file.csv: The file is empty."),
        ([OVERDUE], OFFICE_MAP.replace("Asia/Shanghai", "Mars"), "map.toml: source.zone: there is"),
        ([OVERDUE], "[source", "map.toml: TOML: cannot be read: "),
    ],
)
def test_an_unusable_file_or_mapping_ends_with_2(run, rows, text, sentence):
    """Nothing is asked of the cloud, the reason is told, and the exit code is 2."""
    result = run(no_cloud(), rows=rows, text=text)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_an_import_that_cannot_reach_the_table_says_how_to_go_on(run):
    """A lost line is no traceback: what came in is kept, and running it again goes on."""
    result = run(no_cloud(BrokenCloud))
    assert result.exit_code == 1
    assert "run it again to go on from there" in result.stderr

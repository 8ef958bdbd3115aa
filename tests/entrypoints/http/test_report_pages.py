"""The month's report over HTTP: its words, its links, and who may read it."""

import csv
import io
import json
import re
from html import unescape
from urllib.parse import urlsplit

import openpyxl
import pytest

from chalicelib.domain import figures
from chalicelib.domain.commands import Close, Withdraw
from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_light_cloud
from support.examples import acknowledge, judge, reply
from support.people import HEAD, LEADER, MANAGER, RECEPTIONIST, SUPERVISOR

MONTH = "2026-11"


@pytest.fixture(scope="module")
def office():
    """Four complaints of November: one replied to, one withdrawn, one of a home written oddly."""
    with a_light_cloud(staff=PEOPLE) as cloud:
        made = DeskOffice(cloud)
        made.first = made.complaint(form_id="1")
        made.withdrawn = made.complaint(form_id="2", building="=5栋", phone="010 6505 0000")
        made.complaint(form_id="3", category="noise", cause="facility", phone="010 6505 0001")
        made.hurt = made.complaint(form_id="4", hurt="yes", phone="010 6505 0002")
        act = cloud.container.act_on_complaint.act
        act(made.withdrawn, Withdraw(SUPERVISOR.id, "不用了"), by=SUPERVISOR.id)
        for command in (
            acknowledge(MANAGER.id, "telephone"),
            judge(SUPERVISOR.id, valid=True),
            reply(MANAGER.id, "telephone"),
            Close(MANAGER.id, "密封圈老化", "全部更换", "雨季前查立管"),
        ):
            act(made.first, command, by=command.by)
        made.month = f"{cloud.container.clock.now():%Y-%m}"
        yield made


def address(office, more=""):
    return f"/desk/reports/{office.month}{more}"


def test_the_four_rates_have_their_words_and_definitions(office):
    """响应率, 解决率, 满意率 and 回访率, each with what it is divided by."""
    page = office.page(SUPERVISOR, address(office))
    for words in ("响应率", "解决率", "满意率", "回访率", "按时答复率", "重复投诉率"):
        assert f"<strong>{words}</strong>" in page
    assert "没有问的、没有联系上的，不计入" in page
    assert "上月结转" in page
    assert "月末结转" in page


def test_it_adds_up_before_the_reader_s_eyes(office):
    """Both sides are there, and that they are the same."""
    page = office.page(SUPERVISOR, address(office))
    assert "0 + 4 + 0 + 0 + 0 + 0 + 0 ＝ 1 + 0 + 1 + 0 + 2，平。" in page


def test_every_figure_leads_to_what_it_counts(office):
    """Each link of the page says the number that stood there, and lists as many complaints."""
    page = office.page(LEADER, address(office))
    links = set(re.findall(r'<a href="(/desk/reports/[^"]*figure=[^"]*)">(\d+)</a>', page))
    assert len(links) > 30
    for link, count in links:
        behind = office.page(LEADER, unescape(link))
        assert re.search(rf"<h1>.*：{count}</h1>", behind), link
        listed = set(re.findall(r'<a href="/desk/complaints/([0-9A-Z-]+)">', behind))
        assert len(listed) == int(count) or f"{count} 件次，共 {len(listed)} 件" in behind, link


def test_complaints_are_set_against_how_many_homes_there_are(office):
    """Four of 860 homes; a community without a number would not be listed."""
    page = office.page(SUPERVISOR, address(office))
    assert "每百户投诉" in page
    assert re.search(r'>860</td><td class="number"><a href="[^"]*">4</a></td>.*>0.47<', page)


def test_a_figure_leads_to_the_list_where_that_has_the_same(office):
    """As many stand there, as long as nothing has changed; of a table's key, too."""
    for asked in ("figure=new", "figure=withdrawn", "figure=new&by=category&key=noise"):
        behind = office.page(SUPERVISOR, address(office, f"?{asked}"))
        link = unescape(re.search(r'href="(/desk/complaints\?[^"]*)"', behind)[1])
        listed = office.page(SUPERVISOR, link)
        references = set(re.findall(r"/desk/complaints/([0-9A-Z]{5}-[0-9A-Z]{5})", behind))
        assert references
        assert references == set(re.findall(r"/desk/complaints/([0-9A-Z]{5}-[0-9A-Z]{5})", listed))
    promises = office.page(SUPERVISOR, address(office, "?figure=contact_kept"))
    assert "/desk/complaints?" not in promises


def test_each_chart_has_its_title_and_its_table(office):
    """Drawn by the server, without script; a reader of the screen hears its title."""
    page = office.page(SUPERVISOR, address(office))
    charts = re.findall(r'<svg class="chart" role="img" aria-labelledby="([^"]+)"', page)
    assert charts == ["chart-trend", "chart-category", "chart-department", "chart-severity"]
    for one in charts:
        assert re.search(rf'<title id="{one}">[^<]+</title>', page)
    for one in page.split('<svg class="chart"')[1:]:
        assert one.index("<table>") < one.index("</section>")


def test_the_files_say_the_same_and_name_nobody(office):
    """Figures, references and tables; a building that a spreadsheet would run is not there."""
    browser = office.as_(SUPERVISOR)
    found = json.loads(browser.get(address(office, ".json")).body)
    assert found["figures"]["new"] == 4
    assert found["adds_up"] is True
    assert found["references"]["withdrawn"] == [office.withdrawn]
    answer = browser.get(address(office, ".csv"))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.body.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert ["收支平衡", "本月新增", "件数", "4"] in lines
    assert ["各项比率", "解决率", "分母", "3"] in lines
    for said in (json.dumps(found, ensure_ascii=False), text):
        for name in ("李女士", "赵国强", MANAGER.id, "1201", "5栋", "=5", "010"):
            assert name not in said


def test_the_workbook_has_a_sheet_for_each_table_and_names_nobody(office):
    """Numbers are numbers; it is put aside, and the answer leads to it."""
    answer = office.as_(SUPERVISOR).get(address(office, ".xlsx"))
    assert answer.status_code == 303
    key = urlsplit(answer.headers["Location"]).path.partition("exports/")[2]
    bucket = office.container.settings.photos_bucket
    kept = office.container.client("s3").get_object(Bucket=bucket, Key=f"exports/{key}")
    found = openpyxl.load_workbook(io.BytesIO(kept["Body"].read()))
    assert found.sheetnames[:3] == ["收支平衡", "各项比率", "用时"]
    assert len(found.sheetnames) == 11
    balance = dict(found["收支平衡"].iter_rows(min_row=2, values_only=True))
    assert (balance["本月新增"], balance["月末结转"]) == (4, 2)
    said = str([[*sheet.iter_rows(values_only=True)] for sheet in found])
    for name in ("李女士", "赵国强", MANAGER.id, "1201", "=5", "010"):
        assert name not in said


@pytest.mark.parametrize("person", [RECEPTIONIST, HEAD])
def test_it_is_not_for_everybody(office, person):
    """Neither the page nor a file nor what a figure counts; there is no link to it."""
    for path in ("", ".json", ".xlsx", "?figure=new"):
        assert office.as_(person).get(address(office, path)).status_code == 404
    assert "/desk/reports" not in office.page(person, "/desk")


def test_one_sees_the_communities_that_one_serves(office):
    """Another one looks as if it were not there; the leadership reads them together."""
    assert office.as_(MANAGER).get(address(office, "?community=maple-court")).status_code == 404
    page = office.page(LEADER, address(office, "?community=jade-lake,maple-court"))
    assert "按小区" in page
    assert "枫林苑" in office.page(LEADER, address(office))


def test_the_choice_of_communities_says_what_is_shown(office):
    """Who reads one community is not told that it is the whole company."""
    whole = '<option value="">全公司</option>'
    assert whole in office.page(LEADER, address(office))
    assert whole not in office.page(MANAGER, address(office))


@pytest.mark.parametrize(
    "path", ["?figure=nothing", "?figure=new&by=nothing&key=x", ".exe", "?community=nowhere"]
)
def test_what_there_is_not_is_not_found(office, path):
    """An unknown figure, table, kind of file or community."""
    assert office.as_(LEADER).get(address(office, path)).status_code == 404


@pytest.mark.parametrize("month", ["2026-13", "x", "2999-01", "0001-01"])
def test_a_month_without_a_report_is_not_found(office, month):
    """What is no month, has not begun, or is too long ago."""
    assert office.as_(LEADER).get(f"/desk/reports/{month}").status_code == 404


def test_the_link_leads_to_the_month_that_is_over(office):
    """From there to the months beside it."""
    answer = office.as_(SUPERVISOR).get("/desk/reports")
    assert answer.status_code == 303
    assert answer.headers["Location"] < address(office)
    assert address(office) in office.page(SUPERVISOR, answer.headers["Location"])


def test_root_causes_remedies_and_lessons_have_a_page(office):
    """Of what was closed in the month, for those who may know the resident."""
    page = office.page(SUPERVISOR, address(office, "?show=closings"))
    assert office.first in page
    for words in ("密封圈老化", "全部更换", "雨季前查立管"):
        assert words in page
    assert address(office, "?show=closings") in office.page(SUPERVISOR, address(office))


def test_the_notice_board_s_names_nobody_and_no_small_number(office):
    """Four new ones are said; two of a category, and one withdrawn, are not."""
    page = office.page(SUPERVISOR, address(office, "?show=notice"))
    main = page[page.index('<main id="main">') : page.index("</main>")]
    assert re.search(r'本月新增</th><td class="number">4<', main)
    assert "少于 3" in main
    assert not re.search(r'class="number"><?[a-z]*>?[12]<', main)
    for name in (office.first, office.withdrawn, "陈静", "赵国强", "5栋", "李女士"):
        assert name not in main


def test_every_figure_has_its_words(office):
    """In both languages, promises and times among them."""
    for figure in (*figures.COUNTS, "took close", "kept reply property_manager"):
        office.page(LEADER, address(office, f"?figure={figure.replace(' ', '+')}"))

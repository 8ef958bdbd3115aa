"""Every complaint in a list at the desk: filtered, counted, in pages, and kept by name."""

import csv
import io
import re
from html import unescape
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest

from chalicelib.entrypoints.http.desk.complaint_list import MOST_IN_AN_ANSWER
from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_light_cloud, requests_of
from support.forms import an_intake
from support.people import HEAD, MANAGER, RECEPTIONIST, SUPERVISOR
from support.web import get

LIST = "/desk/complaints"


@pytest.fixture
def office():
    with a_light_cloud(staff=PEOPLE) as cloud:
        yield DeskOffice(cloud)


def listed(page):
    """The references in the list."""
    table = re.search(r'<table class="cards">.*?</table>', page, re.DOTALL)
    return re.findall(r'href="/desk/complaints/([\w-]+)"', table[0]) if table else []


def withdrawn(office, **changes):
    """A complaint that its resident took back."""
    reference = office.complaint(**changes)
    version = office.version(reference)
    answer = office.act(SUPERVISOR, reference, "withdraw", reason="不用了", version=version)
    assert answer.status_code == 303, answer.body.decode()
    return reference


def test_open_and_ended_ones_stand_in_one_list(office):
    """Each with its status; a link leads to its page, and the navigation to the list."""
    open_one, ended = office.complaint(), withdrawn(office)
    page = office.page(MANAGER, LIST)
    assert sorted(listed(page)) == sorted([open_one, ended])
    assert "已撤回" in page
    assert '<a href="/desk/complaints" aria-current="page">全部投诉</a>' in page
    assert "共 2 件" in page


def test_the_form_shows_what_was_asked_for_and_how_many_there_are(office):
    """Each option with its count; what is chosen stays chosen in the form, the order and pages."""
    office.complaint(hurt="yes")
    withdrawn(office)
    page = office.page(MANAGER, f"{LIST}?status=withdrawn&sort=severity&text=水管")
    assert re.search(r'<option value="withdrawn" selected>已撤回 \(1\)', page)
    assert re.search(r'<option value="major">重大投诉 \(1\)', page)
    assert re.search(r'name="text" value="水管"', page)
    assert "在其中 2 件的文字里查找" in page
    (order,) = re.findall(r'<a href="([^"]*)">负责人</a>', page)
    assert unescape(order).startswith("/desk/complaints?status=withdrawn&text=")
    assert unescape(order).endswith("&sort=owner")


def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(office):
    """Field and mend, in the summary and beside the field; nothing is listed."""
    office.complaint()
    answer = office.as_(MANAGER).get(f"{LIST}?month=2026-13&text=水")
    page = answer.body.decode()
    assert answer.status_code == 422
    assert '<a href="#month">“收到的月份”看不懂' in page
    assert 'id="month-error"' in page
    assert 'value="2026-13"' in page
    assert 'name="text" value="水"' in page
    assert listed(page) == []


def test_an_unknown_key_finds_nothing_and_stays_in_the_form(office):
    """A link made of a category that is no more is not an error."""
    office.complaint()
    page = office.page(MANAGER, f"{LIST}?category=no-more")
    assert listed(page) == []
    assert re.search(r'<option value="no-more" selected>no-more \(0\)', page)
    assert "没有符合筛选条件的投诉" in page


def test_without_a_session_it_leads_to_the_sign_in(office):
    """And back to what was asked for."""
    assert office.cloud
    answer = get(f"{LIST}?status=open")
    assert answer.status_code == 401 or "sign-in" in answer.headers.get("Location", "")


def test_the_department_s_head_does_not_see_who_complains_in_confidence(office):
    """No name, home or text on the page, and none is found by them."""
    reference = office.complaint(about="engineering", in_confidence="yes", name="李紫薇")
    page = office.page(HEAD, LIST)
    assert listed(page) == [reference]
    assert "李紫薇" not in page
    assert "业户要求保密" in page
    assert listed(office.page(HEAD, f"{LIST}?text=李紫薇")) == []
    assert listed(office.page(MANAGER, f"{LIST}?text=李紫薇")) == [reference]


def test_a_filter_is_kept_by_name_and_stands_above_the_list_alone(office):
    """With its order; the queue has its own, and one of the same name."""
    office.complaint()
    form = {"of": "list", "do": "keep", "name": "重大", "severity": "major", "sort": "-ended"}
    answer = office.as_(SUPERVISOR).post("/desk/filters", form)
    assert answer.headers["Location"] == f"{LIST}?severity=major&sort=-ended&done=keep-filter"
    page = office.page(SUPERVISOR, answer.headers["Location"])
    assert f'<a href="{LIST}?severity=major&amp;sort=-ended" aria-current="true">重大</a>' in page
    assert 'id="saved"' not in office.page(SUPERVISOR, "/desk")
    office.as_(SUPERVISOR).post("/desk/filters", {"do": "keep", "name": "重大", "view": "all"})
    answer = office.as_(SUPERVISOR).post("/desk/filters", form | {"do": "drop"})
    assert "done=drop-filter" in answer.headers["Location"]
    assert 'id="saved"' not in office.page(SUPERVISOR, LIST)
    assert 'id="saved"' in office.page(SUPERVISOR, "/desk")


def test_a_filter_without_a_name_is_refused_on_the_list(office):
    """What was asked for stays."""
    form = {
        "of": "list",
        "do": "keep",
        "name": "",
        "status": "open",
        "next": "https://nowhere.example",
    }
    answer = office.as_(SUPERVISOR).post("/desk/filters", form)
    page = answer.body.decode()
    assert answer.status_code == 422
    assert 'href="#filter-name"' in page
    assert re.search(r'<option value="open" selected', page)
    assert "nowhere.example" not in page


@pytest.mark.parametrize(
    ("asked", "most"),
    [("?month=2026-11", 2), ("?month=2026-11&text=水", 2), ("?status=open", 2), ("", 6)],
)
def test_a_page_costs_two_requests_a_month_beside_who_asks(office, asked, most):
    """The staff are one more, as on every page."""
    office.complaint()
    office.page(RECEPTIONIST, LIST)
    with requests_of(office.cloud.dynamodb) as sent:
        office.page(RECEPTIONIST, f"{LIST}{asked}")
    assert len(sent) - 1 <= most
    assert set(sent) <= {"Query", "TransactGetItems"}


def rows_of(text):
    """The rows of a text file, each as a mapping from its heading."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def workbook(office, answer):
    """The rows of the workbook to which an answer leads, and its cells."""
    assert answer.status_code == 303, answer.body.decode()
    path = urlsplit(answer.headers["Location"]).path
    key = unquote(path[path.index("exports/") :])
    kept = office.container.downloads.client.get_object(
        Bucket=office.container.settings.photos_bucket, Key=key
    )
    assert kept["ContentDisposition"].startswith('attachment; filename="complaints-2')
    sheet = openpyxl.load_workbook(io.BytesIO(kept["Body"].read())).active
    heading, *rows = sheet.iter_rows()
    return [dict(zip([one.value for one in heading], row, strict=True)) for row in rows]


def test_a_text_file_is_exactly_what_the_filter_shows(office):
    """Not a page of it: all of it, in its order, in the reader's words."""
    office.complaint(category="noise")
    wanted = [office.complaint(hurt="yes", name="=HYPERLINK(1)") for _ in range(30)]
    answer = office.as_(MANAGER).get(f"{LIST}.csv?severity=major&sort=received")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="complaints-\d{4}-\d\d-\d\d\.csv"',
        answer.headers["Content-Disposition"],
    )
    rows = rows_of(answer.body.decode())
    assert sorted(one["投诉编号"] for one in rows) == sorted(wanted)
    said = {(one["轻重程度"], one["进展"], one["姓名"]) for one in rows}
    assert said == {("重大投诉", "已收到", "'=HYPERLINK(1)")}
    assert all(one["电话"].startswith("'1") for one in rows)


def test_a_workbook_has_the_same_rows_with_dates_and_text(office):
    """It is put aside, and the answer leads to it."""
    reference = office.complaint(name="＝1+1")
    (row,) = workbook(office, office.as_(MANAGER).get(f"{LIST}.xlsx?status=open"))
    assert row["投诉编号"].value == reference
    assert row["收到"].is_date
    assert (row["姓名"].value, row["姓名"].data_type) == ("＝1+1", "s")
    assert row["电话"].data_type == "s"
    assert row["结束"].value is None


def test_a_file_tells_the_department_nothing_of_who_complains_in_confidence(office):
    """Nor where they live, nor what they wrote."""
    office.complaint(about="engineering", in_confidence="yes", name="李紫薇")
    (row,) = rows_of(office.as_(HEAD).get(f"{LIST}.csv").body.decode())
    assert row["保密"] == "是"
    for name in ("姓名", "电话", "电子邮箱", "楼栋", "房号", "事情经过", "业户要求"):
        assert row[name] == ""
    (cells,) = workbook(office, office.as_(HEAD).get(f"{LIST}.xlsx"))
    assert "李紫薇" not in str([one.value for one in cells.values()])


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_of_more_than_twelve_months_is_refused_with_the_mend(office, ending):
    """The page is shown as it was asked for, and says what a file may hold."""
    answer = office.as_(MANAGER).get(f"{LIST}.{ending}?from=2024-01-01&severity=major")
    page = answer.body.decode()
    assert answer.status_code == 422
    assert '<a href="#from">' in page
    assert "最多 12 个月" in page
    assert 'value="2024-01-01"' in page


def test_a_large_text_file_is_put_aside_too(office):
    """What would not fit into an answer is fetched by a link."""
    long = {"description": "水" * 4000, "request": "修" * 2000}
    many = MOST_IN_AN_ANSWER // (3 * 6000) + 1
    for _ in range(many):
        intake = an_intake(office.container.clock.now(), person=None, **long)
        office.container.submit_complaint.receive(intake, "web")
    answer = office.as_(MANAGER).get(f"{LIST}.csv")
    path = urlsplit(answer.headers["Location"]).path
    key = unquote(path[path.index("exports/") :])
    bucket = office.container.settings.photos_bucket
    kept = office.container.downloads.client.get_object(Bucket=bucket, Key=key)
    assert len(rows_of(kept["Body"].read().decode())) == many

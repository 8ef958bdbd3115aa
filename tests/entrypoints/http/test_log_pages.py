"""The duty log over HTTP: read by day, written in, corrected by new entries."""

import re

import pytest

from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_light_cloud
from support.people import RECEPTIONIST, SUPERVISOR


@pytest.fixture(scope="module")
def office():
    with a_light_cloud(staff=PEOPLE) as cloud:
        yield DeskOffice(cloud)


def enter(office, person=RECEPTIONIST, **fields):
    """Write something in today's page."""
    entry = {"community": "jade-lake", "kind": "entry", "text": "巡查正常。"}
    return office.as_(person).post("/desk/log", entry | fields)


def number_of(answer):
    """Under which number it was entered."""
    return re.search(r"saved=(\d+)", answer.headers["Location"])[1]


def test_a_hand_over_note_is_read_by_the_next_shift(office):
    """Who wrote it, when, under which number, to the letter."""
    number = number_of(enter(office, kind="handover_note", text="夜班：水泵\n有异响 <b>"))
    page = office.page(SUPERVISOR, "/desk/log")
    assert "交接班" in page
    assert "夜班：水泵\n有异响 &lt;b&gt;" in page
    assert "周晓梅" in page
    assert f"第 {number} 条" in page


def test_a_correction_is_a_new_entry_and_the_old_one_stays(office):
    """Nothing is crossed out: both are there, and each names the other."""
    wrong = number_of(enter(office, text="3 栋门禁坏了"))
    right = number_of(enter(office, text="更正：是 4 栋", corrects=wrong))
    page = office.page(RECEPTIONIST, "/desk/log")
    assert "3 栋门禁坏了" in page
    assert f"更正第 {wrong} 条" in page
    assert f"此条已由第 {right} 条更正" in page


def test_complaints_of_every_channel_are_in_it_with_their_five_items(office):
    """What came by the web and what was written down, with the words of 6.1.1."""
    web = office.complaint(unit="0405")
    desk = office.take_in(RECEPTIONIST, unit="0406")
    page = office.page(RECEPTIONIST, "/desk/log")
    for reference in (web, desk):
        assert reference in page
    for words in ("时间与地点", "被投诉的部门或人员", "投诉内容", "业户要求", "业户联系方式"):
        assert page.count(words) >= 2


def test_a_corrected_item_of_a_complaint_is_an_entry(office):
    """The correction stands in the log of the day and beside the item, which stays as it was."""
    reference = office.take_in(RECEPTIONIST, place="一层大厅")
    office.act(RECEPTIONIST, reference, "note", text="应为二层大厅", corrects="when_where")
    log = office.page(RECEPTIONIST, "/desk/log")
    assert f"更正 {reference} 的“时间与地点”" in log
    page = office.page(RECEPTIONIST, f"/desk/complaints/{reference}")
    assert "一层大厅" in page
    assert "应为二层大厅" in page


def test_another_day_has_its_own_page(office):
    """A day on which nothing happened says so, and is not written in afterwards."""
    page = office.page(RECEPTIONIST, "/desk/log?community=jade-lake&date=2026-01-05")
    assert "这一天还没有记录" in page
    assert "2026年1月5日" in page
    number = number_of(enter(office, date="2026-01-05", text="补记"))
    today = office.page(RECEPTIONIST, "/desk/log")
    assert f"第 {number} 条" in today
    assert "补记" in today


@pytest.mark.parametrize("date", ["yesterday", "2026-13-01", "20261125x"])
def test_a_date_that_is_none_is_said_so(office, date):
    """Today's page, and what is wrong with the date."""
    page = office.page(RECEPTIONIST, f"/desk/log?community=jade-lake&date={date}")
    assert "“日期”看不懂" in page


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_pages_too(office, date):
    """There is no day before the first, and none after the last."""
    assert "还没有记录" in office.page(RECEPTIONIST, f"/desk/log?community=jade-lake&date={date}")


def test_an_empty_entry_is_refused_and_a_long_one_kept(office):
    """Nothing is entered, and what was typed stands in the box."""
    empty = enter(office, text="  ")
    assert empty.status_code == 422
    assert "“内容”还没有填" in empty.body.decode()
    long = enter(office, text="长" * 4001)
    assert long.status_code == 422
    assert "长" * 4001 in long.body.decode()


def test_it_prints_on_paper_as_the_book_did(office):
    """A4, with a line to sign, and without what is only for the screen."""
    page = office.page(RECEPTIONIST, "/desk/log")
    assert "@page{size:A4" in page
    assert "值班人签名" in page

"""Every complaint in a list at the desk: filtered, counted, in pages, and kept by name."""

import re
from html import unescape

import pytest

from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_light_cloud, requests_of
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

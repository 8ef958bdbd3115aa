"""Filters of the queue kept by name: saved, followed as a link, replaced and deleted."""

import re
from html import unescape

import pytest

from chalicelib.application.saved_filters import MOST
from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_light_cloud, requests_of
from support.people import MANAGER, RECEPTIONIST, SUPERVISOR

ASKED = {"view": "community", "severity": "minor", "text": "漏水 & 3栋"}
KEEP = {"do": "keep", "name": "轻微的漏水", **ASKED}


@pytest.fixture
def office():
    with a_light_cloud(staff=PEOPLE) as cloud:
        yield DeskOffice(cloud)


def change(office, person, **form):
    """Send the form of a filter."""
    return office.as_(person).post("/desk/filters", form)


def saved_on(page):
    """The saved filters above the queue: each name with its address."""
    part = re.search(r'<p class="kinds" id="saved">.*?</p>', page, re.DOTALL)
    found = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', part[0] if part else "")
    return {unescape(name): unescape(path) for path, name in found}


def test_the_present_filter_is_kept_as_a_link_above_the_queue(office):
    """What the queue was asked for comes back by its name, the view included."""
    reference = office.complaint(cause="facility", building="3栋", category="water_leak")
    answer = change(office, SUPERVISOR, **KEEP)
    assert answer.status_code == 303
    page = office.page(SUPERVISOR, answer.headers["Location"])
    assert "已存为常用筛选" in page
    path = saved_on(page)["轻微的漏水"].removesuffix("#queue")
    found = office.page(SUPERVISOR, path)
    assert 'value="漏水 &amp; 3栋"' in found
    assert re.search(r'<option value="minor" selected', found)
    assert re.search(r'id="saved">.*aria-current="true"', found)
    plain = office.page(SUPERVISOR, "/desk?view=community")
    assert not re.search(r'id="saved">[^\n]*aria-current', plain)
    assert reference in office.page(SUPERVISOR, "/desk?view=community&severity=minor")


def test_it_is_the_persons_own(office):
    """Nobody else finds it on their desk."""
    change(office, SUPERVISOR, **KEEP)
    assert saved_on(office.page(MANAGER, "/desk")) == {}


def test_the_form_carries_what_is_asked_for_now(office):
    """The filters chosen and the view stand in it, and are what is kept."""
    page = office.page(RECEPTIONIST, "/desk?view=all&severity=minor&status=received")
    form = re.search(r'<form method="post" action="/desk/filters".*?</form>', page, re.DOTALL)[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    hidden.pop("csrf")
    assert hidden == {"view": "all", "severity": "minor", "status": "received"}


def test_one_of_the_same_name_takes_its_place_and_one_can_be_deleted(office):
    """There is one a name; deleting leads back to what was shown."""
    change(office, SUPERVISOR, **KEEP)
    change(office, SUPERVISOR, do="keep", name="轻微的漏水", view="overdue")
    assert saved_on(office.page(SUPERVISOR, "/desk")) == {"轻微的漏水": "/desk?view=overdue#queue"}
    answer = change(office, SUPERVISOR, do="drop", name="轻微的漏水", view="all")
    assert answer.headers["Location"].startswith("/desk?view=all&done=drop-filter")
    assert saved_on(office.page(SUPERVISOR, "/desk")) == {}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "常用筛选的名称"),
        (" \u200b", "常用筛选的名称"),
        ("长" * 41, "40"),
        ("a\x07", "控制字符"),
    ],
)
def test_a_name_that_is_none_is_refused_and_nothing_typed_is_lost(office, name, sentence):
    """The page stands as it was asked for, with what is wrong in words."""
    answer = change(office, SUPERVISOR, **(KEEP | {"name": name}))
    page = answer.body.decode()
    assert answer.status_code == 422
    assert sentence in page[page.index('role="alert"') :][:400]
    assert 'href="#filter-name"' in page
    assert 'value="漏水 &amp; 3栋"' in page
    assert saved_on(page) == {}


def test_forty_characters_are_a_name_and_twenty_filters_are_kept(office):
    """One more is refused in words; another of a name that there is takes its place."""
    for number in range(MOST - 1):
        change(office, SUPERVISOR, **(KEEP | {"name": f"{number:02}"}))
    assert change(office, SUPERVISOR, **(KEEP | {"name": "长" * 40})).status_code == 303
    refused = change(office, SUPERVISOR, **KEEP)
    assert refused.status_code == 422
    assert "最多存 20 个" in refused.body.decode()
    assert change(office, SUPERVISOR, **(KEEP | {"name": "07"})).status_code == 303
    assert len(saved_on(office.page(SUPERVISOR, "/desk"))) == MOST


def test_nothing_but_a_filter_is_kept(office):
    """What is no filter's does not come into the address, and no value grows without end."""
    change(office, SUPERVISOR, **KEEP, next="https://elsewhere.example", status="x" * 500)
    path = saved_on(office.page(SUPERVISOR, "/desk"))["轻微的漏水"]
    assert "elsewhere" not in path
    assert path.count("x" * 80) == 1
    assert "x" * 81 not in path
    assert office.as_(SUPERVISOR).get(path.removesuffix("#queue")).status_code == 200


def test_what_is_saved_costs_the_queue_no_request_more(office):
    """It stands with the staff, who are read anyway; saving is one write."""
    with requests_of(office.cloud.dynamodb) as sent:
        change(office, MANAGER, **KEEP)
    assert sent[-2:] == ["Query", "UpdateItem"]
    with requests_of(office.cloud.dynamodb) as sent:
        page = office.page(MANAGER, "/desk")
    assert "轻微的漏水" in page
    assert sent == ["Query", "Query"]

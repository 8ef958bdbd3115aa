"""My work on the desk: what one has to do, and a complaint's page that begins with it."""

import re

import pytest

from chalicelib.domain.commands import Message
from chalicelib.domain.model import RESIDENT
from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_light_cloud
from support.people import HEAD, LEADER, MANAGER, RECEPTIONIST


@pytest.fixture(scope="module")
def office():
    with a_light_cloud(staff=PEOPLE) as cloud:
        yield DeskOffice(cloud)


def tasks_on(page):
    """Each task with the address of its button."""
    part = page[page.index('id="tasks"') : page.index('id="queue"')]
    return re.findall(
        r'<strong[^>]*>([^<]*) · .*?class="button[^"]*" href="([^"]*)"', part, re.DOTALL
    )


def test_each_line_has_its_next_step_as_a_button(office):
    """It opens the complaint's page at the very form, and counts stand by kind."""
    reference = office.complaint(unit="101")
    page = office.page(MANAGER, "/desk")
    assert ("首次联系业户", f"/desk/complaints/{reference}?do=acknowledge#acknowledge") in tasks_on(
        page
    )
    assert re.search(r'href="/desk\?task=acknowledge[^"]*">首次联系业户 \d+<', page)
    feedback = f"/desk/complaints/{reference}?do=give-feedback#give-feedback"
    assert ("反馈处理情况", feedback) in tasks_on(office.page(HEAD, "/desk"))


@pytest.mark.parametrize("person", [RECEPTIONIST, LEADER])
def test_who_has_nothing_to_do_is_told_so(office, person):
    """Nobody is shown a colleague's tasks."""
    office.complaint(unit="102")
    page = office.page(person, "/desk")
    assert tasks_on(page) == []
    assert "现在没有等您办的事" in page


def test_one_kind_is_shown_when_it_is_asked_for(office):
    """And nothing else; a kind that there is not shows none."""
    reference = office.complaint(unit="103")
    office.act(MANAGER, reference, "acknowledge", reached="yes", told_by="telephone")
    replies = tasks_on(office.page(MANAGER, "/desk?task=reply"))
    assert {name for name, _ in replies} == {"答复业户"}
    assert tasks_on(office.page(MANAGER, "/desk?task=dance")) == []


def test_a_complaint_begins_with_the_readers_next_step(office):
    """Open, before what was recorded, as the page's one primary action."""
    reference = office.complaint(unit="104")
    page = office.page(MANAGER, f"/desk/complaints/{reference}")
    step = page.index('class="next')
    assert step < page.index('id="record"')
    assert f'action="/desk/complaints/{reference}/acknowledge"' in page[step : page.index("record")]
    assert page.count(f'action="/desk/complaints/{reference}/acknowledge"') == 1
    assert 'class="next' not in office.page(RECEPTIONIST, f"/desk/complaints/{reference}")


def test_another_step_can_be_asked_for(office):
    """Its form is open among the others; what is not theirs opens nothing."""
    reference = office.complaint(unit="105")
    path = f"/desk/complaints/{reference}"
    assert '<details id="note" open>' in office.page(MANAGER, f"{path}?do=note")
    assert '<details id="give-feedback" open>' not in office.page(RECEPTIONIST, f"{path}?do=reply")


def test_a_refused_next_step_keeps_what_was_typed(office):
    """The form stands where it was, with its errors, and the summary leads to them."""
    reference = office.complaint(unit="106")
    office.act(MANAGER, reference, "acknowledge", reached="yes", told_by="telephone")
    typed = {"text": "查明原因。", "done": "", "told_by": "email"}
    answer = office.act(MANAGER, reference, "reply", **typed)
    page = answer.body.decode()
    assert answer.status_code == 422
    assert "查明原因。" in page[page.index('class="next') : page.index('id="record"')]
    assert 'href="#reply-done"' in page
    assert 'id="reply-done"' in page


def test_what_the_resident_wrote_is_a_task_until_the_owner_says_something(office):
    """It says how long ago it came, opens the form of an answer, and is gone with it."""
    reference = office.complaint(unit="107")
    office.act(MANAGER, reference, "acknowledge", reached="yes", told_by="telephone")
    container = office.container
    container.act_on_complaint.act(reference, Message(RESIDENT, "还在漏。"), by=RESIDENT)
    office.cloud.advance(minutes=30)
    task = ("回应业户的留言", f"/desk/complaints/{reference}?do=update#update")
    page = office.page(MANAGER, "/desk")
    assert task in tasks_on(page)
    assert "回应业户的留言 · 30 分钟前" in page
    assert task not in tasks_on(office.page(HEAD, "/desk"))
    said = {"text": "今天下午来看。", "told_by": "telephone"}
    office.act(MANAGER, reference, "update", version=office.version(reference), **said)
    assert task not in tasks_on(office.page(MANAGER, "/desk"))


def test_each_view_stands_above_the_queue_with_its_count_and_its_address(office):
    """A head has their feedback and no community; a row leads to the form of what is to do."""
    reference = office.complaint(unit="108")
    head = office.page(HEAD, "/desk?view=feedback")
    assert re.search(r'href="/desk\?view=feedback" aria-current="page">待我反馈 \(\d+\)<', head)
    assert f'href="/desk/complaints/{reference}?do=give-feedback#give-feedback"' in head
    manager = office.page(MANAGER, "/desk?view=overdue")
    for view in ("to_close", "agreed_today", "waiting", "overdue"):
        assert re.search(rf'href="/desk\?view={view}"[^>]*>[^<]* \(\d+\)<', manager), view
    assert "view=feedback" not in manager
    assert "view=to_close" not in office.page(RECEPTIONIST, "/desk")

"""The analysis of a month over HTTP: drafts, faults, signatures, and who may."""

import re
from html import unescape

import pytest

from chalicelib.domain import figures
from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_light_cloud
from support.examples import at, judge
from support.people import LEADER, MANAGER, RECEPTIONIST, SUPERVISOR

NOVEMBER, DECEMBER = "/desk/reports/2026-11", "/desk/reports/2026-12"
TYPED = {
    "community": "jade-lake",
    "problems": "渗漏集中在 3 栋 <b>",
    "measure_1_text": "雨季前检查立管",
    "measure_1_person": "孙伟",
    "measure_1_due_on": "2026年12月31日",
}


@pytest.fixture
def office():
    """November is over; nobody has written anything of it."""
    with a_light_cloud(staff=PEOPLE) as cloud:
        made = DeskOffice(cloud)
        made.reference = made.complaint()
        cloud.container.clock.move_to(at("Monday 2026-12-07 10:00"))
        yield made


def send(office, person, path=NOVEMBER, **fields):
    """Send the form as this person's page has it now, with what was typed."""
    page = office.as_(person).get(f"{path}?community=jade-lake").body.decode()
    found = re.search(r'name="version" value="(\d+)"', page)
    sent = TYPED | {"version": found[1] if found else "0"} | fields
    return office.as_(person).post(path, sent)


def test_a_draft_comes_back_as_it_was_written(office):
    """With the day as it is kept, and what was typed escaped."""
    answer = send(office, SUPERVISOR, do="save")
    assert answer.status_code == 303
    page = office.as_(SUPERVISOR).follow(answer).body.decode()
    assert "草稿已存。" in page
    assert "渗漏集中在 3 栋 &lt;b&gt;</textarea>" in page
    assert 'name="measure_1_due_on" type="text" autocomplete="off" value="2026-12-31"' in page
    assert 'id="measure_3_text"' in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("measure_1_due_on", "soon", "第 1 项措施的完成日期"),
        ("measure_1_person", " ", "第 1 项措施的负责的人"),
        ("problems", "x" * 5000, "问题分析"),
    ],
)
def test_a_fault_names_the_field_and_loses_nothing(office, field, typed, sentence):
    """The summary leads to the field, and what was typed is still there."""
    answer = send(office, SUPERVISOR, do="save", **{field: typed})
    assert answer.status_code == 422
    page = answer.body.decode()
    assert re.search(rf'<a href="#{field}">[^<]*{sentence}', page)
    assert "雨季前检查立管" in page
    assert office.container.analyses.of("jade-lake", "2026-11") is None


def test_the_supervisor_signs_and_the_manager_countersigns(office):
    """Then it stands there with both names, and nobody can write any more."""
    assert send(office, SUPERVISOR, do="sign").status_code == 303
    assert "等待会签" in office.page(SUPERVISOR, NOVEMBER)
    page = office.page(MANAGER, NOVEMBER)
    assert 'value="countersign"' in page
    assert send(office, MANAGER, do="countersign").status_code == 303
    page = office.page(LEADER, f"{NOVEMBER}?community=jade-lake")
    assert "客服主任签字：陈静" in page
    assert "会签：赵国强" in page
    answer = send(office, SUPERVISOR, do="save")
    assert answer.status_code == 409
    assert "已经签字，不能再改" in answer.body.decode()


def test_until_when_it_is_to_be_signed_stands_there(office):
    """The fifth working day of December; from then on that it has passed."""
    assert "请在 2026年12月7日（星期一）18:00 以前签字。" in office.page(SUPERVISOR, NOVEMBER)
    office.container.clock.move_to(at("Tuesday 2026-12-08 10:00"))
    assert "已经过期" in office.page(MANAGER, NOVEMBER)
    send(office, MANAGER, do="sign")
    assert "已经过期" not in office.page(MANAGER, NOVEMBER)


def test_nobody_countersigns_their_own(office):
    """The manager may write where there is no supervisor; then the leadership countersigns."""
    assert send(office, MANAGER, do="sign").status_code == 303
    answer = send(office, MANAGER, do="countersign")
    assert answer.status_code == 409
    assert "请由别人会签" in answer.body.decode()
    assert send(office, LEADER, do="countersign").status_code == 303


def test_a_month_that_still_runs_is_not_signed(office):
    """There is no button for it; what is sent all the same is kept as a draft."""
    page = office.page(SUPERVISOR, DECEMBER)
    assert 'value="sign"' not in page
    assert "才能签字" in page
    answer = send(office, SUPERVISOR, DECEMBER, do="sign")
    assert answer.status_code == 409
    assert "还没有定案" in answer.body.decode()
    assert office.container.analyses.of("jade-lake", "2026-12").signed is None


def test_last_month_s_measures_are_checked_off(office):
    """They stand in the next month's form with a box each."""
    send(office, SUPERVISOR, do="sign")
    page = unescape(office.page(SUPERVISOR, DECEMBER))
    assert re.search(r'name="done_1" value="yes"> <span>雨季前检查立管', page)
    send(office, SUPERVISOR, DECEMBER, do="save", done_1="yes")
    assert office.container.analyses.of("jade-lake", "2026-12").checked[0].done
    assert 'value="yes" checked' in office.page(SUPERVISOR, DECEMBER)


def test_a_later_judgement_stands_beside_the_figures(office):
    """The complaint of November is judged in December: an amendment, with the old and the new."""
    office.page(SUPERVISOR, NOVEMBER)
    judged = judge(SUPERVISOR.id, valid=False)
    office.container.act_on_complaint.act(office.reference, judged, by=SUPERVISOR.id)
    page = office.page(SUPERVISOR, NOVEMBER)
    assert "以后的判定" in page
    row = re.search(rf">{office.reference}</a></th>(.*?)</tr>", page)[1]
    assert re.findall("<td>([^<]*)</td>", row) == ["是否有效", "尚未判定", "判为无效", "2026-12"]
    counted = office.container.month_reports.count("jade-lake", "2026-11").rows
    assert figures.count("new_unjudged", counted) == 1


def test_of_two_who_write_at_once_the_second_is_told(office):
    """What they wrote stands in the form again."""
    send(office, SUPERVISOR, do="save")
    answer = send(office, MANAGER, do="save", version="0", problems="我写的")
    assert answer.status_code == 409
    assert "我写的</textarea>" in answer.body.decode()
    assert office.container.analyses.of("jade-lake", "2026-11").saved_by == SUPERVISOR.id


@pytest.mark.parametrize(
    ("person", "do", "community"),
    [
        (RECEPTIONIST, "save", "jade-lake"),
        (LEADER, "save", "jade-lake"),
        (SUPERVISOR, "countersign", "jade-lake"),
        (SUPERVISOR, "save", "maple-court"),
        (LEADER, "countersign", "jade-lake,maple-court"),
        (SUPERVISOR, "burn", "jade-lake"),
    ],
)
def test_it_is_not_for_everybody(office, person, do, community):
    """Who may not does not even learn that there is something."""
    sent = TYPED | {"do": do, "community": community}
    assert office.as_(person).post(NOVEMBER, sent).status_code == 404

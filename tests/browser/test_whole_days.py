"""One whole working day of each role in a real browser, from what is to be done to what was done.

What a person has to do next stands in their work, its button opens the form that does it, and
it is gone afterwards; each letter is where it should be. Every day begins at five past nine.
"""

import re
from datetime import timedelta

import pytest

from browser.desk_pages import DeskVisit, written
from browser.filling import checked, fill, go_on, reference_on, send, words
from chalicelib.policy import load_policy
from offline.running import SHANGHAI

pytestmark = pytest.mark.browser

CALENDAR = load_policy().working_time
RECEPTION, SUPERVISOR, MANAGER = "jade-reception", "jade-supervisor", "jade-manager"
HEAD, LEADER = "head-engineering", "leader"
MAIL = {
    RECEPTION: "reception.jade@anhe.example",
    SUPERVISOR: "supervisor.jade@anhe.example",
    MANAGER: "manager.jade@anhe.example",
    HEAD: "engineering@anhe.example",
    LEADER: "leadership@anhe.example",
}


@pytest.fixture
def staff(running, visit):
    """Sign somebody in at a browser of their own, on their way to a page."""

    def begin(staff_id, path="/desk", width=1280):
        return DeskVisit(visit("zh", width), running, staff_id, path=path)

    return begin


def morning(running):
    """Five past nine of the next working day, when the letters of the morning have gone out."""
    now = running.now()
    opening = CALENDAR.next_day_opening(now, SHANGHAI)
    return running.advance(seconds=(opening + timedelta(minutes=5) - now).total_seconds())


def mail(running, to, about, said=""):
    """The latest letter to an address that names what it is about and says this."""
    running.settle()
    found = [
        one
        for one in running.letters()
        if one["to"] == MAIL.get(to, to) and about in one["subject"] + one["text"]
    ]
    found = [one for one in found if said in one["subject"] + one["text"]]
    assert found, (to, about, said)
    return found[-1]


def link(running, letter):
    """Where the first link of a letter leads, on this site."""
    return re.search(rf"{re.escape(running.address)}(/\S+)", letter["text"])[1]


def act(running, reference, verb, by, *options):
    """A colleague does something meanwhile, and its letters go out."""
    result = running.desk("act", reference, verb, "--by", by, *options)
    assert result.returncode == 0, result.stderr
    running.settle()


def press(page, name):
    """Press a button by what it says, and wait for what is answered."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_a_receptionist_s_day(running, staff):
    """Takes a walk-in of a known household in, calls the supervisor, notes it and hands over."""
    morning(running)
    home = {"building": "3栋", "unit": "2201", "phone": "021-5550-2201", "name": "钱女士"}
    earlier = running.submit(**home, email=None).reference
    desk = staff(RECEPTION)
    page, w = desk.page, desk.w
    assert w["tasks"]["none"] in page.locator("#tasks").inner_text()
    with page.expect_navigation():
        page.get_by_role("link", name=w["desk"]["new"]).last.click()
    page.locator("[name=phone]").fill(home["phone"])
    page.locator("[name=phone]").press("Tab")
    page.locator(f"[data-look-up] a[href$='{earlier}']").wait_for()
    page.get_by_role("button", name=w["reception"]["fill"], exact=True).click()
    page.wait_for_selector(f"[name=unit][value='{home['unit']}']")
    assert page.locator("[name=name]").input_value() == home["name"]
    page.locator("[name=description]").fill("又漏水了，业户很着急。")
    page.get_by_role("button", name=w["reception"]["call"], exact=True).click()
    page.get_by_role("status").wait_for()
    assert "又漏水了" in mail(running, SUPERVISOR, "请马上过来")["text"]
    page.locator("[name=place]").fill("厨房")
    page.locator("[name=request]").fill("今天派人来。")
    page.locator("select[name=category]").select_option("water_leak")
    page.locator("select[name=about]").select_option("engineering")
    page.locator("input[name=cause][value=facility]").check()
    page.locator("input[name=hurt][value=no]").check()
    desk.press(w["reception"]["save"])
    reference = page.url.rsplit("/", 2)[1]
    slip = page.locator(".slip").inner_text()
    assert reference in slip
    assert reference != earlier
    assert "又漏水了" in slip
    mail(running, HEAD, reference)
    log = desk.open("/desk/log").locator("main").inner_text()
    assert reference in log
    _write_log(desk, "entry", "3栋电梯厅送来一把雨伞。")
    _write_log(desk, "handover_note", "请接班的回电给钱女士。")
    assert "请接班的回电给钱女士。" in page.locator("ol.log").inner_text()
    rows = desk.open(f"/desk?view=community&text={reference}").locator("table.cards")
    assert rows.locator(f"a[href*='{reference}']").count() == 1
    told = ("--text", "换了水管。", "--done", "已试水。", "--told-by", "telephone")
    act(running, reference, "reply", SUPERVISOR, *told)
    mail(running, RECEPTION, reference, "换了水管。")


def _write_log(desk, kind, text):
    desk.page.locator(f"input[name=kind][value={kind}]").check()
    desk.page.locator("#text").fill(text)
    desk.press(desk.w["log"]["save"])
    assert desk.page.get_by_role("status").inner_text()


def test_a_supervisor_s_day(running, staff):
    """Judges, makes contact, agrees a time, settles, visits what was settled, and hands over."""
    morning(running)
    settled = running.submit(cause="facility", email=None).reference
    told = ("--text", "换了灯泡。", "--done", "已换。", "--told-by", "visit", "--reason", "看过。")
    act(running, settled, "settle", SUPERVISOR, "--valid", "--root-cause", "老化。", *told)
    running.advance(days=8)
    morning(running)
    one = running.submit(cause="unsure", email="one@resident.example").reference
    simple = running.submit(cause="facility", email=None).reference
    two = [running.submit(cause="facility").reference for _ in range(2)]
    running.settle()
    desk = staff(SUPERVISOR)
    desk.work_off(one, "judge", valid="yes", severity="minor", reason="去看过了。")
    contact = {"reached": "yes", "told_by": "telephone"}
    desk.work_off(one, "acknowledge", **contact)
    assert desk.task(one, "reply").count() == 1
    _agrees_a_time(running, desk, one)
    desk.complaint(simple)
    desk.do(
        "settle",
        text="灯坏了。",
        done="已换。",
        told_by="visit",
        reason="看过。",
        root_cause="没有定期检查。",
    )
    desk.done("settle")
    assert not any(desk.task(simple, kind).count() for kind in ("acknowledge", "judge", "reply"))
    visit = {"told_by": "telephone"}
    desk.work_off(settled, "return_visit", is_gone=False, held="unreached", **visit)
    desk.work_off(settled, "return_visit", held="yes", satisfaction="satisfied", **visit)
    history = desk.complaint(settled).locator(".history").first.inner_text()
    assert history.count("回访没有联系上") == 1
    _hands_over_both(running, desk, two)


def _agrees_a_time(running, desk, reference):
    at = running.now() + timedelta(hours=2)
    desk.complaint(reference)
    desk.do("agree-time", at=written(at), note="师傅两小时后到。", told_by="telephone")
    desk.done("agree-time")
    assert desk.task(reference, "agreed").count() == 1
    letter = mail(running, "one@resident.example", reference, "师傅两小时后到。")
    assert f"{at.astimezone(SHANGHAI):%H:%M}" in letter["text"]


def _hands_over_both(running, desk, references):
    page = desk.open("/desk")
    with page.expect_navigation():
        page.get_by_role("link", name=desk.w["handing"]["title"]).click()
    for one in references:
        page.locator(f"#pick-{one}").check()
    page.locator("#to").select_option(MANAGER)
    page.locator("#note").fill("我下午去培训。")
    desk.press(desk.w["handing"]["submit"])
    assert "2" in page.get_by_role("status").inner_text()
    letter = mail(running, MANAGER, "我下午去培训。")
    assert all(one in letter["text"] for one in references)
    assert not any(desk.task(one, "acknowledge").count() for one in references)


def test_a_department_head_s_day(running, staff):
    """The alert's link leads through the sign-in to the page; feedback is given from my work."""
    morning(running)
    reference = running.submit(email="head@resident.example").reference
    alert = mail(running, HEAD, reference)
    desk = staff(HEAD, link(running, alert))
    assert reference in desk.page.locator("h1").inner_text()
    desk.work_off(reference, "feedback", text="师傅下午两点上门。")
    assert "师傅下午两点上门。" in mail(running, MANAGER, reference, "师傅下午两点上门。")["text"]
    page = desk.open(f"/desk?view=department&text={reference}")
    assert page.locator(f"table.cards a[href*='{reference}']").count() == 1
    _knows_nobody_in_confidence(running, desk)
    other = running.submit(about="cleaning", category="noise").reference
    running.settle()
    assert desk.complaint(other).locator("h1").inner_text() == desk.w["not_found"]["title"]


def _knows_nobody_in_confidence(running, desk):
    """Neither letter, page nor queue tells who complained."""
    form = running.complaint(in_confidence="yes", name="万俟女士", email="quiet@resident.example")
    reference = running.send(form).reference
    letter = mail(running, HEAD, reference)
    page = desk.complaint(reference)
    assert reference in page.locator("h1").inner_text()
    told = page.content() + desk.open("/desk?view=department").content() + letter["text"]
    known = [form[name] for name in ("name", "phone", "email", "unit")]
    assert [one for one in known if one in told] == []


def test_a_property_manager_s_day(running, staff, visit):
    """Makes contact, asks the resident, reads the answer as a task, replies by letter, closes."""
    morning(running)
    taken = running.submit(email="manager@resident.example")
    reference = taken.reference
    running.settle()
    desk = staff(MANAGER)
    page = desk.page
    desk.work_off(reference, "acknowledge", reached="yes", told_by="telephone")
    desk.complaint(reference)
    desk.do("await-answer", text="请问是哪一个角阀？", told_by="email")
    desk.done("await-answer")
    waiting = desk.open(f"/desk?view=waiting&text={reference}").locator("table.cards")
    assert waiting.locator(f"a[href*='{reference}']").count() == 1
    asked = mail(running, "manager@resident.example", reference, "请问是哪一个角阀？")
    resident = visit("zh", 360).open(link(running, asked))
    resident.locator("#message-text").fill("左边的那一个。")
    press(resident, words("zh")["resident_actions"]["message"])
    mail(running, MANAGER, reference, "左边的那一个。")
    desk.work_off(reference, "message", text="收到，下午换左边的。", told_by="email")
    mail(running, "manager@resident.example", reference, "收到，下午换左边的。")
    desk.complaint(reference)
    desk.do("judge", valid="yes", reason="看过，属实。")
    desk.take_up(reference, "reply")
    said = {"text": "左边的角阀裂了。", "done": "已换新。", "told_by": "email"}
    desk.do("reply", confirm=False, **said, root_cause="用了十年。")
    preview = page.locator(".letter").first.inner_text()
    assert "左边的角阀裂了。" in preview
    assert "用了十年。" not in preview
    desk.press(desk.w["verb"]["reply"])
    desk.done("reply")
    letter = mail(running, "manager@resident.example", reference, "左边的角阀裂了。")
    assert "用了十年。" not in letter["text"]
    assert desk.task(reference, "reply").count() == 0
    desk.work_off(reference, "close", remedy="全楼查了一遍。")
    mail(running, "manager@resident.example", reference, desk.w["letter"]["closed"])


def test_the_leadership_s_day(running, staff):
    """Reads what came up, judges it, answers for what is about the manager, sees who looked."""
    morning(running)
    came_up = running.submit().reference
    for _ in range(3):
        morning(running)
    about = running.submit(person="赵经理", person_post="property_manager").reference
    running.settle()
    letter = mail(running, LEADER, came_up, "晨报")
    path = f"/desk/complaints/{came_up}"
    assert f"{running.address}{path}" in letter["text"]
    staff(MANAGER, path)
    desk = staff(LEADER, path)
    desk.do("judge", valid="yes", severity="major", reason="拖了三天，住户家泡水。")
    desk.done("judge")
    mail(running, MANAGER, came_up, "重大投诉")
    with desk.page.expect_navigation():
        desk.page.get_by_role("link", name=desk.w["complaint"]["looks"]).click()
    looked = desk.page.locator("table.cards").inner_text()
    assert "赵国强" in looked
    assert "沈建华" in looked
    mail(running, LEADER, about)
    desk.work_off(about, "acknowledge", reached="yes", told_by="telephone")
    assert desk.task(about, "reply").count() == 1
    told = [one for one in running.letters() if one["to"] == MAIL[MANAGER]]
    assert not any(about in one["subject"] + one["text"] for one in told)


def test_a_resident_s_day_on_a_phone(running, visit):
    """From the form to a question, a reply that does not hold, and the new date when it is late."""
    morning(running)
    browsing, w = visit("zh", 360), words("zh")
    page = browsing.open("/complain/")
    email = "day@resident.example"
    fill(page, "zh", running.complaint(email=email))
    go_on(page, "zh")
    assert email in checked(page, "zh").inner_text()
    send(page, "zh")
    reference = reference_on(page, "zh")
    mail(running, email, reference)
    act(running, reference, "await-answer", MANAGER, "--text", "请问几点开始漏的？")
    page = browsing.open(link(running, mail(running, email, reference, "请问几点开始漏的？")))
    assert "请问几点开始漏的？" in page.locator("main blockquote").all_inner_texts()
    page.locator("#message-text").fill("早上六点。")
    press(page, w["resident_actions"]["message"])
    assert page.locator("#done").inner_text() == w["resident_done"]["message"]
    mail(running, MANAGER, reference, "早上六点。")
    act(running, reference, "reply", MANAGER, "--text", "换了垫圈。", "--done", "已试水。")
    page = browsing.open(link(running, mail(running, email, reference, "换了垫圈。")))
    assert "换了垫圈。" in page.locator("main blockquote").all_inner_texts()
    page.locator("#verdict-text").fill("晚上又漏了。")
    press(page, w["resident_actions"]["dispute"])
    assert page.locator("#done").inner_text() == w["resident_done"]["dispute"]
    mail(running, SUPERVISOR, reference, "晚上又漏了。")
    assert page.locator(".behind").count() == 0
    for _ in range(2):
        morning(running)
    page = browsing.open(link(running, mail(running, email, reference, "向您致歉")))
    assert page.locator(".behind").count() == 1
    steps = page.locator(".steps").inner_text()
    letter = mail(running, email, reference, "向您致歉")["text"]
    dates = re.findall(r"\d+年\d+月\d+日（\S+?）\d\d:\d\d", letter)
    missed, *anew = dates
    assert missed not in anew
    assert anew
    assert all(one in steps for one in dates)
    assert browsing.fits()

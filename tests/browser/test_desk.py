"""The staff's working day in a real browser: each role, from the walk-in to the end."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from browser.desk_pages import WALK_IN, DeskVisit, take_in, written

pytestmark = pytest.mark.browser

RECEPTION, SUPERVISOR, MANAGER = "jade-reception", "jade-supervisor", "jade-manager"
HEAD, LEADER = "head-engineering", "leader"


@pytest.fixture
def staff(running, visit):
    """Sign somebody in at a browser of their own."""

    def begin(staff_id, width=1280, *, javascript=True, language="zh"):
        browsing = visit(language, width, javascript=javascript)
        return DeskVisit(browsing, running, staff_id, language)

    return begin


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_from_walk_in_to_closed_without_an_address(running, staff, javascript):
    """The resident has neither telephone nor e-mail; the complaint is handled to its end anyway."""
    desk = staff(RECEPTION, javascript=javascript)
    reference = take_in(desk, unit="0901" if javascript else "0902")
    slip = desk.page.locator(".slip").inner_text()
    assert reference in slip
    assert desk.page.locator(".slip .code").count() == 2
    running.settle()
    owner = staff(SUPERVISOR, javascript=javascript)
    owner.complaint(reference)
    owner.do("acknowledge", reached="yes", told_by="visit")
    owner.done("acknowledge")
    owner.do("judge", valid="yes", reason="现场看过，属实。")
    owner.do("close", root_cause="灯管老化", remedy="全楼换新")
    assert "还不能办结" in owner.page.get_by_role("alert").inner_text()
    assert owner.page.locator("#close-root_cause").input_value() == "灯管老化"
    owner.complaint(reference)
    said = {"text": "灯管老化", "done": "已换新灯", "told_by": "visit"}
    owner.do("reply", **said, told_at=written(running.now()))
    if owner.page.get_by_role("alert").count():  # the minute of receipt lies before its second
        owner.do("reply", told_at="")
    owner.done("reply")
    owner.do("close", root_cause="灯管老化", remedy="全楼换新", lesson="每季检查一次楼道灯。")
    owner.done("close")
    assert owner.w["status"]["closed"] in owner.page.locator("main").inner_text()
    assert owner.browsing.asked_elsewhere == []
    told = [one for one in running.letters_about(reference) if one["to"].startswith("reception")]
    assert told, "who took it in is told of the reply"


def test_reception_shows_the_household_and_calls_the_supervisor(running, staff):
    """The unit brings up earlier complaints; the call goes out before the form is done."""
    desk = staff(RECEPTION)
    earlier = take_in(desk, unit="1101")
    page = desk.open("/desk/new")
    page.locator("[name=building]").fill("７号楼")
    page.locator("[name=unit]").fill("1101 室")
    page.locator("[name=name]").focus()
    page.locator(f"[data-look-up] a[href$='{earlier}']").wait_for()
    page.locator("[name=description]").fill("业户情绪激动，要求见主任。")
    page.get_by_role("button", name=desk.w["reception"]["call"], exact=True).click()
    page.get_by_role("status").wait_for()
    assert page.locator("[name=description]").input_value() == "业户情绪激动，要求见主任。"
    assert "已呼叫客服主任" in page.get_by_role("status").inner_text()
    running.settle()
    assert [one for one in running.letters() if "请马上过来" in one["subject"]]
    for name in ("name", "place", "request"):
        page.locator(f"[name={name}]").fill(WALK_IN[name])
    page.locator("select[name=category]").select_option("staff_conduct")
    page.locator("select[name=about]").select_option("customer-service")
    page.locator("select[name=contact_by]").select_option("visit")
    page.locator("input[name=cause][value=unsure]").check()
    page.locator("input[name=hurt][value=no]").check()
    desk.press(desk.w["reception"]["save"])
    reference = page.url.rsplit("/", 2)[1]
    assert "呼叫" in desk.complaint(reference).locator(".history").first.inner_text()
    log = desk.open("/desk/log").locator("main").inner_text()
    assert reference in log
    assert "业户情绪激动" in log


def test_the_keyboard_alone_takes_a_complaint_in(staff):
    """Tab and typing fill the form, Ctrl+Enter saves it, and the focus is always seen."""
    desk = staff(RECEPTION)
    page = desk.open("/desk/new")
    page.locator("[name=channel]").first.focus()
    form = WALK_IN | {"unit": "1305", "phone": "138 0000 1305"}
    keys = {"category": "ArrowDown", "about": "ArrowDown", "cause": "Space", "hurt": "ArrowDown"}
    seen = set()
    for _ in range(40):
        name = page.evaluate("document.activeElement.name")
        if name not in seen:  # within a date its parts have rings of their own
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(outline) == "solid", name
        if name in form and name not in seen:
            page.keyboard.type(form[name])
        elif name in keys and name not in seen:
            page.keyboard.press(keys[name])
        seen.add(name)
        if name == "request":
            break
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.url.endswith(("/slip", "/slip?print=yes")), page.locator("main").inner_text()[:500]


def test_back_from_the_slip_shows_a_page_and_no_error(staff):
    """Refused once, filled in from what is known, then saved: Back leads to where one came from."""
    desk = staff(RECEPTION)
    page = desk.page
    take_in(desk, unit="0977", phone="021-5550-0977")
    desk.open("/desk")
    desk.open("/desk/new")
    page.locator("[name=phone]").fill("021-5550-0977")
    page.locator("[name=phone]").press("Tab")
    page.get_by_role("button", name=desk.w["reception"]["fill"], exact=True).click()
    page.wait_for_selector("[name=unit][value='0977']")
    page.get_by_role("button", name=desk.w["reception"]["save"], exact=True).click()
    page.wait_for_selector(".summary")
    assert page.url.endswith("/desk/new")
    take_in(desk, opened=True, unit="0977")
    assert page.url.endswith("/slip")
    page.go_back()
    assert page.url.endswith("/desk")
    assert page.locator("h1").inner_text() == desk.w["tasks"]["title"]


def test_a_manager_on_a_phone_hands_over_and_has_it_back(running, staff):
    """Agreed, handed over, handed back; the supervisor decides; answered, the letter seen first."""
    taken = running.submit(email="phone@resident.example")
    running.letters_about(taken.reference, count=4)
    manager = staff(MANAGER, 360)
    page = manager.complaint(taken.reference)
    assert manager.browsing.fits()
    manager.do("acknowledge", reached="yes", told_by="email")
    soon = written(running.now() + timedelta(days=2))
    manager.do("agree-time", at=soon, note="配件要等两天，届时回电。")
    manager.done("agree-time")
    assert manager.w["deadline"]["agreed"] in page.locator("#clocks + table").inner_text()
    manager.do("hand-over", to=HEAD, note="请工程部接手。")
    manager.done("hand-over")
    assert page.locator("#reply").count() == 0, "it is theirs no more"
    head = staff(HEAD, 360)
    head.complaint(taken.reference)
    head.do("give-feedback", text="师傅明天上午到。")
    head.done("give-feedback")
    head.do("hand-back", note="阀门归供水公司。")
    head.done("hand-back")
    supervisor = staff(SUPERVISOR)
    supervisor.complaint(taken.reference)
    assert "陈静" in supervisor.page.locator("main").inner_text()
    supervisor.do("hand-over", to=MANAGER, note="请经理出面协调。")
    manager.complaint(taken.reference)
    manager.do("judge", valid="yes", reason="属实")
    manager.do(
        "reply",
        confirm=False,
        text="查明是阀门。",
        done="已换。",
        told_by="email",
        root_cause="内部原因",
    )
    letter = page.locator(".letter").first.inner_text()
    assert "查明是阀门。" in letter
    assert "内部原因" not in letter
    assert "····" in letter
    assert manager.browsing.fits()
    manager.press(manager.w["verb"]["reply"])
    manager.done("reply")
    running.settle()
    mail = [one for one in running.letters() if one["to"] == "phone@resident.example"][-1]
    assert "查明是阀门。" in mail["text"]
    assert "内部原因" not in mail["text"]
    manager.do("close", remedy="全换")
    manager.done("close")


def test_the_second_of_two_is_told_what_changed_and_goes_on(running, staff):
    """What was typed stands in the form, with what the other did above it; then it is done."""
    taken = running.submit(email=None)
    running.letters_about(taken.reference, count=3)
    manager, supervisor = staff(MANAGER), staff(SUPERVISOR)
    manager.complaint(taken.reference)
    supervisor.complaint(taken.reference)
    supervisor.do("note", text="业户刚来过电话。")
    manager.do("reply", text="查明。", done="已办。", told_by="telephone")
    changed = manager.page.get_by_role("alert").inner_text()
    assert "业户刚来过电话。" in changed
    assert "陈静" in changed
    assert manager.page.locator("#reply-text").input_value() == "查明。"
    manager.do("reply")
    manager.done("reply")


def test_leadership_sees_all_and_judges(running, staff):
    """Every community is in the queue, and what leadership judges is told to the manager."""
    taken = running.submit(cause="unsure")
    running.letters_about(taken.reference, count=4)
    leader = staff(LEADER)
    page = leader.open("/desk?view=all")
    text = page.locator("main").inner_text()
    assert "翠湖花园" in text
    assert "枫林苑" in text
    leader.complaint(taken.reference)
    leader.do("judge", severity="minor", reason="设备所限。")
    leader.done("judge")
    assert "设备所限。" in page.locator(".history").first.inner_text()


PAGES = {
    "list": (MANAGER, "/desk/complaints"),
    "queue": (MANAGER, "/desk?view=all"),
    "nothing in the queue": (MANAGER, "/desk?view=all&text=nothing-has-this"),
    "reception": (RECEPTION, "/desk/new"),
    "log": (RECEPTION, "/desk/log"),
    "archive": (SUPERVISOR, "/desk/archive"),
    "lessons": (SUPERVISOR, "/desk/archive/lessons?category=noise"),
    "account": (HEAD, "/desk/account"),
    "staff": (MANAGER, "/desk/staff"),
    "not there": (RECEPTION, "/desk/complaints/00000-00000"),
}


@pytest.fixture
def reading(staff):
    """A receptionist, who has no tasks, at the screen of a small phone, reading a language."""
    opened = []

    def begin(language):
        desk = staff(RECEPTION, 360)
        _read_in(desk, language)
        opened.append(desk)
        desk.page.set_viewport_size({"width": 360, "height": 640})
        desk.open("/desk?view=all")
        return desk

    yield begin
    for desk in opened:
        _read_in(desk, "zh")


def _read_in(desk, language):
    page = desk.open("/desk/account")
    page.locator(f"[name=language][value={language}]").check()
    with page.expect_navigation():
        page.locator("form:has([name=language]) button").click()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_complaint_is_on_the_first_screen_of_a_phone(running, reading, language):
    """Of who has no tasks: the caption is a line, and what presses is read without scrolling."""
    running.submit(cause="unsure")
    page = reading(language).page
    assert page.locator(".tasks").count() == 0
    first = page.locator("table.cards tbody tr").first
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    link = first.locator("a").first.bounding_box()
    assert link["y"] + link["height"] <= 640
    caption = page.locator("table.cards caption").bounding_box()
    line = page.evaluate("parseFloat(getComputedStyle(document.querySelector('td p')).lineHeight)")
    assert caption["height"] < 2 * line


def test_the_present_view_is_in_sight_and_a_filter_is_kept_by_name(running, staff):
    """On a phone the views stand in one line; what was filtered is one press away from then on."""
    running.submit(cause="facility")
    desk = staff(MANAGER, 360)
    page = desk.open("/desk?view=overdue")
    views = page.locator(".views").bounding_box()
    current = page.locator(".views [aria-current]").bounding_box()
    assert views["height"] < 2 * current["height"]
    assert views["x"] <= current["x"] < current["x"] + current["width"] <= 360
    page = desk.open("/desk?view=community&severity=minor")
    page.locator("#filter-name").fill("轻微的")
    desk.press(desk.w["filter"]["keep"])
    assert page.get_by_role("status").inner_text() == desk.w["done"]["keep-filter"]
    desk.open("/desk")
    with page.expect_navigation():
        page.get_by_role("link", name="轻微的", exact=True).click()
    assert "severity=minor" in page.url
    assert page.locator("#severity").input_value() == "minor"
    _is_sound(desk.browsing, "zh")


def test_a_minor_complaint_is_settled_in_one_form(running, staff):
    """Judged, replied to and closed from its page on a phone; what is wrong is named first."""
    taken = running.submit(cause="facility", email=None)
    running.settle()
    desk = staff(SUPERVISOR, 360)
    desk.complaint(taken.reference)
    told = {"text": "灯泡坏了。", "done": "已换新。", "told_by": "visit", "reason": "看过了。"}
    desk.do("settle", **told)
    assert desk.page.get_by_role("alert").locator("a[href='#settle-root_cause']").count() == 1
    desk.do("settle", root_cause="没有定期检查。")
    desk.done("settle")
    assert desk.w["status"]["closed"] in desk.page.locator("main").inner_text()


BOTH_LANGUAGES = {"zh": MANAGER, "en": "maple-manager"}


@pytest.fixture(scope="module")
def taken(running):
    """A major complaint in each community, with its letters sent."""
    both = {}
    for language, community in (("zh", "jade-lake"), ("en", "maple-court")):
        both[language] = running.submit(community=community, hurt="yes", language=language)
        running.letters_about(both[language].reference, count=5)
    return both


def _is_sound(browsing, language):
    assert browsing.is_sound(language)
    assert browsing.asked_elsewhere == []


@pytest.mark.parametrize("staff_id", sorted({staff_id for staff_id, _ in PAGES.values()}))
def test_pages_are_accessible_and_fit(staff, taken, staff_id):  # noqa: ARG001 - the queue has something in it
    """Axe finds nothing at 360 and at 1280 pixels, and nothing is wider than the screen."""
    desk = staff(staff_id)
    for path in (path for who, path in PAGES.values() if who == staff_id):
        desk.open(path)
        for language in ("zh", "en"):  # these pages are in Chinese, and looked at in both widths
            _is_sound(desk.browsing, language)


def test_the_month_s_report_is_accessible_and_prints(staff, taken):
    """From the menu to this month, to what a figure counts, to the notice; on A4 in pages."""
    desk = staff(SUPERVISOR)
    page = desk.open("/desk")
    for link in (desk.w["desk"]["reports"], desk.w["report"]["next_month"]):
        with page.expect_navigation():
            page.get_by_role("link", name=link, exact=True).click()
        for language in ("zh", "en"):  # this page is in Chinese, and looked at in both widths
            _is_sound(desk.browsing, language)
    assert page.locator("svg.chart").count() == 4
    assert page.pdf(format="A4").startswith(b"%PDF")
    report = page.url
    with page.expect_navigation():
        page.locator("#lists ~ p a", has_text=taken["zh"].reference).first.click()
    assert page.url.endswith(taken["zh"].reference)
    for more in ("?figure=new", "?show=notice", "?show=closings"):
        desk.open(report[report.index("/desk") :] + more)
        for language in ("zh", "en"):
            _is_sound(desk.browsing, language)


@pytest.mark.parametrize("language", BOTH_LANGUAGES)
def test_the_list_is_filtered_sorted_and_taken_away(staff, taken, language):
    """Found by a word, in another order; the page sound as it is and with errors; both files."""
    desk, reference = staff(BOTH_LANGUAGES[language], language=language), taken[language].reference
    page = desk.open("/desk/complaints")
    page.locator(".filters > summary").click()
    page.locator("#text").fill(reference.replace("-", "").lower())
    page.locator("#severity").select_option("major")
    desk.press(desk.w["filter"]["show"])
    assert page.locator("table.cards tbody tr").count() == 1
    with page.expect_navigation():
        page.get_by_role("link", name=desk.w["item"]["owner"], exact=True).click()
    assert page.locator("th[aria-sort=ascending]").inner_text() == desk.w["item"]["owner"]
    assert page.locator("#severity").input_value() == "major"
    for ending in ("xlsx", "csv"):
        with page.expect_download() as found:
            page.locator(f"#files a[href*='.{ending}']").click()
        content = Path(found.value.path()).read_bytes()
        assert found.value.suggested_filename.endswith(f".{ending}")
        text = str(cells(content)) if ending == "xlsx" else content.decode("utf-8-sig")
        assert reference in text
    # Files are the storage's own, as photos are; all else comes from the desk.
    assert desk.browsing.is_sound(language)
    desk.open("/desk/complaints?month=2026-13")
    assert desk.browsing.is_sound(language)


def cells(content):
    """Everything that stands in a workbook."""
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row]


@pytest.mark.parametrize("language", BOTH_LANGUAGES)
def test_a_complaint_s_page_is_accessible_in_every_state(staff, taken, language):
    """As it is, all forms open, with errors, before a letter is sent; its slip, its looks."""
    desk = staff(BOTH_LANGUAGES[language], language=language)
    reference = taken[language].reference
    page = desk.complaint(reference)
    _is_sound(desk.browsing, language)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    _is_sound(desk.browsing, language)
    desk.complaint(reference)
    desk.do("reply", text="", done="")
    _is_sound(desk.browsing, language)
    desk.complaint(reference)
    desk.do("reply", confirm=False, text="A.", done="B.", told_by="email")
    _is_sound(desk.browsing, language)
    for page_of in ("slip", "looks"):
        desk.open(f"/desk/complaints/{reference}/{page_of}")
        _is_sound(desk.browsing, language)


@pytest.mark.parametrize("language", BOTH_LANGUAGES)
def test_merged_complaints_are_accessible_and_can_be_separated(running, staff, language):
    """The letters before it, the page with its residents, and the one that goes on under it."""
    desk = staff(BOTH_LANGUAGES[language], language=language)
    community = "jade-lake" if language == "zh" else "maple-court"
    first = running.submit(community=community, language=language, cause="facility")
    running.advance(minutes=1)
    second = running.submit(community=community, language=language)
    running.letters_about(second.reference, count=2)
    desk.complaint(first.reference)
    desk.do("merge", confirm=False, into=second.reference, reason="A.")
    _is_sound(desk.browsing, language)
    desk.press(desk.w["verb"]["merge"])
    desk.done("merge")
    _is_sound(desk.browsing, language)
    desk.page.locator("#residents ~ ul a").first.click()
    assert desk.page.locator("h1 .code").inner_text() == second.reference
    _is_sound(desk.browsing, language)
    desk.do("separate", reason="B.")
    desk.done("separate")

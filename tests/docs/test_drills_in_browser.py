"""Drills in a real browser: with a script and without, by mouse and by keyboard."""

import json

import pytest
from docs.generator.scenario_files import drill_sets
from docs.generator.scenarios import OfSeverity
from docs.generator.words import word

from support.handbook import HOMES, LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

SETS = {each.name: each.scenarios for each in drill_sets()}
BASICS = [one for one in SETS["severity-basics"] if isinstance(one, OfSeverity)]
FIRST = BASICS[0]


def choose(page, one, severity, owner):
    """Answer a drill, and have it checked."""
    box = page.locator(f'.drill[data-drill="{one.id}"]')
    box.locator(f'input[name$="-severity"][value="{severity}"]').check()
    box.locator(f'input[name$="-owner"][value="{owner}"]').check()
    box.get_by_role("button").first.click()
    return box


def opened(page, address, language, name):
    """A page of drills; whatever the browser complains of is gathered."""
    complaints = []
    page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: complaints.append(str(one)))
    page.goto(f"{address}{HOMES[language]}drills/{name}")
    return complaints


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_right_answer_is_said_and_kept(page, address, language):
    """The page says so, opens the answer, counts it, and still knows it after a reload."""
    complaints = opened(page, address, language, "severity-basics/")
    box = choose(page, FIRST, FIRST.expect.severity, FIRST.expect.owner)
    assert box.locator(".drill-result").inner_text() == word("drill.right", language)
    assert box.locator("details").get_attribute("open") is not None
    said = word("drill.progress", language, all=len(BASICS), right=1, left=len(BASICS) - 1)
    assert page.locator(".drill-progress").inner_text() == said
    page.reload()
    assert page.locator(".drill-progress").inner_text() == said
    assert complaints == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_answer_is_explained(page, address, language):
    """Wrong in both, and right in one: each is said, and the right ones are marked."""
    opened(page, address, language, "severity-basics/")
    wrong = {"major": "minor"}.get(FIRST.expect.severity, "major")
    box = choose(page, FIRST, wrong, "department_head")
    assert box.locator(".drill-result").inner_text() == word("drill.wrong", language)
    assert box.locator(".is-good").count() == 2
    assert box.locator(".is-poor").count() == 2
    box = choose(page, FIRST, FIRST.expect.severity, "department_head")
    assert box.locator(".drill-result").inner_text() == word("drill.half", language)
    kept = json.loads(page.evaluate("localStorage.getItem('complaint-desk.drills')"))
    assert kept[FIRST.id]["right"] is False


def test_a_result_is_heard_and_not_told_by_colour_alone(page, address):
    """The place where it is said is there from the start, and marks stand beside the choices."""
    opened(page, address, "en", "severity-basics/")
    empty = page.locator(f'.drill[data-drill="{FIRST.id}"] .drill-result')
    assert empty.get_attribute("role") == "status"
    assert empty.evaluate("(one) => getComputedStyle(one).display") == "block"
    box = choose(page, FIRST, FIRST.expect.severity, "department_head")
    for kind, mark in (("good", "✓"), ("poor", "✗")):
        after = "(one) => getComputedStyle(one, '::after').content"
        assert mark in box.locator(f".is-{kind} > span").first.evaluate(after)


def test_nothing_is_checked_before_all_is_chosen(page, address):
    """The answer stays shut, and the focus moves to what is still open."""
    opened(page, address, "en", "severity-basics/")
    box = page.locator(f'.drill[data-drill="{FIRST.id}"]')
    box.get_by_role("button").first.click()
    assert box.locator(".drill-result").inner_text() == word("drill.choose", "en")
    assert box.locator("details").get_attribute("open") is None
    assert page.evaluate("document.activeElement.name") == f"{FIRST.id}-severity"


def test_a_drill_can_be_done_again(page, address):
    """Once checked, what was chosen can be cleared; the score stays until it is checked anew."""
    opened(page, address, "zh", "severity-basics/")
    assert not page.locator(".drill-buttons button").nth(1).is_visible()
    box = choose(page, FIRST, FIRST.expect.severity, FIRST.expect.owner)
    box.get_by_role("button").nth(1).click()
    assert box.locator("input:checked").count() == 0
    assert box.locator("details").get_attribute("open") is None


def test_a_drill_can_be_done_from_the_keyboard(page, address):
    """Tab and arrows choose, Enter checks."""
    opened(page, address, "zh", "at-the-desk/")
    box = page.locator(".drill").first
    box.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert box.locator("details").get_attribute("open") is not None
    assert box.locator("input:checked").get_attribute("value") == "B"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_role_shows_what_is_left(page, address, language):
    """Choosing a role shows its drills alone, with what was done; the slip has the same."""
    opened(page, address, language, "severity-basics/")
    choose(page, FIRST, FIRST.expect.severity, FIRST.expect.owner)
    role = FIRST.roles[0]
    mine = [one for each in SETS.values() for one in each if role in one.roles]
    page.goto(f"{address}{HOMES[language]}drills/")
    page.locator(".drill-role select").select_option(role)
    for _ in ("what is left", "the slip"):
        lists = page.locator(".drill-list:visible")
        assert lists.count() == 1
        assert lists.get_attribute("data-role") == role
        said = word("drill.role_left", language, all=len(mine), right=1, left=len(mine) - 1)
        assert lists.locator(".drill-left").inner_text() == said
        state = lists.locator(f'.drill-state[data-drill="{FIRST.id}"]')
        assert state.inner_text() == word("drill.done", language)
        day = lists.locator(f'.drill-day[data-drill="{FIRST.id}"]').inner_text()
        assert day == page.evaluate("new Date().toLocaleDateString('sv')")
        page.goto(f"{address}{HOMES[language]}drills/slip/")
    assert page.get_by_role("button", name=word("drill.print", language)).is_visible()


def test_the_score_can_be_forgotten(page, address):
    """Pressed twice, as it cannot be undone, nothing is kept on the device."""
    opened(page, address, "en", "severity-basics/")
    choose(page, FIRST, FIRST.expect.severity, FIRST.expect.owner)
    page.goto(f"{address}en/drills/")
    page.get_by_role("button", name=word("drill.forget", "en")).click()
    assert FIRST.id in page.evaluate("localStorage.getItem('complaint-desk.drills')")
    page.get_by_role("button", name=word("drill.forget_sure", "en")).click()
    assert page.evaluate("localStorage.getItem('complaint-desk.drills')") == "{}"
    assert page.evaluate("document.activeElement.textContent") == word("drill.forgotten", "en")
    assert page.locator(f'.drill-state[data-drill="{FIRST.id}"]').first.inner_text() == "to do"


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_the_answer_opens(browser, address, language):
    """Story, choices and answer are there, and nothing that only a script can do."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{HOMES[language]}drills/severity-basics/")
    box = page.locator(f'.drill[data-drill="{FIRST.id}"]')
    assert box.locator("input").first.is_visible()
    assert box.get_by_role("button").count() == 0
    answer = box.locator("details > p").first
    assert not answer.is_visible()
    box.locator("summary").click()
    assert answer.is_visible()
    for place in ("drills/severity-basics/", "drills/", "drills/slip/"):
        page.goto(f"{address}{HOMES[language]}{place}")
        for name in ("progress", "role", "left", "forget", "print"):
            assert page.locator(f".drill-{name}:visible").count() == 0
    assert page.locator(".drill-list:visible").count() > 1
    context.close()


def test_a_browser_that_keeps_nothing_still_checks(browser, address):
    """Where the device's memory is shut, drills are done and only the score is lost."""
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('shut') }})"
    )
    page = context.new_page()
    page.goto(f"{address}drills/severity-basics/")
    box = choose(page, FIRST, FIRST.expect.severity, FIRST.expect.owner)
    assert box.locator(".drill-result").inner_text() == word("drill.right", "zh")
    context.close()

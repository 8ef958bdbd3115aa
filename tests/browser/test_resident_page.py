"""The resident's page in a real browser: received, solved, not solved and back, and withdrawn."""

from datetime import timedelta

import pytest

from browser.desk_pages import written
from browser.filling import EACH_TWO, HOMES, words

pytestmark = pytest.mark.browser

OWNER, SUPERVISOR = "jade-manager", "jade-supervisor"
CLOSING = ("--root-cause", "Seal.", "--remedy", "Replaced.")


def act(running, taken, verb, *options, by=OWNER):
    """The staff do something, and its letters go out."""
    result = running.desk("act", taken.reference, verb, "--by", by, *options)
    assert result.returncode == 0, result.stderr
    running.settle()


def replied(running, taken):
    """The owner tells the resident what was found."""
    act(running, taken, "reply", "--text", "The seal was worn; we replaced it.")


def press(page, name):
    """Press a button by what it says, and wait for what is answered."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def said(page):
    """What the resident is told was done."""
    return page.locator("#done[role=status]").inner_text()


def story(page):
    """The lines of the story, the oldest first."""
    return page.locator(".story .what").all_inner_texts()


@pytest.mark.parametrize(("language", "width", "javascript"), EACH_TWO)
def test_from_received_to_solved(running, visit, language, javascript, width):
    """The resident adds a message, reads the reply, and confirms it; it is all in the story."""
    w = words(language)
    taken = running.submit(language=language)
    browsing = visit(language, width, javascript=javascript)
    page = browsing.open(taken.path)
    page.get_by_label(w["resident_actions"]["message_text"]).fill("It drips.\nPlease hurry.")
    press(page, w["resident_actions"]["message"])
    assert said(page) == w["resident_done"]["message"]
    assert page.get_by_role("button", name=w["resident_actions"]["confirm"]).count() == 0
    replied(running, taken)
    page = browsing.open(taken.path)
    assert page.locator("main").inner_text().count("The seal was worn; we replaced it.") == 2
    page.locator("#verdict-text").fill("Thank you.")
    press(page, w["resident_actions"]["confirm"])
    assert said(page) == w["resident_done"]["confirm"]
    assert page.url.endswith("&done=confirm#done")
    told = story(page)
    for title in ("received", "messaged", "replied", "confirmed"):
        assert w["story"][title] in told
    assert "Thank you." in page.locator(".story").inner_text()
    assert browsing.fits()
    assert browsing.asked_elsewhere == []
    assert browsing.dialogs == []


@pytest.mark.parametrize(
    ("language", "width", "javascript"), [("zh", 360, False), ("en", 1280, True)]
)
def test_not_solved_and_back(running, visit, language, width, javascript):
    """It opens again with new dates, is answered anew, and is then solved."""
    w = words(language)
    taken = running.submit(language=language, email=f"back.{language}@resident.example")
    running.settle()
    replied(running, taken)
    browsing = visit(language, width, javascript=javascript)
    page = browsing.open(taken.path)
    page.locator("#verdict-text").fill("It leaks again.")
    press(page, w["resident_actions"]["dispute"])
    assert said(page) == w["resident_done"]["dispute"]
    assert w["status"]["reopened"] in page.locator("h1").inner_text()
    assert page.locator(".steps li").count() == 2
    assert page.get_by_role("button", name=w["resident_actions"]["dispute"]).count() == 0
    replied(running, taken)
    browsing.open(taken.path)
    press(page, w["resident_actions"]["confirm"])
    assert said(page) == w["resident_done"]["confirm"]
    told = [one["subject"] for one in running.letters() if taken.reference in one["subject"]]
    assert any("没有解决" in one or "not solved" in one for one in told)


def test_withdrawing_is_asked_twice(running, visit):
    """The button stands behind a question; what follows says how to come back."""
    w = words("zh")
    page = visit("zh", javascript=False).open(running.submit().path)
    button = page.get_by_role("button", name=w["resident_actions"]["withdraw"])
    assert not button.is_visible()
    page.get_by_text(w["resident_actions"]["withdraw_title"]).click()
    assert page.get_by_text("确定要撤回吗？").is_visible()
    press(page, w["resident_actions"]["withdraw"])
    assert said(page) == w["resident_done"]["withdraw"]
    assert page.locator("textarea").count() == 0
    assert "请致电客服前台" in page.locator(".steps").inner_text()


def test_going_back_and_sending_again_takes_one_message(running, visit):
    """The page of before, still filled in, sends the same message once more: it is there once."""
    w = words("zh")
    page = visit("zh", javascript=False).open(running.submit().path)
    for _ in range(2):
        page.locator("#message-text").fill("又漏了")
        press(page, w["resident_actions"]["message"])
        page.go_back()
    page.reload()
    assert story(page).count(w["story"]["messaged"]) == 1


@pytest.mark.parametrize("language", HOMES)
def test_a_blank_message_leads_to_its_field(running, visit, language):
    """The title says that there is an error, and the summary's link moves the focus."""
    w = words(language)
    browsing = visit(language)
    page = browsing.open(running.submit(language=language).path)
    press(page, w["resident_actions"]["message"])
    assert page.title().startswith(w["form"]["error_prefix"])
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "message-text"
    assert page.locator("#message-text-error").is_visible()
    page.locator("#message-text").fill("x")
    press(page, w["resident_actions"]["message"])
    assert said(page) == w["resident_done"]["message"]


def test_the_keyboard_alone_is_enough(running, visit):
    """Tab leads to each thing, the focus is seen, and Enter sends it."""
    w = words("en")
    taken = running.submit(language="en")
    running.settle()
    replied(running, taken)
    page = visit("en").open(taken.path)

    def reach(what):
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate(what):
                outline = "getComputedStyle(document.activeElement).outlineStyle"
                assert page.evaluate(outline) == "solid"
                return
        pytest.fail(f"Tab does not lead to {what}.")

    reach("document.activeElement.id === 'verdict-text'")
    page.keyboard.type("Thank you.")
    reach(f"document.activeElement.innerText === '{w['resident_actions']['dispute']}'")
    reach("document.activeElement.id === 'message-text'")
    reach("document.activeElement.tagName === 'SUMMARY'")
    page.keyboard.press("Enter")
    reach("document.activeElement.id === 'withdraw-text'")
    page.locator("#verdict-text").focus()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert said(page) == w["resident_done"]["confirm"]


def test_no_page_is_told_where_the_resident_comes_from(running, visit):
    """A link that is followed from the resident's page sends no referrer, and no code."""
    taken = running.submit()
    browsing = visit("zh")
    links = browsing.open(taken.path).locator("a[href^='/']").all()
    paths = [one.get_attribute("href") for one in links]
    assert paths
    for path in paths:
        page = browsing.open(taken.path)
        with page.expect_navigation() as followed:
            page.locator(f"a[href='{path}']").first.click()
        assert "referer" not in followed.value.request.all_headers(), path
        assert "code=" not in page.url


@pytest.mark.parametrize("language", HOMES)
def test_every_state_is_accessible_and_fits(running, visit, language):
    """Axe finds nothing at 360 or at 1280 pixels, from received to the end, errors among them."""
    w = words(language)
    browsing = visit(language)
    taken = running.submit(language=language, place="a-word-that-has-no-end-" * 8)
    page = browsing.open(taken.path)

    def is_sound(state):
        assert browsing.is_sound(language, state)

    is_sound("received")
    press(page, w["resident_actions"]["message"])
    is_sound("error")
    page.locator("summary").first.click()
    is_sound("about to withdraw")
    running.settle()
    act(running, taken, "acknowledge")
    soon = written(running.now() + timedelta(days=2))
    act(running, taken, "agree-time", "--at", soon, "--note", "The part comes on Friday.")
    page.locator("#message-text").fill("x")
    press(page, w["resident_actions"]["message"])
    is_sound("acknowledged, with a time")
    act(running, taken, "judge", "--valid", "--reason", "x", by=SUPERVISOR)
    replied(running, taken)
    browsing.open(taken.path)
    is_sound("replied")
    press(page, w["resident_actions"]["confirm"])
    is_sound("confirmed")
    act(running, taken, "close", *CLOSING)
    browsing.open(taken.path)
    is_sound("closed")
    press(page, w["resident_actions"]["dispute"])
    is_sound("reopened")
    page.locator("summary").first.click()
    press(page, w["resident_actions"]["withdraw"])
    is_sound("withdrawn")
    assert browsing.asked_elsewhere == []


@pytest.mark.parametrize("language", HOMES)
def test_finding_it_is_accessible_and_leads_to_it(running, visit, language):
    """The form, its fault, the lost code, the button's own address, and what is not there."""
    w = words(language)
    taken = running.submit(language=language)
    browsing = visit(language)
    page = browsing.open(f"/complaints/find?language={language}")

    def is_sound(state):
        assert browsing.is_sound(language, state)

    is_sound("find")
    press(page, w["find"]["lost"])
    is_sound("a blank reference")
    page.locator("#lost-reference").fill(taken.reference.lower())
    press(page, w["find"]["lost"])
    assert page.get_by_role("status").inner_text() == w["find"]["sent"]
    is_sound("asked for the code")
    browsing.open(f"/complaints/{taken.reference}/message")
    is_sound("a button's own address")
    browsing.open(f"/complaints/{taken.reference}?code=x")
    assert w["find"]["not_found_title"] in page.title()
    is_sound("not found")
    page.locator("#code").fill(taken.path.partition("code=")[2].lower())
    press(page, w["page"]["find"])
    assert page.locator("h1").inner_text() == w["page"]["received_title"]

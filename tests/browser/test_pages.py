"""Every page of ours, as a browser shows it: accessible, fitting, and leading on."""

import re

import pytest
from playwright.sync_api import expect

from browser.filling import HOMES, fill, go_on, words
from support.chromium import PATIENCE

pytestmark = pytest.mark.browser

PAGES = (
    *(
        "form",
        "form with errors",
        "check",
        "privacy",
        "resident's page",
        "find page",
        "desk, signed out",
    ),
    *("mailbox", "letter", "clock", "clock with an error"),
)
LONG = "a-word-that-has-no-end-" * 8


@pytest.fixture(scope="session")
def taken(running):
    """A major complaint in each language, with its alerts sent and a reply given."""
    both = {}
    for language in HOMES:
        both[language] = running.submit(language=language, hurt="yes", place=LONG)
        running.letters_about(both[language].reference, count=5)
    return both


def alert_page(running, reference):
    """The page of an alert about this complaint."""
    letters = enumerate(running.letters())
    number = next(
        number
        for number, letter in letters
        if reference in letter["subject"] and letter["to"].startswith("manager")
    )
    return f"/local/mailbox/{number}"


def show(browsing, running, taken, name, language):
    """Lead the browser to one of our pages."""
    complaint = taken[language]
    form = f"{HOMES[language]}/complain/"
    paths = {
        "form": form,
        "form with errors": form,
        "check": form,
        "privacy": f"{form}privacy/",
        "resident's page": complaint.path,
        "find page": f"/complaints/{complaint.reference}",
        "desk, signed out": f"/desk/complaints/{complaint.reference}",
        "mailbox": "/local/mailbox",
        "letter": alert_page(running, complaint.reference),
        "clock": "/local/clock",
        "clock with an error": "/local/clock",
    }
    page = browsing.open(paths[name])
    if name == "check":
        fill(page, language, running.complaint(language=language, place=LONG, behalf_of=LONG))
    if name in ("check", "form with errors"):
        go_on(page, language)
    if name == "clock with an error":
        page.locator("#hours").fill("-1")
        page.locator("form").last.get_by_role("button").click()
        page.get_by_role("alert").wait_for()


@pytest.mark.parametrize("language", HOMES)
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_and_fit(running, visit, taken, name, language):
    """Axe finds nothing at 360 or at 1280 pixels, and nothing is wider than the screen."""
    browsing = visit(language)
    show(browsing, running, taken, name, language)
    assert browsing.is_sound(language)
    assert browsing.asked_elsewhere == []
    assert browsing.page.title() not in ("", "None")


def test_a_complaint_is_found_by_its_reference_and_code(visit, taken):
    """Where the code is missing the page asks for it; typed as it is spoken, it opens the page."""
    complaint = taken["en"]
    code = complaint.path.partition("code=")[2]
    page = visit("en").open(f"/complaints/{complaint.reference}?code=wrong")
    assert words("en")["find"]["not_found_title"] in page.title()
    assert page.locator("#reference").input_value() == complaint.reference
    page.get_by_label("Your code").fill(f" {code.lower()} ")
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("heading", name="What happens next").wait_for()
    assert complaint.reference in page.locator("main").inner_text()


def test_links_in_a_letter_open_as_pages(running, visit, taken):
    """From the mailbox to a letter, and from its links to the desk and to the clause it cites."""
    browsing = visit("zh", 1280)
    page = browsing.open("/local/mailbox?to=manager.jade@anhe.example")
    reference = taken["zh"].reference
    page.get_by_role("link", name=re.compile(f"重大投诉 {reference}")).click()
    letter = page.url
    page.frame_locator("iframe").get_by_role("link", name="查看投诉").click()
    page.get_by_role("heading", name="登录投诉受理台").wait_for()
    assert f"next=%2Fdesk%2Fcomplaints%2F{reference}" in page.url
    page.goto(letter)
    page.frame_locator("iframe").get_by_role("link", name=re.compile("第 5.1.2 条")).click()
    page.wait_for_url(f"{running.address}/policy/clauses/#c-5-1-2")
    assert page.locator("[id='c-5-1-2']").is_visible()
    assert browsing.asked_elsewhere == []


def test_the_clock_moves_by_a_button_and_keeps_the_language(visit):
    """One press is one hour; the page that follows is in the language that was chosen."""
    page = visit("zh").open("/local/clock")
    page.get_by_role("link", name="English").click()
    before = page.locator(".now").inner_text()
    page.get_by_role("button", name="+ 1 hour").click()
    expect(page.locator(".now")).not_to_have_text(before, timeout=PATIENCE, use_inner_text=True)
    assert page.get_by_role("heading", name="Clock").is_visible()
    assert page.get_by_role("link", name="中文").is_visible()


def test_the_form_changes_its_language(visit):
    """The link at the top leads to the same form in the other language, and back."""
    page = visit("zh").open("/complain/")
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name="Make a complaint").wait_for()
    page.get_by_role("link", name="中文").click()
    page.get_by_role("heading", name=words("zh")["form"]["title"]).wait_for()


@pytest.mark.parametrize("language", HOMES)
def test_the_privacy_notice_is_a_press_away(visit, language):
    """From the foot of the form to the notice, from there to its other language and to the form."""
    browsing = visit(language)
    page = browsing.open(f"{HOMES[language]}/complain/")
    other = {"zh": "en", "en": "zh"}[language]
    page.get_by_role("link", name=words(language)["form"]["privacy_link"]).click()
    page.get_by_role("heading", name=words(language)["privacy"]["title"]).wait_for()
    assert "24" in page.locator("main").inner_text()
    page.get_by_role("link", name=words(language)["name"]["other_language"]).click()
    page.get_by_role("heading", name=words(other)["privacy"]["title"]).wait_for()
    page.get_by_role("link", name=words(other)["page"]["form"]).last.click()
    page.get_by_role("heading", name=words(other)["form"]["title"]).wait_for()

"""A half-written form stays on the device for a day, and goes once the complaint was received."""

import json

import pytest
from playwright.sync_api import Error

from browser.filling import HOMES, box, change, fill, go_on, reference_on, send, words

pytestmark = pytest.mark.browser

KEY = "complaint-draft"
KEPT = f"localStorage.getItem({KEY!r})"
AGED = f"""hours => {{
    const draft = JSON.parse(localStorage.getItem({KEY!r}));
    draft.at -= hours * 3600 * 1000;
    localStorage.setItem({KEY!r}, JSON.stringify(draft));
}}"""


def kept(page):
    """The draft on this device."""
    return json.loads(page.evaluate(KEPT) or "null")


@pytest.fixture
def half(running):
    """A form that is filled in but for its last answers."""
    more = {"behalf_of": "Grandma Wang", "contact_by": "phone", "in_confidence": "yes"}
    form = running.complaint(language="en", **more)
    return {name: value for name, value in form.items() if name != "email"}


@pytest.mark.parametrize(("language", "width"), [("zh", 360), ("en", 1280)])
def test_a_reload_keeps_what_was_typed_and_says_so(visit, half, language, width):
    """Every kind of field is filled in again, the folded ones in sight, with a way to clear it."""
    browsing = visit(language, width)
    page = browsing.open(f"{HOMES[language]}/complain/")
    form = words(language)["form"]
    assert not page.get_by_text(form["draft"]).is_visible()
    fill(page, language, half)
    page.goto("about:blank")
    browsing.open(f"{HOMES[language]}/complain/")
    assert page.get_by_text(form["draft"]).is_visible()
    for name in ("description", "request", "unit", "happened_at", "phone", "behalf_of"):
        assert box(page, language, name).input_value() == half[name]
    assert page.locator("#community").input_value() == half["community"]
    assert page.locator("[name=contact_by]:checked").input_value() == "phone"
    assert page.locator("#in_confidence").is_checked()
    assert box(page, language, "behalf_of").is_visible()
    assert browsing.fits()
    assert browsing.faults() == []
    page.get_by_role("button", name=form["draft_clear"]).click()
    assert kept(page) is None
    assert box(page, language, "description").input_value() == ""
    assert page.evaluate("document.activeElement.name") == "community"
    page.reload()
    assert not page.get_by_text(form["draft"]).is_visible()


def test_the_draft_is_kept_in_both_languages(visit, half):
    """Who switches the language goes on where they were."""
    page = visit("en").open("/en/complain/")
    fill(page, "en", half)
    page.get_by_role("link", name="中文").click()
    page.get_by_text(words("zh")["form"]["draft"]).wait_for()
    assert box(page, "zh", "request").input_value() == half["request"]


def test_only_answers_are_kept(visit, half):
    """Neither the honeypot nor the form's id nor its language stands in the draft."""
    page = visit("en").open("/en/complain/")
    page.evaluate("document.getElementById('website').value = 'x'")
    fill(page, "en", {**half, "loss": "five"})
    go_on(page, "en")
    values = kept(page)["values"]
    assert {one: values[one] for one in values if one != "loss"} == {
        name: value for name, value in half.items() if name != "language"
    }


def test_after_a_day_it_is_gone(visit, half):
    """23 hours later it is there, 25 hours later nothing is."""
    browsing = visit("en")
    page = browsing.open("/en/complain/")
    for hours, there in ((23, True), (2, False)):
        fill(page, "en", half) if there else None
        page.evaluate(AGED, hours)
        page.goto("about:blank")
        browsing.open("/en/complain/")
        assert page.get_by_text(words("en")["form"]["draft"]).is_visible() is there
        assert (kept(page) is not None) is there


def test_it_outlives_a_press_that_did_not_get_through_and_goes_once_taken(visit, half):
    """Without a network nothing is lost; on the page of the complaint it is forgotten."""
    browsing = visit("en")
    page = browsing.open("/en/complain/")
    fill(page, "en", half)
    go_on(page, "en")
    change(page, "en", "unit")
    assert kept(page)["values"]["unit"] == half["unit"]
    go_on(page, "en")
    page.context.set_offline(True)
    with pytest.raises(Error):
        send(page, "en")
    page.context.set_offline(False)
    browsing.open("/en/complain/")
    assert box(page, "en", "request").input_value() == half["request"]
    go_on(page, "en")
    send(page, "en")
    reference_on(page, "en")
    assert kept(page) is None
    browsing.open("/en/complain/")
    assert box(page, "en", "request").input_value() == ""


def test_a_look_at_an_earlier_complaint_leaves_a_new_draft_alone(running, visit, half):
    """Who looks up an earlier reference while writing loses nothing."""
    browsing = visit("en")
    earlier = running.submit(language="en")
    page = browsing.open("/en/complain/")
    fill(page, "en", half)
    browsing.open(earlier.path)
    browsing.open("/en/complain/")
    assert box(page, "en", "request").input_value() == half["request"]


def test_without_script_nothing_is_kept_and_nothing_is_said(visit):
    """The sentence about the draft is for those whose device keeps one."""
    page = visit("en", javascript=False).open("/en/complain/")
    assert not page.get_by_text(words("en")["form"]["draft"]).is_visible()

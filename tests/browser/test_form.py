"""The form in a real browser: with and without JavaScript, on a phone and on a desk."""

import gzip

import pytest

from browser.filling import HOMES, TEXTS, box, fill, reference_on, send, words

pytestmark = pytest.mark.browser

SCRIPT = "<script>alert('1')</script>"
MOST_BYTES = 20 * 1024


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", HOMES)
def test_a_filled_form_leads_to_the_page_with_the_reference(
    running, visit, language, javascript, width
):
    """Filled by its labels and sent, it is taken, and her page opens with the reference."""
    browsing = visit(language, width, javascript=javascript)
    page = browsing.open(f"{HOMES[language]}/complain/")
    assert browsing.fits()
    form = running.complaint(language=language, contact_by="phone", loss="1,200.50")
    fill(page, language, form)
    send(page, language)
    reference = reference_on(page, language)
    assert f"/complaints/{reference}?code=" in page.url
    assert page.locator("html").get_attribute("lang") == {"zh": "zh-Hans", "en": "en"}[language]
    assert browsing.fits()
    assert browsing.asked_elsewhere == []


def test_the_keyboard_alone_is_enough(running, visit):
    """Tab, arrows, typing and Enter fill and send the form, and the focus can be seen."""
    page = visit("en").open("/en/complain/")
    form = running.complaint(language="en")

    def reach(name):
        for _ in range(8):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == name:
                outline = "getComputedStyle(document.activeElement).outlineStyle"
                assert page.evaluate(outline) == "solid"
                return
        pytest.fail(f"Tab does not lead to {name}.")

    for name in ("community", "category"):
        reach(name)
        page.keyboard.press("ArrowDown")
    reach("description")
    page.keyboard.type("The tap drips.")
    reach("happened_at")
    for _ in ("month", "day", "year"):
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowRight")
    reach("place")
    page.keyboard.type("Kitchen")
    reach("about")
    page.keyboard.press("ArrowDown")
    for name in ("cause", "hurt"):
        reach(name)
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
    for name in ("request", "name", "building", "unit", "phone"):
        reach(name)
        page.keyboard.type(form[name].splitlines()[0])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert reference_on(page, "en")


@pytest.mark.parametrize("language", HOMES)
def test_an_empty_form_says_all_that_is_missing_and_leads_to_it(visit, language):
    """The title is prefixed, the summary names each fault, and its links move to the fields."""
    browsing = visit(language)
    page = browsing.open(f"{HOMES[language]}/complain/")
    send(page, language)
    form = words(language)["form"]
    assert page.title().startswith(form["error_prefix"] + form["title"])
    summary = page.get_by_role("alert")
    assert form["errors_title"] in summary.inner_text()
    links = summary.get_by_role("link")
    led_to = []
    for link in links.all():
        link.click()
        led_to.append(page.evaluate("document.activeElement.name"))
        assert page.locator(f"#{led_to[-1]}-error").is_visible()
    assert led_to == [
        *("community", "category", "description", "happened_at", "place", "about", "cause"),
        *("hurt", "request", "name", "building", "unit", "phone"),
    ]
    assert browsing.fits()
    assert browsing.asked_elsewhere == []


@pytest.mark.parametrize("language", HOMES)
def test_what_was_typed_is_kept_and_can_be_mended(running, visit, language):
    """Everything typed comes back, a date that is none too; mended, the form is taken."""
    page = visit(language).open(f"{HOMES[language]}/complain/")
    form = running.complaint(language=language, contact_by="email", times_raised="2", person="A")
    page.evaluate("document.getElementById('happened_at').type = 'text'")
    fill(page, language, {**form, "happened_at": "昨天", "email": "not-an-address"})
    send(page, language)
    assert box(page, language, "happened_at").input_value() == "昨天"
    assert box(page, language, "email").input_value() == "not-an-address"
    for name in set(TEXTS) & set(form) - {"email"}:
        assert box(page, language, name).input_value() == form[name]
    for name in ("cause", "hurt", "contact_by"):
        assert page.locator(f"[name={name}]:checked").input_value() == form[name]
    for name in ("community", "category", "about"):
        assert page.locator(f"#{name}").input_value() == form[name]
    assert page.get_by_role("alert").get_by_role("link").count() == 2
    box(page, language, "happened_at").fill(form["happened_at"])
    box(page, language, "email").fill(form["email"])
    send(page, language)
    assert reference_on(page, language)


def test_a_day_to_come_is_refused_and_stays_in_the_date_field(running, visit):
    """A day that is not there yet comes back in a date field, with what is wrong."""
    page = visit("en").open("/en/complain/")
    fill(page, "en", running.complaint(language="en", happened_at="2999-12-31"))
    send(page, "en")
    date = box(page, "en", "happened_at")
    assert (date.input_value(), date.get_attribute("type")) == ("2999-12-31", "date")
    assert "later than now" in page.locator("#happened_at-error").inner_text()


def test_script_in_every_text_field_is_shown_as_text(running, visit):
    """What looks like script is words everywhere: in the form, on her page, in each letter."""
    browsing = visit("en", 1280)
    page = browsing.open("/en/complain/")
    words_of_hers = ("description", "place", "person", "request", "name", "building", "unit")
    hostile = dict.fromkeys((*words_of_hers, "contact_time"), SCRIPT)
    fill(page, "en", running.complaint(**hostile, language="en", loss=SCRIPT))
    send(page, "en")
    assert box(page, "en", "loss").input_value() == SCRIPT
    assert box(page, "en", "description").input_value() == SCRIPT
    box(page, "en", "loss").fill("")
    send(page, "en")
    reference = reference_on(page, "en")
    assert page.locator("main").inner_text().count(SCRIPT) == len(hostile)
    running.settle()
    letters = [one for one in enumerate(running.letters()) if reference in one[1]["subject"]]
    assert len(letters) == 4
    for number, letter in letters:
        browsing.open(f"/local/mailbox/{number}")
        frame = page.frame_locator("iframe").locator("body")
        assert frame.inner_text().count(SCRIPT) >= len(hostile)
        assert letter["subject"] in page.locator("h1").inner_text()
    browsing.open("/local/mailbox")
    assert page.locator("script").count() == 0
    assert browsing.dialogs == []
    assert browsing.asked_elsewhere == []


@pytest.mark.parametrize("home", HOMES.values(), ids=HOMES)
def test_the_form_is_light(running, home):
    """The page of the form, compressed as web servers send it, is at most 20 KB, and all of it."""
    page = running.get(f"{home}/complain/").body
    assert len(gzip.compress(page.encode())) <= MOST_BYTES
    assert "<script" not in page
    assert 'src="' not in page
    assert 'rel="stylesheet"' not in page

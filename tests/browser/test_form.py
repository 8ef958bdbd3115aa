"""The form in a real browser: with and without JavaScript, on a phone and on a desk."""

import pytest

from browser.filling import (
    EACH_TWO,
    HOMES,
    TEXTS,
    box,
    change,
    checked,
    fill,
    go_on,
    reference_on,
    send,
    unfold,
    words,
)

pytestmark = pytest.mark.browser

SCRIPT = "<script>alert('1')</script>"
ACTIVE = "document.activeElement.name"


@pytest.mark.parametrize(("language", "width", "javascript"), EACH_TWO)
def test_form_check_change_check_send(running, visit, language, width, javascript):
    """Filled by its labels, checked, changed at the field, checked and sent, it is taken."""
    browsing = visit(language, width, javascript=javascript)
    page = browsing.open(f"{HOMES[language]}/complain/")
    assert browsing.fits()
    form = running.complaint(
        language=language, contact_by="phone", loss="1,200.50", behalf_of="Grandma Wang"
    )
    fill(page, language, form)
    go_on(page, language)
    assert form["unit"] in checked(page, language).inner_text()
    assert browsing.fits()
    change(page, language, "unit")
    assert page.evaluate(ACTIVE) == "unit"
    assert page.get_by_role("alert").count() == 0
    box(page, language, "unit").fill("1703")
    go_on(page, language)
    answers = checked(page, language).inner_text()
    assert "1703" in answers
    assert form["unit"] not in answers
    assert "Grandma Wang" in answers
    send(page, language)
    reference = reference_on(page, language)
    assert f"/complaints/{reference}?code=" in page.url
    assert page.locator("html").get_attribute("lang") == {"zh": "zh-Hans", "en": "en"}[language]
    assert browsing.fits()
    assert browsing.asked_elsewhere == []


def test_a_double_press_is_one_complaint(running, visit):
    """Who presses the last button twice has one complaint and one receipt."""
    page = visit("en").open("/en/complain/")
    fill(page, "en", running.complaint(language="en", email="twice@resident.example"))
    go_on(page, "en")
    button = page.get_by_role("button", name=words("en")["form"]["submit"])
    with page.expect_navigation():
        button.dblclick()
    reference = reference_on(page, "en")
    running.settle()
    received = [one for one in running.letters() if one["to"] == "twice@resident.example"]
    assert [reference in one["subject"] for one in received] == [True]


def test_the_keyboard_alone_is_enough(running, visit):
    """Tab, arrows, typing and Enter fill and send the form, and the focus can be seen."""
    page = visit("en").open("/en/complain/")
    form = running.complaint(language="en")

    def reach(name, within=8):
        for _ in range(within):
            page.keyboard.press("Tab")
            if page.evaluate(ACTIVE) == name:
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
    checked(page, "en")
    reach("checked", within=40)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert reference_on(page, "en")


@pytest.mark.parametrize(("language", "javascript"), [("zh", True), ("en", False)])
def test_an_empty_form_says_all_that_is_missing_and_leads_to_it(visit, language, javascript):
    """The title is prefixed, the summary has the focus, and its links move to the fields."""
    browsing = visit(language, javascript=javascript)
    page = browsing.open(f"{HOMES[language]}/complain/")
    go_on(page, language)
    form = words(language)["form"]
    assert page.title().startswith(form["error_prefix"] + form["title"])
    summary = page.get_by_role("alert")
    assert form["errors_title"] in summary.inner_text()
    assert page.evaluate("document.activeElement.className") == "summary"
    assert led_to(page) == [
        *("community", "category", "description", "happened_at", "place", "about", "cause"),
        *("hurt", "request", "name", "building", "unit", "phone"),
    ]
    assert browsing.fits()
    assert browsing.asked_elsewhere == []


def led_to(page):
    """The fields to which the summary's links move the focus, each with its message beside it."""
    names = []
    for link in page.get_by_role("alert").get_by_role("link").all():
        link.click()
        names.append(page.evaluate(ACTIVE))
        assert page.locator(f"#{names[-1]}-error").is_visible()
    return names


@pytest.mark.parametrize("language", HOMES)
def test_every_error_at_once(visit, language):
    """Nothing given that is asked, and nothing sound of the rest: each is said at its field."""
    browsing = visit(language)
    page = browsing.open(f"{HOMES[language]}/complain/")
    unfold(page)
    for name in ("loss", "times_raised", "earlier_reference", "email", "phone"):
        box(page, language, name).fill("?")
    for name in ("person", "contact_time", "behalf_of", "contact_person"):
        box(page, language, name).fill("王" * 201)
    box(page, language, "happened_at").fill("2999-12-31")
    go_on(page, language)
    assert led_to(page) == [
        *("community", "category", "description", "happened_at", "place", "about", "person"),
        *("cause", "hurt", "loss", "times_raised", "earlier_reference", "request", "name"),
        *("building", "unit", "phone", "email", "contact_time", "behalf_of", "contact_person"),
    ]
    assert browsing.is_sound(language)


@pytest.mark.parametrize("language", HOMES)
def test_what_was_typed_is_kept_and_can_be_mended(running, visit, language):
    """Everything typed comes back, a date that is none too; mended, the form is taken."""
    page = visit(language).open(f"{HOMES[language]}/complain/")
    form = running.complaint(language=language, contact_by="email", times_raised="2", person="A")
    page.evaluate("document.getElementById('happened_at').type = 'text'")
    fill(page, language, {**form, "happened_at": "昨天", "email": "not-an-address"})
    go_on(page, language)
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
    go_on(page, language)
    send(page, language)
    assert reference_on(page, language)


def test_a_day_to_come_is_refused_and_stays_in_the_date_field(running, visit):
    """A day that is not there yet comes back in a date field, with what is wrong."""
    page = visit("en").open("/en/complain/")
    fill(page, "en", running.complaint(language="en", happened_at="2999-12-31"))
    go_on(page, "en")
    date = box(page, "en", "happened_at")
    assert (date.input_value(), date.get_attribute("type")) == ("2999-12-31", "date")
    assert "later than now" in page.locator("#happened_at-error").inner_text()


def test_script_in_every_text_field_is_shown_as_text(running, visit):
    """What looks like script is words everywhere: form, check, the resident's page, each letter."""
    running.advance(minutes=15)  # alerts of a quarter with many complaints would be gathered
    browsing = visit("en", 1280)
    page = browsing.open("/en/complain/")
    of_the_complaint = ("description", "place", "person", "request", "name", "building", "unit")
    others = ("contact_time", "behalf_of", "contact_person")
    hostile = dict.fromkeys((*of_the_complaint, *others), SCRIPT)
    fill(page, "en", running.complaint(**hostile, language="en", loss=SCRIPT))
    go_on(page, "en")
    assert box(page, "en", "loss").input_value() == SCRIPT
    assert box(page, "en", "description").input_value() == SCRIPT
    box(page, "en", "loss").fill("")
    go_on(page, "en")
    assert checked(page, "en").inner_text().count(SCRIPT) == len(hostile)
    send(page, "en")
    reference = reference_on(page, "en")
    assert page.locator("main").inner_text().count(SCRIPT) == len(hostile)
    running.settle()
    letters = [one for one in enumerate(running.letters()) if reference in one[1]["subject"]]
    # The resident and the manager: whomever such a name may mean is told nothing.
    assert len(letters) == 2
    for number, letter in letters:
        browsing.open(f"/local/mailbox/{number}")
        frame = page.frame_locator("iframe").locator("body")
        said = frame.inner_text().count(SCRIPT)
        # The resident's repeats nothing that was typed: whoever sent the form chose the address.
        assert said == 0 if letter["to"].startswith("li-") else said >= len(hostile)
        assert letter["subject"] in page.locator("h1").inner_text()
    browsing.open("/local/mailbox")
    assert page.locator("script").count() == 0
    assert browsing.dialogs == []
    assert browsing.asked_elsewhere == []

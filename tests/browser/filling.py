"""The form as a person fills it in: by what its labels say."""

from typing import Any

from playwright.sync_api import Locator, Page

from chalicelib import locales
from offline.running import REFERENCE

HOMES = {"zh": "", "en": "/en"}
EACH_TWO = [("zh", 360, True), ("zh", 1280, False), ("en", 360, False), ("en", 1280, True)]
"""Language, width, and whether scripts run: of the eight, four with every two of them together."""
TEXTS = (
    *("description", "place", "person", "loss", "times_raised", "earlier_reference", "request"),
    *("name", "building", "unit", "phone", "email", "contact_time"),
    *("behalf_of", "contact_person"),
)
FOLDED = ("behalf_of", "contact_person")
CHOICES = ("community", "category", "about")
TICKS = ("in_confidence",)
RADIOS = {"cause": "cause", "hurt": "yes_no", "contact_by": "contact_by"}


def words(language: str) -> dict[str, Any]:
    """What the page says in this language."""
    return locales.catalogue(language)


def box(page: Page, language: str, name: str) -> Locator:
    """The box that stands under a label; the date has no role of a text box."""
    label = words(language)["label"][name]
    if name == "happened_at":
        return page.get_by_label(label)
    return page.get_by_role("textbox", name=label)


def fill(page: Page, language: str, form: dict[str, str]) -> None:
    """Fill every field that the form has a value for, in the order of the page."""
    known = words(language)
    for name in CHOICES:
        choice = page.get_by_role("combobox", name=known["label"][name])
        choice.select_option(value=form[name])
    box(page, language, "happened_at").fill(form["happened_at"])
    if {*FOLDED} & {*form}:
        unfold(page)
    for name in TEXTS:
        if name in form:
            box(page, language, name).fill(form[name])
    for name, section in RADIOS.items():
        if name in form:
            group = page.get_by_role("group", name=known["label"][name])
            group.get_by_role("radio", name=known[section][form[name]]).check()
    for name in TICKS:
        if form.get(name) == "yes":
            page.get_by_role("checkbox", name=known["label"][name]).check()


def unfold(page: Page) -> None:
    """Open what asks about somebody else, where it is closed."""
    fold = page.locator("details", has=page.locator("#behalf_of"))
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()


def go_on(page: Page, language: str) -> None:
    """Press the form's button and wait for what is answered."""
    _press(page, words(language)["form"]["next"])


def change(page: Page, language: str, name: str) -> None:
    """Press the Change of an answer; the form opens at its field."""
    known = words(language)
    label = known["label"][name]
    _press(page, f"{known['check']['change']} {label}")


def send(page: Page, language: str) -> None:
    """Press the button of the page to check, and wait for what is answered."""
    _press(page, words(language)["form"]["submit"])


def checked(page: Page, language: str) -> Locator:
    """The answers on the page to check, which is there now."""
    page.get_by_role("heading", name=words(language)["check"]["title"]).wait_for()
    return page.locator("main form")


def _press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name.strip(), exact=True).click()


def reference_on(page: Page, language: str) -> str:
    """The reference that the page of a complaint taken in shows."""
    page.get_by_role("heading", name=words(language)["page"]["received_title"]).wait_for()
    return REFERENCE.search(page.locator(".code").first.inner_text())[0]

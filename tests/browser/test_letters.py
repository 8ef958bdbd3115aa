"""Every letter as a browser shows it on a phone: nothing beside the screen, and legible by night.

Mail programs differ; what is shown here is what those do that know style sheets, and the letters
hold every style that is not of the night inline, for those that do not. No pictures are kept, as
they change with the fonts of a machine: `LETTER_PICTURES=FOLDER` writes them all, to be looked at.
"""

import os
import re
from pathlib import Path

import pytest

from chalicelib import locales
from support.chromium import PATIENCE
from support.letter_words import HOSTILE, PLAIN, letters

pytestmark = pytest.mark.browser

WIDTH = 360
SCHEMES = ("light", "dark")
TOLD = [pytest.param(PLAIN, id="plain"), pytest.param(HOSTILE, id="hostile")]
LEAST_CONTRAST = 4.5
"""Of text, as WCAG 2.2 has it at level AA."""
LEAST_HIT = 24
"""Pixels in height that a link by itself has, as WCAG 2.2 has it."""
_FACTS = """() => {
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number)
    const light = (colour) => {
        const [red, green, blue] = numbers(colour).map((one) => {
            const part = one / 255
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
        })
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const behind = (element) => {
        for (let one = element; one; one = one.parentElement) {
            const colour = getComputedStyle(one).backgroundColor
            if (numbers(colour).length === 3 || numbers(colour)[3] === 1) return colour
        }
        return "rgb(255, 255, 255)"
    }
    const contrast = (element) => {
        const [one, other] = [getComputedStyle(element).color, behind(element)].map(light)
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    }
    const elements = [...document.body.querySelectorAll("*")]
    const shown = elements.filter((one) => one.getClientRects().length)
    const said = shown.filter((one) => [...one.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()))
    const right = (one) => Math.max(...[...one.getClientRects()].map((box) => box.right))
    return {
        width: document.documentElement.scrollWidth,
        outside: shown.filter((one) => right(one) > innerWidth).map((one) => one.outerHTML),
        contrasts: said.map((one) => [contrast(one), one.outerHTML]),
        smallest: Math.min(...said.map((one) => parseFloat(getComputedStyle(one).fontSize))),
        links: [...document.querySelectorAll("p > a")].map(
            (one) => one.getBoundingClientRect().height),
        page: getComputedStyle(document.body).backgroundColor,
        text: document.body.innerText,
    }
}"""


@pytest.fixture(scope="module")
def phone(browser):
    """A page as wide as a small phone, for every letter in turn."""
    context = browser.new_context(viewport={"width": WIDTH, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


@pytest.mark.parametrize("language", locales.LANGUAGES)
@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_letter_is_legible_on_a_phone(phone, scheme, told, language):
    """By day and by night: no wider than the screen, and each text apart from what is behind it."""
    phone.emulate_media(color_scheme=scheme)
    for name, letter in letters(language, told).items():
        phone.set_content(letter.html)
        seen = phone.evaluate(_FACTS)
        _keep(phone, f"{name}.{language}.{scheme}", told)
        assert seen["width"] <= WIDTH, name
        assert seen["outside"] == [], name
        assert len(seen["contrasts"]) >= 5, name
        assert [one for one in seen["contrasts"] if one[0] < LEAST_CONTRAST] == [], name
        assert seen["smallest"] >= 13, name
        assert min(seen["links"]) >= LEAST_HIT, name
        assert (seen["page"] == "rgb(255, 255, 255)") == (scheme == "light"), name


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_the_summary_is_for_lists_alone(phone, language):
    """What a list of letters shows is not read a second time in the letter."""
    for name, letter in letters(language).items():
        phone.set_content(letter.html)
        shown = re.sub(r"\s", "", phone.evaluate(_FACTS)["text"])
        said = re.sub(r"\s", "", letter.text.split("\n\n")[1])
        assert shown.count(said) == 1, name
        assert "\u200c" not in shown, name


def _keep(page, name, told):
    """Write a picture of the letter where somebody wants to look at it."""
    folder = os.environ.get("LETTER_PICTURES")
    if folder and told is PLAIN:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

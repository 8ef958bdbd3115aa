"""The site as a real browser shows it: searchable, accessible, and at home on a phone."""

import gzip
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from offline.running import until
from support.axe import faults
from support.chromium import PATIENCE
from support.handbook import ADDRESSES, HOMES, Seen

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

MOST_BYTES = 90_000  # the page that shows every letter to the staff is the heaviest
WRAPPED = ".md-typeset__scrollwrap table"
ROOM = 3.1
"""How high a hand writes, in lines of print; a row of one line alone is lower."""
NOT_PRINTED = ".md-header, .md-sidebar, .md-footer, .drill-role, .drill-print"
PHONE, DESK = 390, 1280
FITS = (
    "[document.documentElement, ...document.querySelectorAll('.md-typeset__scrollwrap')]"
    ".every((box) => box.scrollWidth <= box.clientWidth)"
)
WHOLLY = (
    "",
    "policy/clauses/",
    "drills/severity-basics/",
    "reference/letters-to-staff/",
    "404.html",
)
"""One page of each kind, which is looked at in both languages on both screens."""
LOOKS = [
    *product(WHOLLY, HOMES.values(), (PHONE, DESK)),
    *(
        (path, [*HOMES.values()][number % 2], (PHONE, DESK)[number // 2 % 2])
        for number, path in enumerate(one for one in ADDRESSES if one not in WHOLLY)
    ),
]
"""Every other once: both languages have the same sections, and one theme shows them."""


def packed(response) -> int:
    """How many bytes a response is on the wire, where text is compressed."""
    body = response.body()
    kind = response.headers.get("content-type", "")
    return len(body) if kind.startswith("image/") else len(gzip.compress(body))


def loaded(page: Path, url: str) -> Path:
    """The file that a page names."""
    return (page.parent / url).resolve()


@pytest.mark.parametrize("home", HOMES.values(), ids=HOMES)
@pytest.mark.parametrize("word", ["投诉", "complaint"])
def test_search_finds_both_languages_and_asks_no_other_host(page, address, home, word):
    """Typing a word shows results, in either site, and nothing leaves the host."""
    asked = []
    page.on("response", lambda response: asked.append((response.status, response.url)))
    page.goto(f"{address}{home}")
    box = page.locator(".md-search__input")
    box.click()
    box.fill(word)
    box.dispatch_event("keyup")
    page.locator(".md-search-result__item").first.wait_for()
    assert [url for _, url in asked if not url.startswith(address)] == []
    assert [url for status, url in asked if status >= 400] == []


@pytest.mark.parametrize("home", HOMES.values(), ids=HOMES)
def test_the_index_is_fetched_when_somebody_searches(page, address, home):
    """Neither the search index nor its worker is asked for before the box has the focus."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}{home}policy/clauses/", wait_until="networkidle")
    assert [url for url in asked if "search" in url.rpartition("/")[2] and "later" not in url] == []
    with page.expect_response("**/search/search_index.json") as fetched:
        page.locator(".md-search__input").focus()
    assert fetched.value.ok


@pytest.mark.parametrize("number", [0, 1], ids=HOMES)
def test_no_page_asks_another_host(page, address, number):
    """Reading the whole handbook asks no other host, fails in nothing, and breaks no policy.

    Each page is read in one of the languages, as they come by turns; what pages of both name is
    looked at in `test_site.py`.
    """
    home = [*HOMES.values()][number]
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: asked.append(f"{request.failure}: {request.url}"))
    page.on("console", lambda one: asked.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: asked.append(str(error)))
    for path in (*ADDRESSES[number::2], "whole/", "complain/"):
        page.goto(f"{address}{home}{path}", wait_until="networkidle")
    given_up = "net::ERR_ABORTED"  # it was under way when the reader turned the page
    assert [url for url in asked if not url.startswith((address, "data:", given_up))] == []


@pytest.mark.parametrize(
    ("home", "path"),
    [
        *(("", ""), ("", "policy/edge-cases/"), ("", "drills/severity-hard/")),
        *(("en/", ""), ("en/", "drills/")),
    ],
)
def test_what_a_page_needs_is_light(browser, address, home, path):
    """All that a fresh browser asks for to show a page weighs 80 KB or less on the wire."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page, answers = context.new_page(), []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - it wraps no builtin
    page.goto(f"{address}{home}{path}", wait_until="networkidle")
    page.wait_for_function("performance.getEntriesByType('resource').length > 4")
    # What comes in while others are weighed is weighed, too.
    weights = {one.url: packed(one) for one in answers}
    context.close()
    assert len(weights) > 5
    assert sum(weights.values()) <= MOST_BYTES, weights


@cache
def weight(file: Path) -> int:
    """How many bytes a file of text is on the wire; pages share most of theirs."""
    return len(gzip.compress(file.read_bytes()))


@pytest.mark.parametrize("home", HOMES.values(), ids=HOMES)
def test_every_page_is_light(site, home):
    """So does every other: page, styles and scripts; its pictures have a budget of their own."""
    for path in ADDRESSES:
        file = site / home / path / "index.html"
        needed = [file, *(loaded(file, url) for url in Seen(file.read_text("utf-8")).loaded)]
        texts = [one for one in needed if one.suffix in (".html", ".css", ".js")]
        assert len(texts) >= 6, path
        assert sum(weight(one) for one in texts) <= MOST_BYTES, path


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("home", HOMES.values(), ids=HOMES)
def test_pages_are_accessible(page, address, home, width):
    """Axe finds nothing to mend on any page, on a phone or on a desk, with everything opened.

    One page of each kind is looked at four times, every other once: in one of the languages, on
    one of the screens.
    """
    page.set_viewport_size({"width": width, "height": 844})
    for path in (path for path, *how in LOOKS if how == [home, width]):
        page.goto(f"{address}{home}{path}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert faults(page) == [], path


@pytest.mark.parametrize(("home", "width"), [("", PHONE), ("en/", DESK)])
def test_the_book_is_accessible(page, address, home, width):
    """So is the whole handbook as one page; its contrasts were measured on the pages it binds."""
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}{home}whole/")
    assert faults(page, color_contrast={"enabled": False}) == []


@pytest.mark.parametrize("home", HOMES.values(), ids=HOMES)
def test_pages_fit_the_screen(page, address, home):
    """No page and no table of it is wider than the screen."""
    for path in ADDRESSES:
        page.goto(f"{address}{home}{path}")
        assert page.locator("table").count() == page.locator(WRAPPED).count()
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            # The drawer slides into its place after that; a page that stays wider never fits.
            until(lambda: page.evaluate(FITS))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("reference/letters-to-residents/", ".letter-text"),
        ("drills/slip/", ".to-sign, .drill-list"),
        ("learning/receptionist/", "td"),
    ],
)
def test_a_page_prints_whole(browser, address, script, path, shown):
    """On paper stands the text alone, letters open, with a script or without one."""
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{address}en/{path}")
    page.emulate_media(media="print")
    assert all(box.is_visible() for box in page.locator(shown).all())
    assert not any(box.is_visible() for box in page.locator(NOT_PRINTED).all())
    context.close()


@pytest.mark.parametrize("path", ["learning/receptionist/", "whole/"])
def test_a_checklist_has_room_to_sign_in(browser, address, path):
    """A row is high enough for a signature, on its page and in the book, script or none."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/{path}")
    cells = page.locator("h2[id$='checklist'] ~ table td")
    heights = (
        "(all) => all.map((one) => one.offsetHeight / parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(cells.evaluate_all(heights)) > ROOM
    context.close()


@pytest.mark.parametrize("home", HOMES.values(), ids=HOMES)
def test_a_missing_address_shows_a_way_home(page, address, home):
    """The page for missing addresses has its styles, and a link to its language's home."""
    page.goto(f"{address}{home}404.html")
    page.get_by_role("article").get_by_role("link").click()
    assert page.url == f"{address}{home}"

"""The site as a real browser shows it: searchable, accessible, and at home on a phone."""

from pathlib import Path

import axe_playwright_python
import pytest

from handbook import ADDRESSES, HOMES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"


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
def test_no_page_asks_another_host(page, address, home):
    """Reading the whole handbook sends no request to another host, nor one that fails."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: asked.append(f"{request.failure}: {request.url}"))
    for path in (*ADDRESSES, "complain/"):
        page.goto(f"{address}{home}{path}", wait_until="networkidle")
    given_up = "net::ERR_ABORTED"  # it was under way when the reader turned the page
    assert [url for url in asked if not url.startswith((address, "data:", given_up))] == []


@pytest.mark.parametrize(("home", "width"), [("", 390), ("en/", 1280)])
@pytest.mark.parametrize("path", ADDRESSES)
def test_pages_are_accessible(page, address, home, path, width):
    """Axe finds nothing to mend on any page, Chinese on a phone or English on a desk."""
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}{home}{path}")
    page.evaluate(AXE.read_text("utf-8"))
    violations = page.evaluate("axe.run()")["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("home", HOMES.values(), ids=HOMES)
def test_pages_fit_the_screen(page, address, home, width):
    """No page and no table of it is wider than the screen."""
    page.set_viewport_size({"width": width, "height": 800})
    for path in ADDRESSES:
        page.goto(f"{address}{home}{path}")
        page.wait_for_function(
            "document.querySelectorAll('table').length === "
            "document.querySelectorAll('.md-typeset__scrollwrap table').length"
        )
        assert page.evaluate(
            "[document.documentElement, ...document.querySelectorAll('.md-typeset__scrollwrap')]"
            ".every((box) => box.scrollWidth <= box.clientWidth)"
        ), path


@pytest.mark.parametrize("home", HOMES.values(), ids=HOMES)
def test_a_missing_address_shows_a_way_home(page, address, home):
    """The page for missing addresses has its styles, and a link to its language's home."""
    page.goto(f"{address}{home}404.html")
    page.get_by_role("article").get_by_role("link").click()
    assert page.url == f"{address}{home}"

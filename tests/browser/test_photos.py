"""Photos in a real browser: added on her page, one by one or several at once, and seen by staff."""

import io

import pytest
from PIL import Image

from browser.filling import words

pytestmark = pytest.mark.browser

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])


def a_photo(name, color="navy"):
    """A photo as a phone takes it, with its name."""
    taken = io.BytesIO()
    Image.new("RGB", (1600, 1200), color).save(taken, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": taken.getvalue()}


def her_page(visit, running, language, width, *, javascript):
    """Her page of a fresh complaint."""
    taken = running.submit(language=language)
    browsing = visit(language, width, javascript=javascript)
    browsing.open(taken.path)
    return browsing


def shown(browsing, language, name, *, javascript):
    """Wait until a photo stands on the page, prepared; without a script she looks again."""
    label = words(language)["photos"]["open"].format(name=name)
    page = browsing.page
    is_there = f"[...document.images].some(one => one.alt === {label!r} && one.naturalWidth)"
    for _ in range(40):
        picture = page.get_by_role("img", name=label)
        if picture.count():
            picture.scroll_into_view_if_needed()
        if page.evaluate(is_there):
            return
        page.wait_for_timeout(1000)
        again = page.get_by_role("link", name=words(language)["photos"]["look_again"])
        if not javascript and again.count():
            again.click()
    pytest.fail(f"{name} is not on the page")


def send(page, language, *files):
    page.set_input_files("#photo-file", list(files))
    page.get_by_role("button", name=words(language)["photos"]["send"]).click()


@SCRIPTS
@pytest.mark.parametrize(("language", "width"), [("zh", 360), ("en", 1280)])
def test_a_photo_is_added_on_her_page(running, visit, language, width, javascript):
    """Chosen and sent, it is acknowledged by name and shown a moment later."""
    browsing = her_page(visit, running, language, width, javascript=javascript)
    send(browsing.page, language, a_photo("漏水 ceiling.jpg"))
    shown(browsing, language, "漏水 ceiling.jpg", javascript=javascript)
    assert browsing.fits()
    assert browsing.faults() == []


def test_several_at_once_and_what_is_no_photo_is_said(running, visit):
    """With a script two go at once; a file that is no photo is named with the reason, unsent."""
    browsing = her_page(visit, running, "en", 360, javascript=True)
    drawing = {"name": "plan.svg", "mimeType": "image/svg+xml", "buffer": SVG}
    send(browsing.page, "en", a_photo("one.jpg"), drawing, a_photo("two.jpg", "olive"))
    for name in ("one.jpg", "two.jpg"):
        shown(browsing, "en", name, javascript=True)
    told = browsing.page.locator("#photo-progress").inner_text()
    assert "plan.svg" in told
    assert words("en")["photos"]["status_wrong_type"] in told


def test_a_drawing_that_says_it_is_a_photo_is_refused_by_name(running, visit):
    """What is no picture inside is refused in a clear sentence; nothing is dropped silently."""
    browsing = her_page(visit, running, "zh", 360, javascript=False)
    send(browsing.page, "zh", {"name": "假照片.jpg", "mimeType": "image/jpeg", "buffer": SVG})
    title = browsing.page.get_by_role("heading", name=words("zh")["photos"]["refused_title"])
    for _ in range(20):
        if title.count():
            break
        browsing.page.wait_for_timeout(1000)
        browsing.page.reload()
    assert "假照片.jpg" in browsing.page.locator("#photos").inner_text()
    assert browsing.faults() == []

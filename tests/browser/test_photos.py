"""Sending photos in a real browser: several at once with a script, one at a time without."""

import pytest

from chalicelib import locales
from offline.running import until
from support.photographs import HTML, from_a_camera

SMALL = "#photos-shown img"


def files(*named):
    """Files as a browser's dialog gives them."""
    kinds = {"jpg": "image/jpeg", "pdf": "application/pdf"}
    return [
        {"name": name, "mimeType": kinds[name.rpartition(".")[2]], "buffer": content}
        for name, content in named
    ]


def send(page, chosen):
    page.set_input_files("#photo-file", chosen)
    page.click("#photo-form button")


def are_seen(page):
    """Whether every small picture was really loaded."""
    return page.eval_on_selector_all(SMALL, "all => all.every(one => one.naturalWidth > 0)")


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width"), [("zh", 360), ("en", 1280)])
def test_several_photos_go_at_once_and_each_is_named_with_its_outcome(
    running, visit, language, width
):
    """What was typed elsewhere on the page stays; storage is all that is asked besides the site."""
    taken = running.submit(language=language)
    here = visit(language, width)
    page = here.open(taken.path)
    page.fill("#message-text", "half a message")
    send(page, files(("leak.jpg", from_a_camera()), ("page.jpg", HTML), ("plan.pdf", b"%PDF")))
    words = locales.catalogue(language)
    page.wait_for_selector(SMALL)
    page.get_by_text(words["photo_because"]["not_a_picture"]).wait_for()
    page.wait_for_function("() => !document.querySelector('#photo-progress .sent')")
    assert are_seen(page)
    said = page.locator("#photo-progress").inner_text()
    assert said == f"plan.pdf – {words['photos']['status_wrong_type']}"
    assert page.input_value("#message-text") == "half a message"
    assert here.faults() == []
    assert here.fits()
    assert {one.partition("/complaint-desk-photos")[0] for one in here.asked_elsewhere} == {
        page.locator("#photo-form").get_attribute("action").partition("/complaint-desk-photos")[0]
    }


@pytest.mark.browser
def test_without_a_script_one_goes_at_a_time_and_is_acknowledged_by_name(running, visit):
    """The browser comes back to the page, which has the file's name, and then the photo."""
    taken = running.submit()
    here = visit(javascript=False)
    page = here.open(taken.path)
    send(page, files(("leak.jpg", from_a_camera())))
    page.wait_for_url(f"**{taken.path}&**")
    assert "leak.jpg" in page.locator("#photos-shown").inner_text()
    until(lambda: page.locator(SMALL).count() or not page.reload())
    assert are_seen(page)
    send(page, files(("page.jpg", HTML)))
    page.wait_for_url("**page.jpg**")
    because = locales.catalogue("zh")["photo_because"]["not_a_picture"]
    until(lambda: because in page.locator("#photos-shown").inner_text() or not page.reload())


@pytest.mark.browser
def test_a_photo_that_is_too_large_is_named_before_it_is_sent(running, visit, tmp_path):
    """Nothing of it goes over the line."""
    large = tmp_path / "large.jpg"
    large.write_bytes(b"\xff\xd8" + bytes(11 * 1024 * 1024))
    here = visit()
    page = here.open(running.submit().path)
    send(page, large)
    said = page.locator("#photo-progress").inner_text()
    assert said.startswith("large.jpg – 没有发送：照片超过 10 MB")
    assert here.asked_elsewhere == []

"""The how-to pages show and name what the staff's pages have, in both languages."""

import re
from pathlib import Path

import pytest

from chalicelib import locales
from chalicelib.application import sessions
from chalicelib.domain.verbs import STAFF_VERBS
from support.handbook import DOCS, LANGUAGES, PAGES

HOW_TO = [page for page in PAGES if page.parent.name == "how-to"]
OF_THE_SCREEN = (
    *("signing-in", "reception", "duty-log", "queue", "list", "complaint", "archive", "staff"),
)
"""The pages that explain the screens; the others are about people."""
MARKS = {"政策规定", "本公司设定", "requirement", "our setting"}
MOST_BYTES = 150_000
MOST_BYTES_OF_ALL = 2_000_000
LEAST_WIDTH = 360


def pictures(page: Path) -> list[tuple[str, Path]]:
    """Each picture of a page: what it is said to show, and its file."""
    found = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text("utf-8"))
    return [(alt, page.parent / file) for alt, file in found]


def width(picture: Path) -> int:
    """How many pixels wide a PNG is, as its header says."""
    return int.from_bytes(picture.read_bytes()[16:20])


def named_on_screen(language: str) -> set[str]:
    """Every word and sentence of the staff's pages."""
    return {words for section in locales.desk(language).values() for words in section.values()}


def bold(page: Path) -> list[str]:
    """What a how-to page sets in bold: the words of the screen."""
    found = re.findall(r"\*\*([^*]+)\*\*", page.read_text("utf-8"))
    return [words for words in found if words not in MARKS]


def test_a_how_to_page_shows_the_screen():
    """A page about a screen has one or two pictures of it, and no other page has any."""
    for page in HOW_TO:
        assert len(pictures(page)) in ((1, 2) if page.stem in OF_THE_SCREEN else (0,)), page


def test_pictures_are_there_and_said_in_words():
    """Each picture of a page is there, taken and not empty, and its words say what it shows."""
    for page in PAGES:
        for alt, file in pictures(page):
            assert len(alt) >= 15, file
            assert width(file) >= LEAST_WIDTH, file


def test_pictures_are_light():
    """No picture weighs more than a page should, nor do all of them together."""
    sizes = [path.stat().st_size for path in DOCS.rglob("*.png")]
    assert sizes
    assert max(sizes) <= MOST_BYTES
    assert sum(sizes) <= MOST_BYTES_OF_ALL


def test_both_languages_show_the_same_pictures():
    """A page has the same pictures in both languages, each with words of its own screen."""
    shown = {
        language: {
            page.name: [file.name for _, file in pictures(page)]
            for page in HOW_TO
            if page.is_relative_to(DOCS / language)
        }
        for language in LANGUAGES
    }
    assert shown["zh"] == shown["en"]


def test_no_picture_is_left_over():
    """Every picture of the desk stands on some page."""
    for language in LANGUAGES:
        taken = set((DOCS / language / "images").rglob("*.png"))
        shown = {file.resolve() for page in HOW_TO for _, file in pictures(page)}
        assert taken <= shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_bold_stands_on_the_screen(language):
    """A button, field or choice is named as the screen names it."""
    on_screen = named_on_screen(language)
    for page in HOW_TO:
        if page.is_relative_to(DOCS / language):
            assert [words for words in bold(page) if words not in on_screen] == [], page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verb_is_explained(language):
    """Each verb of the staff is named on some how-to page, by the word of its form."""
    mine = [page for page in HOW_TO if page.is_relative_to(DOCS / language)]
    named = {words for page in mine for words in bold(page)}
    assert [one for one in STAFF_VERBS if locales.desk(language)["verb"][one] not in named] == []


@pytest.mark.parametrize(
    ("language", "minute", "hour"), [("zh", "分钟", "小时"), ("en", "minutes", "hours")]
)
def test_how_long_a_sign_in_lasts_is_told(language, minute, hour):
    """The page about signing in says after how long without use, and at the latest, it ends."""
    text = (DOCS / language / "how-to" / "signing-in.md").read_text("utf-8")
    assert f"{sessions.IDLE.total_seconds() / 60:.0f} {minute}" in text
    assert f" {sessions.LONGEST.total_seconds() / 3600:.0f} {hour}" in text

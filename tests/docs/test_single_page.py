"""The whole handbook as one page, and as a file to print."""

import re
from pathlib import Path

import pytest

from chalicelib.policy import load_policy
from support.handbook import ADDRESSES, HOMES, LANGUAGES, Seen

pytestmark = pytest.mark.xdist_group("site")
CHAPTERS = [address for address in ADDRESSES if address]
A4 = (595, 842)
"""Width and height in points."""


def book(site: Path, language: str) -> str:
    """The whole handbook of one language."""
    return (site / HOMES[language] / "whole" / "index.html").read_text("utf-8")


def chapter(address: str) -> str:
    """The id of a page's chapter."""
    return address.strip("/").replace("/", "-")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_a_chapter(site, language):
    """Each page but the home page stands in the book once, and in its contents."""
    text = book(site, language)
    contents = text.partition('<nav class="book-contents"')[2].partition("</nav>")[0]
    for address in CHAPTERS:
        assert text.count(f'<section id="{chapter(address)}">') == 1
        assert f'href="#{chapter(address)}"' in contents
    assert text.count("<section id=") == len(CHAPTERS)
    assert text.count("<h1") == len(CHAPTERS) + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_unique_and_links_stay_within(site, language):
    """No anchor stands twice, and a link to another page leads to its chapter or section."""
    text = book(site, language)
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    links = [link for link in Seen(text).links if link.startswith("#")]
    assert len(links) > 300
    assert {link[1:] for link in links} <= set(ids)
    for clause in load_policy().clauses:
        assert f"#policy-clauses--{clause.page.partition('#')[2]}" in links


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_in_the_book_is_where_it_was(site, language):
    """Pictures and styles are found from the book's own place, and so is the form."""
    seen, here = Seen(book(site, language)), site / HOMES[language] / "whole"
    assert [one for one in seen.loaded if one.endswith(".png")]
    assert [one for one in seen.loaded if not (here / one).is_file()] == []
    assert "/complain/" in "".join(seen.links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_clauses_can_be_looked_up(site, language):
    """Each clause of the policy has its place in the book."""
    text = book(site, language)
    for clause in load_policy().clauses:
        assert f'id="policy-clauses--{clause.page.partition("#")[2]}"' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_open_and_nothing_waits_for_a_script(site, language):
    """On paper nothing can be pressed: what opens is open, and buttons are left out."""
    text = book(site, language)
    assert "<details open" in text
    assert re.search(r"<details(?! open)", text) is None
    assert 'class="drill-role"' not in text
    assert "<script" not in text


@pytest.mark.browser
def test_it_is_printed_to_a_tagged_pdf_on_a4(site, browser, tmp_path):
    """`make handbook-pdf` writes one file a language, with bookmarks and a structure."""
    from handbook_pdf import print_all  # noqa: PLC0415 - needs a browser

    for path in print_all(site, tmp_path, browser):
        pdf = path.read_bytes()
        assert pdf.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in pdf
        assert b"/Outlines" in pdf
        width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0])
        assert (round(width), round(height)) == pytest.approx(A4, abs=1)
        pages = len(re.findall(rb"/Type /Page\b", pdf))
        assert pages > len(ADDRESSES)

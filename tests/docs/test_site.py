"""The site as it is built: whole, at home in both languages, and asking no other host."""

import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from docs.build import build, is_fresh
from docs.generator.coverage import CLAUSES, MANNERS, PRINCIPLES

from chalicelib.policy import load_policy
from support.handbook import ADDRESSES, DOCS, HOMES, Seen, front_matter, reviewed_on, written

pytestmark = pytest.mark.xdist_group("site")

# Addresses that functions answer, so that no file stands for them.
ANSWERED = ("/complaints", "/desk", "/local")


@cache
def seen(path: Path) -> Seen:
    """What a built page holds; every page links to every other, so each is read once."""
    return Seen(path.read_text("utf-8"))


def handbook(site: Path) -> list[Path]:
    """Every page of the handbook; the residents' pages have tests of their own."""
    return [path for path in site.rglob("*.html") if "complain" not in path.parts]


def test_every_page_is_built_in_both_languages(site):
    """Both languages hold every page, the form and a page for missing addresses."""
    for home in HOMES.values():
        for path in (*ADDRESSES, "complain/", "complain/privacy/"):
            assert (site / home / path / "index.html").is_file()
        assert (site / home / "404.html").is_file()


def test_nothing_is_done_when_nothing_changed(site):
    """A second build finds the site up to date."""
    assert build(site) is False


def test_a_page_newer_than_the_site_is_built(site, tmp_path, monkeypatch):
    """A site older than its sources is built again, and keeps no drill of an earlier name.

    That MkDocs builds was proved by the site itself; here it is only asked, for each language.
    """
    old, asked = shutil.copytree(site, tmp_path / "site"), []
    monkeypatch.setattr(
        "docs.build._run_mkdocs", lambda *language_and_folder: asked.append(language_and_folder)
    )
    os.utime(old / ".built", (0, 0))
    renamed = DOCS / "generated" / "zh" / "drill" / "tea.md"
    renamed.write_text("Tea.", "utf-8")
    assert build(old) is True
    assert not renamed.exists()
    assert asked == [(language, old / home) for language, home in HOMES.items()]
    assert is_fresh(old / ".built")


@pytest.mark.parametrize(("more", "less"), [("docs/zh/tea.md\n", ""), ("", "docs/zh/index.md\n")])
def test_a_page_that_is_no_more_or_new_is_noticed(site, tmp_path, more, less):
    """A file that was renamed keeps its date, so the site knows what it was built from."""
    old = tmp_path / ".built"
    text = (site / ".built").read_text("utf-8")
    assert less in text
    old.write_text(more + text.replace(less, ""), "utf-8")
    assert is_fresh(site / ".built")
    assert not is_fresh(old)


def test_the_build_knows_nothing_of_the_tests(site):
    """Neither its code nor a file that it is made from stands among them."""
    script = "import sys, docs.build, docs.generator.generate\n"
    script += "print(*(getattr(one, '__file__', None) for one in list(sys.modules.values())))"
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, cwd=DOCS.parent, capture_output=True, text=True, check=True)  # noqa: S603
    assert str(DOCS / "generator" / "samples" / "letters.py") in done.stdout
    assert str(DOCS.parent / "tests") not in done.stdout
    sources = (site / ".built").read_text("utf-8").splitlines()
    assert {one.split("/")[0] for one in sources} == {"docs", "functions"}


@pytest.mark.parametrize("name", ["ScenarioError", "MissingWordsError", "SecurityPolicyError"])
def test_what_is_wrong_is_said_without_a_traceback(name):
    """Whoever wrote a drill or a page reads what to mend, and nothing of the program."""
    run = (
        "import docs.build as b\n"
        "from docs.generator import scenarios, security, words\n"
        "def build(*_, **__):\n"
        f"    raise (vars(scenarios) | vars(security) | vars(words))['{name}']('no tea')\n"
        "b.build = build; b.main()"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", run],
        cwd=DOCS.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "no tea\n"


@pytest.mark.parametrize(("language", "code"), [("zh", "zh-Hans"), ("en", "en")])
def test_pages_name_their_language(site, language, code):
    """The language of a page is on its root, for screen readers and for fonts."""
    assert f'<html lang="{code}"' in (site / HOMES[language] / "index.html").read_text("utf-8")


def test_both_languages_have_the_same_heading_ids(site):
    """A link to a section works after its language is switched."""
    for path in ADDRESSES:
        zh, en = (seen(site / home / path / "index.html").headings for home in HOMES.values())
        assert zh
        assert zh == en


def test_letters_can_link_to_every_clause(site):
    """Each clause's page and anchor stand in the built site, in both languages."""
    for clause in load_policy().clauses:
        path, anchor = urldefrag(clause.page)
        for home in HOMES.values():
            assert anchor in seen(site / home / path / "index.html").ids


@pytest.mark.parametrize("home", HOMES.values(), ids=HOMES)
def test_every_clause_and_principle_has_its_anchor(site, home):
    """What is cited anywhere can be linked to: on one page of the policy stands its id, once."""
    ids = [
        name
        for path in ADDRESSES
        if path.startswith("policy/")
        for name in seen(site / home / path / "index.html").ids
    ]
    wanted = [f"c-{number.replace('.', '-')}" for number in CLAUSES]
    for name in (*wanted, *PRINCIPLES, MANNERS):
        assert ids.count(name) == 1, name


def test_no_page_loads_anything_from_another_host(site):
    """Scripts, styles, icons, images and forms are all the site's own."""
    foreign = re.compile(r"^\s*(https?:)?//", re.IGNORECASE)
    for path in site.rglob("*.html"):
        assert [url for url in seen(path).loaded if foreign.match(url)] == []


def test_no_style_loads_anything_from_another_host(site):
    """No stylesheet imports or draws from elsewhere."""
    for path in site.rglob("*.css"):
        text = path.read_text("utf-8")
        assert re.findall(r"url\(\s*['\"]?(?:https?:)?//[^)]*", text) == []
        assert "@import" not in text


def test_every_link_leads_somewhere(site):
    """Each link of the handbook has its page, and its section on that page."""
    for path in handbook(site):
        here = "/" + path.relative_to(site).as_posix().removesuffix("index.html")
        for link in seen(path).links:
            if link.startswith("tel:"):
                continue
            target, anchor = urldefrag(unquote(urljoin(here, link)))
            if not target.startswith(ANSWERED):
                file = site / target.lstrip("/")
                found = seen(file / "index.html" if target.endswith("/") else file)
                assert not anchor or anchor in found.ids, (here, link)


def test_the_switcher_leads_to_the_same_page(site):
    """From each page one link leads to its twin in the other language."""
    for path in ADDRESSES:
        assert f"/en/{path}" in seen(site / path / "index.html").links
        assert f"/{path}" in seen(site / "en" / path / "index.html").links


@pytest.mark.parametrize("language", HOMES)
def test_pages_say_who_answers_for_them(site, language):
    """The foot of a page names its owner and the day of its review."""
    for path in ADDRESSES:
        page = written(path, language)
        owner = load_policy().role(front_matter(page)["owner"]).name[language]
        text = (site / HOMES[language] / path / "index.html").read_text("utf-8")
        foot = text.partition('class="desk-page-foot"')[2].partition("</p>")[0]
        assert owner in foot
        assert f"{reviewed_on(page):%Y-%m-%d}" in foot


@pytest.mark.parametrize("language", HOMES)
@pytest.mark.parametrize("word", ["投诉", "complaint", "5.1.2"])
def test_the_index_holds_words_of_both_languages(site, language, word):
    """The search index of each site has Chinese and English words as tokens of their own."""
    index = json.loads((site / HOMES[language] / "search/search_index.json").read_text("utf-8"))
    texts = " ".join(entry["title"] + " " + entry["text"] for entry in index["docs"])
    tokens = re.split(index["config"]["separator"], re.sub(r"<[^>]+>", " ", texts))
    assert word in tokens

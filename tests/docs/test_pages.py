"""The pages as they are written: equal trees, the same sections, complete front matter."""

import re
from datetime import date
from itertools import pairwise

import pytest
import yaml

from chalicelib.policy import load_policy
from handbook import ADDRESSES, DOCS, LANGUAGES, PAGES, front_matter, written


def test_both_trees_have_the_same_pages():
    """Every page there is in Chinese is there in English, and the other way round."""
    zh, en = (
        {page.relative_to(DOCS / language) for page in (DOCS / language).rglob("*.md")}
        for language in LANGUAGES
    )
    assert zh
    assert zh == en


@pytest.mark.parametrize("path", ADDRESSES)
def test_both_languages_have_the_same_sections(path):
    """A page has the same headings in both languages, with the same ids, and each has one."""
    zh, en = (
        re.findall(
            r"^(#+) .*?(?:\{ #([a-z0-9-]+) \})?$",
            written(path, language).read_text("utf-8"),
            re.MULTILINE,
        )
        for language in LANGUAGES
    )
    assert zh == en
    assert all(name for _, name in zh)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_front_matter_is_complete(page):
    """A page has a title, a description, an owner who is a role, and the day of its review."""
    matter = front_matter(page)
    assert matter["title"]
    assert matter["description"]
    assert load_policy().role(matter["owner"])
    assert isinstance(matter["last_reviewed_on"], date)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_theme_names_the_roles_as_the_policy_does(language):
    """The roles that page feet name are those of the policy file, in its words."""
    config = yaml.safe_load((DOCS / f"mkdocs.{language}.yml").read_text("utf-8"))
    names = {role.key: role.name[language] for role in load_policy().roles}
    assert config["extra"]["roles"] == names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_chinese_paragraphs_are_never_wrapped(page):
    """No line that ends in Chinese is followed by one that goes on in Chinese."""
    lines = page.read_text("utf-8").splitlines()
    wrapped = [
        first
        for first, second in pairwise(lines)
        if first[-1:] >= "\u4e00" and second[:1] >= "\u4e00"
    ]
    assert wrapped == []

"""The pages as they are written: equal trees, complete front matter, no copied value."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from chalicelib.policy import load_policy

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGES = ("zh", "en")
PAGES = sorted(path for language in LANGUAGES for path in (DOCS / language).rglob("*.md"))


def front_matter(page: Path) -> dict:
    """What stands between the first two rules of a page."""
    return yaml.safe_load(page.read_text("utf-8").split("---\n")[1])


def test_both_trees_have_the_same_pages():
    """Every page there is in Chinese is there in English, and the other way round."""
    zh, en = (
        {page.relative_to(DOCS / language) for page in (DOCS / language).rglob("*.md")}
        for language in LANGUAGES
    )
    assert zh
    assert zh == en


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

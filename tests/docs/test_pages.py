"""The pages as they are written: equal trees, the same sections, complete front matter."""

import re
from datetime import date
from itertools import pairwise

import pytest
import yaml

from chalicelib.policy import load_policy
from support.handbook import ADDRESSES, DOCS, LANGUAGES, PAGES, front_matter, written

VALUES = re.compile(r"\d+ ?个(?:工作日|日历月)|\d+ working day|5,?000 ?(?:元|yuan)|CNY ?5,?000")
PATHS = {
    "receptionist": "receptionist",
    "customer_service_supervisor": "supervisor",
    "department_head": "department-head",
    "property_manager": "property-manager",
    "company_leadership": "company-leadership",
}
"""The learning path of each role."""
DOORS = [
    *("residents", "front-desk", "new-staff", "supervisors", "department-heads", "managers"),
    "operators",
]


def test_both_trees_have_the_same_pages():
    """Every page there is in Chinese is there in English, and the other way round."""
    zh, en = (
        {page.relative_to(DOCS / language) for page in (DOCS / language).rglob("*.md")}
        for language in LANGUAGES
    )
    assert zh
    assert zh == en


def test_both_languages_have_the_same_sections():
    """A page has the same headings in both languages, with the same ids, and each has one."""
    for path in ADDRESSES:
        zh, en = (
            re.findall(
                r"^(#+) .*?(?:\{ #([a-z0-9-]+) \})?$",
                written(path, language).read_text("utf-8"),
                re.MULTILINE,
            )
            for language in LANGUAGES
        )
        assert zh == en, path
        assert all(name for _, name in zh), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_has_one_door_for_each_reader(language):
    """Residents first, then the roles, whoever is new, and whoever runs the program."""
    text = (DOCS / language / "index.md").read_text("utf-8")
    doors = [part.partition(" }")[0] for part in text.split("-   ## ")[1:]]
    assert [door.partition("{ #")[2] for door in doors] == DOORS
    for door in text.split("-   ## ")[1:]:
        assert "](" in door


def test_front_matter_is_complete():
    """A page has a title, a description, an owner who is a role, and the day of its review."""
    for page in PAGES:
        matter = front_matter(page)
        assert matter["title"], page
        assert matter["description"], page
        assert load_policy().role(matter["owner"]), page
        assert isinstance(matter["last_reviewed_on"], date), page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_theme_names_the_roles_as_the_policy_does(language):
    """The roles that page feet name are those of the policy file, in its words."""
    config = yaml.safe_load((DOCS / f"mkdocs.{language}.yml").read_text("utf-8"))
    names = {role.key: role.name[language] for role in load_policy().roles}
    assert config["extra"]["roles"] == names


def test_chinese_paragraphs_are_never_wrapped():
    """No line that ends in Chinese is followed by one that goes on in Chinese."""
    for page in PAGES:
        lines = page.read_text("utf-8").splitlines()
        wrapped = [
            first
            for first, second in pairwise(lines)
            if first[-1:] >= "\u4e00" and second[:1] >= "\u4e00"
        ]
        assert wrapped == [], page


def test_no_page_holds_a_value_of_the_policy():
    """A number that the organisation decides comes from its file; others' rules may have theirs."""
    for page in PAGES:
        text = page.read_text("utf-8").partition("{ #elsewhere }")[0]
        text += page.read_text("utf-8").partition("{ #elsewhere }")[2].partition("\n## ")[2]
        assert VALUES.findall(text) == [], page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("door", "leads_to"),
    [
        ("residents", "residents/"),
        ("front-desk", "how-to/"),
        ("supervisors", "how-to/"),
        ("department-heads", "how-to/"),
        ("managers", "policy/"),
        ("new-staff", "learning/"),
        ("new-staff", "drills/"),
        ("operators", "reference/settings.md"),
    ],
)
def test_every_reader_has_a_door(language, door, leads_to):
    """The home page has a section for each reader, with links to what they need first."""
    home = (DOCS / language / "index.md").read_text("utf-8")
    section = home.partition(f"{{ #{door} }}")[2].partition("\n-   ##")[0]
    assert f"]({leads_to}" in section


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", [role.key for role in load_policy().roles])
def test_every_role_has_a_path_with_a_checklist(language, role):
    """First day, first week, first month, and a list to sign; the index leads to each."""
    folder = DOCS / language / "learning"
    path = folder / f"{PATHS[role]}.md"
    assert f"role.{role}" in front_matter(path)["covers"]
    text = path.read_text("utf-8")
    for stage in ("first-day", "first-week", "first-month"):
        section = text.partition(f"{{ #{stage} }}")[2].partition("\n## ")[0]
        assert "](../drills/" in section or stage == "first-day"
        assert len(re.findall(r"^\d\. ", section, re.MULTILINE)) == 3
    rows = [
        line
        for line in text.partition("{ #checklist }")[2].splitlines()
        if line.startswith("| ") and line.count("&nbsp;") >= 3
    ]
    assert len(rows) >= 10
    assert f"({PATHS[role]}.md)" in (folder / "index.md").read_text("utf-8")

"""The policy fragments say what the policy file says, all of it, in both languages."""

import re
from dataclasses import fields, make_dataclass, replace
from decimal import Decimal

import pytest
from docs.theme.generate import FRAGMENTS
from docs.theme.phrases import PHRASES, MissingWordsError
from docs.theme.setting_words import SETTINGS, setting_words, stated_settings
from docs.theme.severity_text import anchor

from chalicelib.domain.rules import Policy, Role, Settings, Within
from chalicelib.policy import load_policy

POLICY = load_policy()
LANGUAGES = ("zh", "en")
NOT_A_DURATION = Within(working_days=37)


def everything(policy: Policy, language: str) -> str:
    """All fragments of one language, one after another."""
    return "\n".join(fragment(policy, language) for fragment in FRAGMENTS.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_clauses_and_facts_all_appear(language):
    """The clauses page holds the words of every clause and every fact."""
    page = FRAGMENTS["clauses"](POLICY, language)
    for entry in (*POLICY.clauses, *POLICY.facts):
        assert entry.words[language] in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_has_its_anchor_once(language):
    """Each clause's section carries the id that letters link to; alternatives share it."""
    page = FRAGMENTS["clauses"](POLICY, language)
    for clause in POLICY.clauses:
        assert page.count(f"{{ #{clause.page.partition('#')[2]} }}") == 1


def test_a_clause_on_another_page_stops_the_build():
    """A clause whose page is not the clauses page is an error, not a dead link."""
    lost = replace(POLICY.clauses[0], page="policy/severities/#c-5-1-1")
    with pytest.raises(ValueError, match=r"5\.1\.1"):
        anchor(lost)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["severities", "who-is-told", "deadlines"])
def test_severities_all_appear(page, language):
    """Each page about severities names every severity and the undecided."""
    text = FRAGMENTS[page](POLICY, language).lower()
    for entry in (*POLICY.severities, POLICY.undecided):
        assert entry.name[language].lower() in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_roles_all_appear_with_their_next_rung(language):
    """Every role has a row that says who stands in."""
    page = FRAGMENTS["who-is-told"](POLICY, language)
    for role in POLICY.roles:
        rung = POLICY.role(role.next_rung).name[language] if role.next_rung else ""
        rows = [line for line in page.splitlines() if line.startswith(f"| {role.name[language]} |")]
        assert any(rung in row for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_settings_all_appear_marked_as_ours(name, language):
    """Every setting stands somewhere with its value, marked as our setting."""
    sentence = setting_words(name).stated(getattr(POLICY.settings, name), language)
    lines = [line for line in everything(POLICY, language).splitlines() if sentence in line]
    assert lines
    assert all(line.startswith(f"**{PHRASES['setting'][language]}**") for line in lines)


def test_no_words_without_a_setting():
    """The words are those of the settings there are, no others."""
    assert SETTINGS.keys() == {field.name for field in fields(Settings)}


def test_a_setting_without_words_stops_the_build():
    """A setting that nobody put into words is an error that names it."""
    more = make_dataclass("More", [("cups_of_tea", int)])(3)
    with pytest.raises(MissingWordsError, match="cups_of_tea"):
        stated_settings(more, "clauses", "en")


def test_an_unknown_scope_stops_the_build():
    """A role that answers for something the handbook has no words for is an error."""
    gardener = Role("gardener", {"zh": "园丁", "en": "gardener"}, scope="garden")
    with pytest.raises(MissingWordsError, match="garden"):
        FRAGMENTS["who-is-told"](replace(POLICY, roles=(*POLICY.roles, gardener)), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"earlier_times_raised": 41}, "41"),
        ({"major_loss": Decimal(73210)}, "73,210"),
        ({"solve_within_months": 29}, "29"),
        ({"change_grace": NOT_A_DURATION}, "37"),
        ({"feedback": NOT_A_DURATION}, "37"),
        ({"explain_invalid": NOT_A_DURATION}, "37"),
    ],
)
def test_another_value_makes_another_text(change, shown, language):
    """A changed setting changes what staff read."""
    changed = replace(POLICY, settings=replace(POLICY.settings, **change))
    assert shown not in everything(POLICY, language)
    assert shown in everything(changed, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("promise", ["acknowledge", "reply"])
@pytest.mark.parametrize("page", ["severities", "deadlines"])
def test_another_promise_makes_another_text(page, promise, language):
    """A changed promise changes both pages that state it."""
    gravest = replace(POLICY.severities[0], **{promise: NOT_A_DURATION})
    changed = replace(POLICY, severities=(gravest, *POLICY.severities[1:]))
    assert "37" in FRAGMENTS[page](changed, language)


def test_the_owner_is_a_requirement_only_where_the_source_names_it():
    """Another owner than clause 3.1 names is shown as our setting."""
    important = replace(POLICY.severity("important"), owner="company_leadership")
    changed = replace(POLICY, severities=(important,), clauses=())
    row = "| Owner | company leadership | **our setting**"
    assert "**requirement**{ .requirement } (clause 3.1)" in FRAGMENTS["severities"](POLICY, "en")
    assert row in FRAGMENTS["severities"](changed, "en")


def test_the_example_is_worked_out_by_the_clock():
    """Received on Saturday 2026-11-28 10:00: Monday counts as receipt, Tuesday is day one."""
    page = re.sub("</?time>", "", FRAGMENTS["deadlines"](POLICY, "en"))
    assert "received on Sat 2026-11-28 at 10:00" in page
    assert "| minor complaint | Tue 2026-12-01, 18:00 | Wed 2026-12-02, 18:00 |" in page
    assert "| major complaint | Sat 2026-11-28, 12:00 | Mon 2026-12-14, 18:00 |" in page

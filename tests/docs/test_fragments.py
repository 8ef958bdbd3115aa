"""The policy fragments say what the policy file says, all of it, in both languages."""

import re
from decimal import Decimal
from functools import partial

import pytest
from docs.generator.generate import FRAGMENTS
from docs.generator.permissions_text import verb_words, who_may_do_what
from docs.generator.setting_text import setting_words, stated_settings
from docs.generator.severity_text import anchor
from docs.generator.words import MissingWordsError, book, short_words, word
from msgspec import defstruct
from msgspec.structs import fields

from chalicelib import locales
from chalicelib.domain.permissions import MAY, OWNERS_TOO
from chalicelib.domain.policy import Ladder, Policy, Role, Settings, Within
from chalicelib.domain.staff import ROLES
from chalicelib.locales import LANGUAGES
from chalicelib.policy import load_policy
from support.values import replace

POLICY = load_policy()
NOT_OF_THE_POLICY = ("diagram-", "letters-", "transitions")
"""Drawings and letters are full of numbers, and transitions are the engine's."""
NOT_A_DURATION = Within(working_days=37)


def everything(policy: Policy, language: str) -> str:
    """What one language says of the policy, one fragment after another."""
    return "\n".join(
        fragment(policy, language)
        for name, fragment in FRAGMENTS.items()
        if not name.startswith(NOT_OF_THE_POLICY)
    )


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
def test_settings_all_appear_marked_as_ours(language):
    """Every setting stands somewhere with its value, marked as our setting."""
    said, mark = everything(POLICY, language), f"**{word('tag.setting', language)}**"
    for name in (field.name for field in fields(Settings)):
        sentence = setting_words(name).stated(getattr(POLICY.settings, name), language)
        lines = [line for line in said.splitlines() if sentence in line]
        assert lines, name
        assert all(line.startswith(mark) for line in lines), name


def test_no_words_without_a_setting():
    """The words are those of the settings there are, no others."""
    assert book("settings").keys() == {field.name for field in fields(Settings)}


def test_a_setting_without_words_stops_the_build():
    """A setting that nobody put into words is an error that names it."""
    more = defstruct("More", [("cups_of_tea", int)])(3)
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
        ({"keep_personal_data_months": 43}, "43"),
        ({"gather_minutes": 47}, "47"),
        ({"gather_after": 59}, "59"),
        ({"receipts_a_day": 61}, "61"),
        ({"first_letters_an_hour": 1061}, "1061"),
        ({"judge": Within(working_days=67)}, "67"),
        ({"silence": Within(working_days=71)}, "71"),
        ({"wait_for_resident": Within(working_days=73)}, "73"),
        ({"warn_after_days": (79,)}, "79"),
    ],
)
def test_another_value_makes_another_text(change, shown, language):
    """A changed setting changes what staff read."""
    changed = replace(POLICY, settings=replace(POLICY.settings, **change))
    assert shown not in everything(POLICY, language)
    assert shown in everything(changed, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_ladder_makes_another_text(language):
    """The rungs stand in their order, and another order or pace is another text."""
    rungs = tuple(reversed(POLICY.ladder.rungs))
    changed = replace(POLICY, ladder=Ladder(rungs, hours_between=83))
    page = FRAGMENTS["who-is-told"](changed, language)
    assert " → ".join(POLICY.role(one).name[language] for one in rungs) in page
    assert "83" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_pauses_is_named_as_the_desk_names_it(language):
    """Each clock that stands still, and that the month never does."""
    say = partial(locales.say_desk, language)
    page = FRAGMENTS["deadlines"](POLICY, language).partition("{ #pauses }")[2]
    waiting, agreed, month = page.strip().split("\n\n")[:3]
    assert all(say(f"deadline.{one}") in waiting for one in POLICY.pauses.waiting_for_resident)
    assert all(say(f"deadline.{one}") in agreed for one in POLICY.pauses.agreed_time)
    assert "5.1.3" in month


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


def rows(text: str, section: str) -> list[list[str]]:
    """The cells of the table under a heading, row by row, its own heading aside."""
    table = text.partition(f"{{ #{section} }}")[2].partition("\n#")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def name_of(role: str, language: str) -> str:
    """A role's name."""
    return POLICY.role(role).name[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_every_permission_is_told_twice(role, language):
    """Under its role and under its act stands in which scope a role may, and no other."""
    text = FRAGMENTS["who-may-do-what"](POLICY, language)
    of_role, of_acts = rows(text, role.replace("_", "-")), rows(text, "by-act")
    comma = "、" if language == "zh" else ", "
    for verb in MAY:
        named, scope = verb_words(verb, language), MAY[verb].get(role)
        wanted = [word(f"reach.{scope}", language)] if scope else []
        by_role = [reach for reach, verbs in of_role if named in verbs.split(comma)]
        (holders,) = [cell for name, cell in of_acts if name == named]
        by_act = [part for part in holders.split("<br>") if name_of(role, language) in part]
        assert [reach.lower() for reach in by_role] == wanted, verb
        assert [re.split("[（(]", part)[1].rstrip("）)") for part in by_act] == wanted, verb


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_owner_may_besides_is_told(language):
    """The page says which acts an owner's post does not matter for."""
    (line,) = [
        line
        for line in FRAGMENTS["who-may-do-what"](POLICY, language).splitlines()
        if all(verb_words(verb, language) in line for verb in OWNERS_TOO)
        and line.startswith(f"**{word('tag.setting', language)}**")
    ]
    assert line


def test_verbs_are_named_as_their_forms_are():
    """The handbook names no verb of its own that the desk's forms name."""
    assert short_words("verb").keys() == MAY.keys() - locales.desk("zh")["verb"].keys()


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"dance": {"receptionist": "own"}}, "dance"),
        ({"see": {"gardener": "own"}}, "gardener"),
        ({"see": {"receptionist": "galaxy"}}, "galaxy"),
    ],
)
def test_a_permission_without_words_stops_the_build(more, named):
    """A verb, a role or a scope that nobody put into words is an error that names it."""
    with pytest.raises(MissingWordsError, match=named):
        who_may_do_what(POLICY, "en", {**MAY, **more})

"""The drills: cases of the engine, graded by it, spread over all that is to be learned."""

from decimal import Decimal

import pytest
from docs.generator.blocks import plain
from docs.generator.coverage import CLAUSES, MANNERS, PRINCIPLES
from docs.generator.drill_text import drill
from docs.generator.grading import answered
from docs.generator.progress_text import by_role, for_role, slip
from docs.generator.scenario_files import DRILLS, drill_sets, scenario
from docs.generator.scenarios import (
    UNDECIDED,
    Expected,
    OfSeverity,
    OfTechnique,
    ScenarioError,
)
from docs.generator.words import word

from chalicelib.domain.permissions import OWNING
from chalicelib.policy import load_organisation, load_policy
from support.handbook import DOCS, LANGUAGES
from support.values import replace

POLICY = load_policy()
ORGANISATION = load_organisation()
SETS = drill_sets()
ALL = [one for each in SETS for one in each.scenarios]
OF_SEVERITY = [one for one in ALL if isinstance(one, OfSeverity)]
OF_TECHNIQUE = [one for one in ALL if isinstance(one, OfTechnique)]
LEAST = 40
SAID = {"zh": "话", "en": "words"}


def name(one):
    """A scenario's id, for the name of a test."""
    return one.id


def entry(**changes):
    """A scenario as its file holds it: a stuck lift, nobody's fault."""
    usual = {
        "id": "stuck",
        "kind": "severity",
        "roles": ["receptionist"],
        "practises": ["5.3.1"],
        "title": SAID,
        "story": SAID,
        "question": SAID,
        "why": {"zh": "为什么", "en": "the reason"},
        "facts": {"cause": "facility", "about": "engineering", "category": "lift"},
        "expect": {
            "severity": "minor",
            "owner": "customer_service_supervisor",
            "clauses": ["5.3.1"],
        },
    }
    made = usual | changes
    return {key: value for key, value in made.items() if value is not None}


def graded(**changes):
    """What the engine says of such a scenario."""
    answer = answered(scenario(entry(**changes)), POLICY)
    return answer.severity, answer.owner, answer.clauses


def test_a_scenario_is_a_case_of_the_engine():
    """By the policy as it stands, the engine says what the explanation was written for."""
    for one in OF_SEVERITY:
        answer = answered(one, POLICY)
        assert Expected(answer.severity, answer.owner, answer.clauses) == one.expect, one.id


def test_a_scenario_is_of_this_organisation():
    """Its department and category are those of the form, its roles those that there are."""
    for one in OF_SEVERITY:
        departments = {one.key for one in ORGANISATION.departments} | {"unsure"}
        assert one.given.about in departments, one.id
        assert one.given.category in {category.key for category in POLICY.categories}, one.id
        assert {*one.given.absent, *one.given.complained_about} <= {
            role.key for role in POLICY.roles
        }, one.id


def test_there_are_enough_and_a_third_are_hard():
    """At least forty; of all, a third or more meet two clauses or none."""
    assert len(ALL) >= LEAST
    hard = [one for one in OF_SEVERITY if one.is_hard]
    assert len(hard) * 3 >= len(ALL)
    assert {len(one.expect.clauses) for one in hard} >= {0, 2}


def test_everything_is_practised():
    """Each clause, each principle and the manners have a drill."""
    for wanted in [*CLAUSES, *PRINCIPLES, MANNERS]:
        assert [one.id for one in ALL if wanted in one.practises], wanted


def test_a_scenario_practises_what_there_is():
    """It names clauses and principles of the rules, for roles that there are."""
    for one in ALL:
        assert set(one.practises) <= {*CLAUSES, *PRINCIPLES, MANNERS}, one.id
        assert one.practises, one.id
        assert one.roles, one.id
        assert set(one.roles) <= {role.key for role in POLICY.roles}, one.id


@pytest.mark.parametrize("role", [role.key for role in POLICY.roles])
def test_every_role_has_drills_of_its_own(role):
    """Nobody finds an empty page."""
    assert len(for_role(role, SETS)) >= 3


def test_every_answer_is_sometimes_right():
    """Each severity, and each role that owns a complaint but the head's, is some drill's answer."""
    said = {(one.expect.severity, one.expect.owner) for one in OF_SEVERITY}
    assert {severity for severity, _ in said} == {
        *(severity.key for severity in POLICY.severities),
        UNDECIDED,
    }
    assert {owner for _, owner in said} == OWNING - {"department_head"}


def test_every_choice_has_its_reason():
    """Three or four things to say, one of them good, each with a reason in both languages."""
    for one in OF_TECHNIQUE:
        assert len(one.choices) in (3, 4), one.id
        assert [choice.good for choice in one.choices].count(True) == 1, one.id
        for choice in one.choices:
            for words in (choice.say, choice.why):
                assert all(words[language].strip() for language in LANGUAGES), one.id


def test_the_good_choice_is_not_given_away():
    """It stands in every place, and is not mostly the longest."""
    places = {[one.good for one in each.choices].index(True) for each in OF_TECHNIQUE}
    assert places >= {0, 1, 2}
    for language in LANGUAGES:
        longest = [
            max(each.choices, key=lambda one: len(one.say[language])).good for each in OF_TECHNIQUE
        ]
        assert longest.count(True) <= len(longest) / 2


def test_both_languages_are_whole():
    """Title, story and question stand in Chinese and in English, and neither is the other."""
    for one in ALL:
        for words in (one.title, one.story, one.question):
            assert words.keys() == set(LANGUAGES), one.id
            assert any(mark >= "\u4e00" for mark in words["zh"]), one.id
            assert not any("\u4e00" <= mark <= "\u9fff" for mark in words["en"]), one.id


def test_a_threshold_in_the_policy_changes_the_answer():
    """A loss that is major today is not when the setting rises, and the page says so."""
    (one,) = [one for one in OF_SEVERITY if one.id == "freezer-added-up"]
    changed = replace(POLICY, settings=replace(POLICY.settings, major_loss=Decimal(73210)))
    before, after = answered(one, POLICY), answered(one, changed)
    assert before.severity == "major"
    assert after.severity != "major"
    for language in LANGUAGES:
        stale = word("drill.stale", language)
        assert stale not in drill(one, POLICY, language)
        assert stale in drill(one, changed, language)
        assert f'value="{after.severity}" data-good' in drill(one, changed, language)


def test_what_happens_later_is_decided_by_the_engine():
    """A month without a reply, a judgement, a reply and a dispute each do what they do in life."""
    assert graded()[0] == "minor"
    month = [{"after_days": 31, "do": "wait"}]
    assert graded(then=month) == ("major", "property_manager", ("5.1.3", "5.3.1"))
    replied = [{"after_days": 1, "do": "reply"}]
    assert graded(then=[*replied, *month])[0] == "minor"
    disputed = [*replied, {"after_days": 32, "do": "dispute"}]
    assert graded(then=disputed)[2] == ("5.1.3", "5.3.1")
    hurt = [{"after_days": 1, "do": "record-facts", "hurt": True}]
    assert graded(then=hurt)[2] == ("5.1.2", "5.3.1")
    others = [*hurt, {"after_days": 2, "do": "judge", "caused_by_us": False}]
    assert graded(then=others)[0] == "minor"


def test_nobody_owns_a_complaint_about_themselves():
    """The next rung up owns it, and judges."""
    facts = entry()["facts"] | {"complained_about": ["customer_service_supervisor"]}
    judged = [{"after_days": 1, "do": "judge", "slight": False}]
    assert graded(facts=facts)[1] == "property_manager"
    assert graded(facts=facts, then=judged)[0] == UNDECIDED


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"why": None}, "why"),
        ({"tea": 1}, "tea"),
        ({"kind": "technique", "facts": None, "expect": None, "why": None}, "choice"),
        ({"facts": {"cause": "facility"}}, "about"),
        ({"story": {"zh": "话"}}, "zh and en"),
    ],
)
def test_a_scenario_that_lacks_something_is_refused(changes, said):
    """The error names the scenario and what is wrong with it."""
    with pytest.raises(ScenarioError, match=f"stuck.*{said}"):
        scenario(entry(**changes))


def test_an_id_is_used_once(tmp_path):
    """Two scenarios of one id, in whatever files, are an error that names it."""
    text = (DRILLS / "at-the-desk.toml").read_text("utf-8")
    for file in ("a.toml", "b.toml"):
        (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(ScenarioError, match="two scenarios"):
        drill_sets(tmp_path)


def test_an_explanation_may_quote_any_setting():
    """Its value stands in the sentence; a setting that there is not is refused by name."""
    why = {"zh": "{silence}，{major_loss} 元", "en": "{silence}, CNY {major_loss}"}
    assert "3 working days, CNY 5,000" in drill(scenario(entry(why=why)), POLICY, "en")
    tea = {"zh": "{tea}", "en": "{tea}"}
    with pytest.raises(ScenarioError, match=r"stuck.*tea"):
        drill(scenario(entry(why=tea)), POLICY, "en")


def test_a_step_that_there_is_not_is_refused():
    """What cannot be done to a complaint cannot be done in a drill."""
    with pytest.raises(ScenarioError, match="dance"):
        graded(then=[{"after_days": 1, "do": "dance"}])


@pytest.mark.parametrize(
    "step",
    [
        {"after_days": 1, "do": "dispute"},
        {"after_days": 1, "do": "judge", "tea": "cold"},
    ],
)
def test_a_step_that_the_product_refuses_names_its_drill(step):
    """A dispute before there is a reply, and a judgement on what is not judged."""
    with pytest.raises(ScenarioError, match="stuck: a step is refused"):
        graded(then=[step])


def test_a_file_that_is_no_toml_is_named(tmp_path):
    """Whoever forgot a quotation mark reads in which file."""
    (tmp_path / "tea.toml").write_text('[[scenario]]\nid = "tea', "utf-8")
    with pytest.raises(ScenarioError, match=r"tea\.toml"):
        drill_sets(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_is_explained(language):
    """While the engine agrees with it, the trainer's explanation stands in the answer."""
    for one in OF_SEVERITY:
        answer = drill(one, POLICY, language).partition("<details")[2]
        assert plain(one.why[language].partition("{")[0]) in answer, one.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_shows_its_reason(language):
    """The answer says of each choice whether it is good, and why."""
    for one in OF_TECHNIQUE:
        answer = drill(one, POLICY, language).partition("<details")[2]
        for letter, choice in zip("ABCD", one.choices, strict=False):
            (line,) = [line for line in answer.splitlines() if line.startswith(f"- **{letter}** ")]
            assert plain(choice.why[language]) in line, one.id
            assert word("drill.good" if choice.good else "drill.poor", language) in line, one.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drill_can_be_done_without_a_script(language):
    """Story, choices and the answer stand in the page; what is right is marked once a question."""
    for one in ALL:
        text = drill(one, POLICY, language)
        questions = text.count("<fieldset>")
        assert questions == (2 if isinstance(one, OfSeverity) else 1), one.id
        assert text.count("data-good") == questions, one.id
        answer = text.partition('<details class="drill-answer" markdown>')[2]
        assert "</details>" in answer, one.id
        for clause in getattr(one, "expect", Expected("", "", ())).clauses:
            assert f"../policy/clauses.md#c-{clause.replace('.', '-')}" in answer, one.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_role_finds_all_its_drills_listed(language):
    """The page of what is left, and the slip, name each drill under each role that needs it."""
    for page in (by_role(SETS, POLICY, language), slip(SETS, POLICY, language)):
        for role in POLICY.roles:
            section = page.partition(f'data-role="{role.key}"')[2].partition("</section>")[0]
            for file, one in for_role(role.key, SETS):
                assert f"]({file}.md#{one.id})" in section


def test_every_file_is_a_page():
    """Each file of drills has its page in both languages, and no page is left over."""
    names = {each.name for each in SETS} | {"index", "slip"}
    for language in LANGUAGES:
        assert {path.stem for path in (DOCS / language / "drills").glob("*.md")} == names

"""All that the program has is taught: the build names what has no place in the handbook."""

from functools import cache
from html import escape
from pathlib import Path

import pytest
from docs.generator import words
from docs.generator.coverage import CLAUSES, CoverageError, lacks, require_complete
from docs.generator.generate import names
from docs.generator.letters_text import to_residents, to_staff
from docs.generator.reference_text import ACTS_OF, FORMLESS, acts, clocks, facts, settings, statuses
from docs.generator.reviews import Page, pages
from docs.generator.samples.letters import SampleError, sample_letters
from docs.generator.samples.words import sample_words
from docs.generator.words import MissingWordsError

from chalicelib import locales
from chalicelib.domain.deadlines import CLAUSES as CLOCKS
from chalicelib.domain.model import OPEN
from chalicelib.domain.permissions import MAY
from chalicelib.domain.policy import FactWords, Ladder, Policy, Role, Within
from chalicelib.domain.verbs import VERBS
from chalicelib.letters import LETTERS
from chalicelib.policy import load_policy
from support.handbook import LANGUAGES
from support.values import replace

POLICY = load_policy()
GOLDEN = Path(__file__).parents[1] / "golden"
ALL = pages()
TECHNIQUES = [
    page for page in ALL if page.path.parts[1] == "techniques" and page.path.stem != "index"
]


def letters(_: Policy, language: str) -> str:
    """Both pages of letters, made once a language."""
    return _letters(language)


@cache
def _letters(language: str) -> str:
    return to_residents(POLICY, language) + to_staff(POLICY, language)


SECTIONS = {
    "status": set(locales.catalogue("zh")["status"]),
    "act": MAY.keys() | FORMLESS,
    "letter": set(LETTERS),
    "fact": {fact.key for fact in POLICY.facts},
    "clock": set(CLOCKS),
}
PAGES_OF_WORDS = {
    "fact": (facts, "counts"),
    "clock": (clocks, "means"),
    "status": (statuses, "means"),
    "act": (acts, "does"),
    "letter": (letters, "when"),
}
"""The page of each section, and the sentence of each entry that stands on it."""


def without(key: str, languages: tuple[str, ...] = LANGUAGES) -> tuple[Page, ...]:
    """The pages, none of which covers this, or includes it, any more in these languages."""
    return tuple(_without(key, page) if page.path.parts[0] in languages else page for page in ALL)


def _without(key: str, page: Page) -> Page:
    covers = [one for one in page.matter.get("covers", ()) if one != key]
    text = page.text.replace(f'--8<-- "{key}.md"', "")
    return replace(page, matter=page.matter | {"covers": covers}, text=text)


def test_nothing_is_missing():
    """Every clause, principle, verb and role is taught, and every fragment stands on a page."""
    require_complete(ALL, names(), POLICY)


@pytest.mark.parametrize(
    "key",
    [
        *(f"clause.{number}" for number in CLAUSES),
        *(f"verb.{verb}" for verb in MAY),
        *(f"role.{role.key}" for role in POLICY.roles),
        *(f"principle-{number}" for number in range(1, 5)),
        "manners",
    ],
)
def test_what_no_page_covers_is_named(key):
    """Without its page, each is missed in both languages."""
    missing = set(lacks(without(key), set(names()), POLICY))
    assert missing == {f"{language}: no page covers {key}" for language in LANGUAGES}


def test_a_new_role_and_a_new_clause_need_a_page():
    """What the policy file gains, the handbook lacks, until somebody writes of it."""
    gardener = Role("gardener", {"zh": "园丁", "en": "gardener"}, scope="community")
    clause = replace(POLICY.clauses[0], number="5.1.4")
    more = replace(POLICY, roles=(*POLICY.roles, gardener), clauses=(*POLICY.clauses, clause))
    with pytest.raises(CoverageError, match=r"clause\.5\.1\.4[\s\S]*role\.gardener"):
        require_complete(ALL, names(), more)


@pytest.mark.parametrize("name", names())
def test_a_fragment_that_no_page_includes_is_named(name):
    """What is made from the program and shown nowhere is missed, in both languages."""
    missing = set(lacks(without(name), set(names()), POLICY))
    assert missing == {f"{language}: no page includes {name}.md" for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_in_one_language_is_not_enough(language):
    """What the other language teaches is missed here."""
    for key, said in (("verb.reply", "covers verb.reply"), ("acts", "includes acts.md")):
        missing = set(lacks(without(key, (language,)), set(names()), POLICY))
        assert missing == {f"{language}: no page {said}"}


def test_a_page_must_name_what_it_covers():
    """A promise in the front matter that the text does not keep is an error."""
    covers = ["verb.reply", "verb.dance", "clause.1"]
    page = Page(Path("en/tea.md"), {"covers": covers}, "Tea, 1 cup.")
    said = set(lacks((page,), set(), POLICY))
    assert "en/tea.md: covers verb.reply without naming it" in said
    assert "en/tea.md: covers clause.1 without naming it" in said
    assert "en/tea.md: there is nothing called verb.dance" in said


@pytest.mark.parametrize(("name", "keys"), SECTIONS.items(), ids=SECTIONS)
def test_words_are_those_of_the_program(name, keys):
    """Each status, act, letter, fact and clock has words in both languages, nothing else has."""
    for entry in words.section(name, keys).values():
        for value in entry.values():
            if isinstance(value, dict) and value.keys() & set(LANGUAGES):
                assert all(value[language].strip() for language in LANGUAGES)


@pytest.mark.parametrize(("name", "keys"), SECTIONS.items(), ids=SECTIONS)
def test_what_has_no_words_stops_the_build(name, keys):
    """A new one, and words for one that is no more, are errors that name it."""
    with pytest.raises(MissingWordsError, match="samovar"):
        words.section(name, keys | {"samovar"})
    gone = min(keys)
    with pytest.raises(MissingWordsError, match=gone):
        words.section(name, keys - {gone})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES_OF_WORDS)
def test_what_has_words_is_shown(name, language):
    """Each status, act, letter, fact and clock stands on its page with its sentence."""
    (fragment, part), entries = PAGES_OF_WORDS[name], words.section(name, SECTIONS[name])
    page = fragment(POLICY, language)
    assert [key for key, entry in entries.items() if entry[part][language] not in page] == []


def test_every_command_is_an_act():
    """Whatever can be asked of a complaint is a verb of the staff, or stands among the acts."""
    for verb in [one for one in VERBS if one.command]:
        named = {verb.name} if verb.is_staff_verb else set(ACTS_OF[verb.command])
        assert named <= SECTIONS["act"], verb.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_fact_stops_its_page(language):
    """The fact pages ask the policy itself what facts there are."""
    tea = FactWords("tea_cold", {"zh": "茶凉了", "en": "the tea was cold"})
    with pytest.raises(MissingWordsError, match="tea_cold"):
        facts(replace(POLICY, facts=(*POLICY.facts, tea)), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_statuses_say_which_are_open(language):
    """The open ones stand under the first heading, the ended ones under the second."""
    open_ones, _, ended = statuses(POLICY, language).partition("{ #ended-ones }")
    for status in SECTIONS["status"]:
        here, there = (open_ones, ended) if status in OPEN else (ended, open_ones)
        assert f"{{ #status-{status.replace('_', '-')} }}" in here
        assert f"{{ #status-{status.replace('_', '-')} }}" not in there


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_are_listed_by_their_names_in_the_file(language):
    """Whoever reads of a setting can find it in the policy file."""
    page = settings(POLICY, language)
    for name in POLICY.settings.__struct_fields__:
        assert f"<br>`{name}`\n" in page


def test_every_sample_letter_is_shown_once():
    """Each sample belongs to one letter's words."""
    shown = [
        name for one in words.section("letter", set(LETTERS)).values() for name in one["samples"]
    ]
    for language in LANGUAGES:
        assert sorted(shown) == sorted(sample_letters(POLICY, sample_words(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_is_shown_as_it_is_sent(language):
    """Under its heading stand subject and text of each golden file, byte for byte."""
    for letter in LETTERS:
        shown = letters(POLICY, language)
        section = shown.partition(f"{{ #letter-{letter.replace('_', '-')} }}")[2].partition(
            "\n## "
        )[0]
        names = words.section("letter", set(LETTERS))[letter]["samples"]
        assert section.count("<details") == len(names), letter
        for name in names:
            golden = (GOLDEN / f"{name}.{language}.txt").read_text("utf-8")
            subject, _, text = golden.partition("\n\n")
            assert escape(subject, quote=False) in section, letter
            assert f">{escape(text.rstrip(), quote=False)}</pre>" in section, letter


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_follow_the_policy(language):
    """Another policy makes other letters: a promise that it changes is another date in them."""
    important = replace(POLICY.severity("important"), reply=Within(working_days=7))
    rest = [one for one in POLICY.severities if one.key != "important"]
    changed = replace(POLICY, severities=(rest[0], important, *rest[1:]))
    before, after = (
        sample_letters(policy, sample_words(language))["acknowledged"].text
        for policy in (POLICY, changed)
    )
    assert before != after


@pytest.mark.parametrize(
    ("change", "story"),
    [
        ({"ladder": Ladder(("property_manager",), hours_between=1)}, r"reminders\.neglect"),
        ({"categories": POLICY.categories[:1]}, r"residents\.messages"),
    ],
)
def test_a_story_that_does_not_go_as_told_stops_the_build(change, story):
    """Its error names the story, and is one of those that `make docs` says without a traceback."""
    with pytest.raises(SampleError, match=story):
        to_staff(replace(POLICY, **change), "en")


def test_every_technique_ends_with_its_drill():
    """A technique is told, shown badly and well, and practised on the spot."""
    for page in TECHNIQUES:
        assert f'--8<-- "drill/{page.path.stem}-1.md"' in page.text.partition("{ #drill }")[2], (
            page.name
        )
        assert page.text.count("\n!!! ") + page.text.count("\n> ") >= 2, page.name

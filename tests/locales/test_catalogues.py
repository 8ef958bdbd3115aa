"""The catalogues: the same words in both languages, and how moments are written."""

import ast
import re
import tomllib
from datetime import date
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from chalicelib import field_parsers, locales
from chalicelib.application.queue_views import VIEWS
from chalicelib.application.reception import CHANNELS
from chalicelib.domain.deadlines import CLAUSES
from chalicelib.domain.events import EVENTS
from chalicelib.letters import LETTERS
from chalicelib.policy import checks, organisation_checks, shapes
from support.examples import SHANGHAI, at

ZH, EN = locales.desk("zh"), locales.desk("en")
SERVICE = Path(field_parsers.__file__).parent
ROOT = Path(__file__).parents[2]
DESK_WORDS = "functions/chalicelib/locales/desk"


def placeholders(sentence):
    """The names that are filled in; ``role[zh]`` and ``role[en]`` are one name in two languages."""
    return {
        re.sub(r"\[(zh|en)\]", "", name)
        for _, name, _, _ in Formatter().parse(sentence)
        if name is not None
    }


def test_the_catalogues_have_the_same_keys():
    """No word is there in one language alone."""
    assert {section: set(words) for section, words in ZH.items()} == {
        section: set(words) for section, words in EN.items()
    }


def test_the_same_blanks_are_filled():
    """A sentence says the same things in both languages, and is never empty."""
    for section, words in ZH.items():
        for name, chinese in words.items():
            english = EN[section][name]
            assert placeholders(chinese) == placeholders(english), (section, name)
            assert chinese.strip(), (section, name)
            assert english.strip(), (section, name)


def test_english_is_english():
    """Chinese stands in the English catalogue as the name of the other language alone."""
    chinese = [
        (section, name)
        for section, words in EN.items()
        for name, sentence in words.items()
        if re.search(r"[\u4e00-\u9fff]", sentence)
    ]
    assert chinese == [("name", "other_language")]


def codes_of(module):
    """Each code with which a module refuses a field, as its source has it."""
    tree = ast.parse((SERVICE / f"{module}.py").read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = {"unfit": 0, "Fault": 1}.get(node.func.id)
            argument = node.args[place] if place is not None else None
            if isinstance(argument, ast.Constant):
                yield argument.value


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_every_refusal_has_its_sentence(language):
    """Each code of the fields and the intake has words."""
    codes = {*codes_of("field_parsers"), *codes_of("application/intake")}
    assert len(codes) > 12
    assert codes <= set(locales.catalogue(language)["field"])


def fault_codes():
    """Each code of a fault in a file of the company, as the sources of the checks have it."""
    yield from (*shapes.CODES.values(), *organisation_checks.CODES.values(), "not_toml")
    for module in (checks, organisation_checks, shapes):
        for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield from _codes_among(node)


def _codes_among(call):
    """The code of a call to `fault(place, code, …)` or `_unknown(file, place, given, code, …)`."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    place = {"fault": 1, "_unknown": 3}.get(name)
    argument = call.args[place] if place is not None else None
    if isinstance(argument, ast.Constant):
        yield argument.value


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_every_fault_of_a_file_has_its_sentence(language):
    """Each code of the checks has words, and no words are left of a code that is gone."""
    assert set(fault_codes()) == locales.desk(language)["file_fault"].keys()


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_the_staff_s_words_are_in_a_file_of_their_own(language):
    """No resident waits for them, and no section stands in both files."""
    own = tomllib.loads((ROOT / DESK_WORDS / f"{language}.toml").read_text("utf-8"))
    assert not own.keys() & locales.catalogue(language).keys()
    assert own.keys() | locales.catalogue(language).keys() == locales.desk(language).keys()


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_whatever_the_desk_tells_has_its_words(language):
    """Every letter, event, clock, channel and refusal has its name on the staff's pages."""
    words = locales.desk(language)
    assert set(LETTERS) <= set(words["letter"])
    assert EVENTS.keys() - {"judged"} <= set(words["event"])
    assert CLAUSES.keys() <= set(words["deadline"])
    assert {*CHANNELS, "web", "import"} <= set(words["by"])
    assert set(VIEWS) <= set(words["view"])


def test_every_file_of_words_and_rules_is_toml():
    """Policy, organisation, calendars and catalogues can be read."""
    for path in (ROOT / "functions").rglob("*.toml"):
        assert tomllib.loads(path.read_text("utf-8")), path


@pytest.mark.parametrize(
    ("moment", "chinese", "english"),
    [
        (
            "Monday 2026-11-23 09:05",
            "2026年11月23日（星期一）09:05",
            "Monday 23 November 2026, 09:05",
        ),
        (
            "Sunday 2027-02-28 23:59",
            "2027年2月28日（星期日）23:59",
            "Sunday 28 February 2027, 23:59",
        ),
    ],
)
def test_a_moment_has_its_weekday(moment, chinese, english):
    """A reader sees day, weekday and time, in the community's zone."""
    assert locales.moment(at(moment), SHANGHAI, "zh") == chinese
    assert locales.moment(at(moment), SHANGHAI, "en") == english
    assert locales.moment(at(moment), ZoneInfo("UTC"), "en") != english


def test_a_local_date_is_written_as_it_was_given():
    """A date without a time gets none."""
    assert locales.local_moment("2026-11-20", "en") == "Friday 20 November 2026"
    assert locales.local_moment("2026-11-20T07:30", "zh") == "2026年11月20日（星期五）07:30"
    assert locales.day(date(2026, 1, 1), "en") == "Thursday 1 January 2026"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh"),
        ("en", "en"),
        ("EN-us", "en"),
        ("zh-TW", "zh"),
        ("fr,en;q=0.5", "en"),
        ("*", "zh"),
    ],
)
def test_the_reader_is_answered_in_a_language_they_asked_for(header, language):
    """The first language of the reader's that there is, and else Chinese."""
    assert locales.preferred(header) == language


def test_a_missing_sentence_is_an_error():
    """No key ever reaches a reader in place of its sentence."""
    with pytest.raises(KeyError):
        locales.say("zh", "page.nothing")


SHADOWED = re.compile(rf"\bw(?:\.\w+)*\.(?:{'|'.join(sorted(set(dir(dict))))})\b")
"""A word asked for by the name of a method of dictionaries: a template then shows the method."""


def test_no_template_shows_a_method_for_a_word():
    """A word whose key is also a method's name is read with brackets."""
    for path in SERVICE.rglob("*.j2"):
        assert SHADOWED.findall(path.read_text("utf-8")) == [], path
    assert SHADOWED.search("{{ w.filter.clear }}")
    assert not SHADOWED.search('{{ w.filter["clear"] }}{{ w.filter.title }}')

"""What holds for every letter: both languages, and the same in text and HTML."""

import html
import re
from pathlib import Path

import pytest
from docs.generator.samples.people import STAFF

from chalicelib import letters as package
from chalicelib import locales
from chalicelib.letters import LETTERS
from chalicelib.letters.templates import LetterTemplates
from support.forms import PERSONAL, a_form
from support.letter_words import HOSTILE, PLAIN, letters

TOLD = [pytest.param(PLAIN, id="plain"), pytest.param(HOSTILE, id="hostile")]
FOR_RESIDENTS = (
    "receipt",
    "acknowledged",
    "agreed_time",
    "reply",
    "reply_with_what_was_done",
    "closed",
    "explanation",
    "going_on",
    "going_on.of_another",
    "going_on.reopened",
    "withdrawn",
    "merged",
    "separated",
    "separated.as_before",
    "update",
    "linked",
    "return_visit",
    "code_again",
    "code_renewed",
    "new_date",
    "new_date.month",
)
"""The letters that the resident gets."""
FOR_STAFF = (
    ("leak", "judged"),
    ("leak", "handed_over"),
    ("desk", "judged"),
    ("desk", "root_cause"),
    ("desk", "lesson"),
    ("desk", "feedback"),
    ("desk", "reopened"),
    ("lift", "renewed"),
)
"""Words that staff wrote for each other, by part of the story."""
WITH_THE_RECORD = (
    "alert",
    "escalated",
    "handed_over",
    "handed_back",
    "undecided",
    "disputed",
    "reopened",
    "lowered",
    "stood_in",
    "feedback_given",
)
"""The letters with the whole record of what the resident said."""
CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
OF_NO_LANGUAGE = re.compile(
    r"https://[!-~]+|[\w.]+@[\w.]+|\b[0-9A-Z]{4,5}(?:-[0-9A-Z]{4,5})+\b|\.csv\b", re.ASCII
)
"""Addresses, references, codes and the kind of a file."""
HIDDEN = re.compile(r'<div style="display:none[^>]*>(.*?)</div>')
SCRIPT = "<script>alert('水')</script> & 𠮷"

each_language = pytest.mark.parametrize("language", locales.LANGUAGES)


def each_told(test):
    """Every sample letter is looked at in one test a language and kind of words."""
    return each_language(pytest.mark.parametrize("told", TOLD)(test))


def shown(page):
    """What a reader sees of a page, tags aside, with its links."""
    body = re.sub(r'<div style="display:none.*?</div>', "", page.split("<body", 1)[1])
    links = re.findall(r'href="([^"]+)"', body)
    text = re.sub(r"<[^>]+>", "\n", body.split(">", 1)[1])
    return html.unescape(text), [html.unescape(link) for link in links]


def typed_in(told):
    """What residents and staff typed in a story, as far as it is more than a word or two."""
    parts = [told.parts]
    for part in parts:
        parts += [below for below in part.values() if isinstance(below, dict)]
    words = [word for part in parts for word in part.values() if isinstance(word, str)]
    return [word for word in words if len(word) > 8 and not word.endswith(".csv")]


def squeezed(text):
    """Letters and digits alone, as blanks, marks and the place of links differ."""
    return re.sub(r"https://\S+|[\W_]", "", text)


def test_every_letter_is_there_in_both_languages():
    """A folder has one file a language, and nothing else."""
    for letter in LETTERS:
        folder = Path(package.__file__).parent / letter
        assert {path.name for path in folder.iterdir()} == {"zh.j2", "en.j2"}, letter


@each_told
def test_text_and_html_say_the_same(language, told):
    """Every word of the one stands in the other in the same order, and every link in both."""
    for name, letter in letters(language, told).items():
        page, links = shown(letter.html)
        assert links, name
        for link in links:
            assert link in letter.text, name
        for link in re.findall(r"https://\S+", letter.text):
            assert link in links, name
        assert squeezed(letter.text) == squeezed(page), name


@each_language
def test_nothing_a_resident_typed_is_markup(language):
    """What they wrote comes escaped in HTML, with their lines, and as they are in text."""
    for name, letter in letters(language, HOSTILE).items():
        assert "<script" not in letter.html, name
        assert "<b>" not in letter.html, name
        if name.startswith(WITH_THE_RECORD) and not name.endswith(".together"):
            assert SCRIPT in letter.text, name
            assert html.escape(SCRIPT).replace("&#x27;", "&#39;") in letter.html, name
            assert "水管爆裂\n天花板漏水" in letter.html, name
            assert "水管爆裂\n    天花板漏水" in letter.text, name


@each_told
def test_a_letter_is_in_one_language(language, told):
    """An English letter has Chinese in what people wrote alone, and says so in its page."""
    for name, letter in letters(language, told).items():
        assert f'<html lang="{locales.TAGS[language]}">' in letter.html, name
        assert bool(re.search(r"[\u4e00-\u9fff]", letter.subject.split("“")[0])) == (
            language == "zh" or "3栋" in letter.subject
        ), name


@each_language
def test_nobody_writes_in_another_language(language):
    """In plain words an English letter has nothing Chinese, and a Chinese one no Latin letter."""
    foreign = LATIN if language == "zh" else CHINESE
    for name, letter in letters(language, PLAIN).items():
        for text in (letter.subject, letter.text, shown(letter.html)[0]):
            assert not foreign.findall(OF_NO_LANGUAGE.sub("", text)), name
        assert language == "zh" or not CHINESE.search(letter.html), name


@each_told
def test_nothing_is_left_unfilled(language, told):
    """No placeholder, no None and no template's mark reaches a reader."""
    for name, letter in letters(language, told).items():
        for text in (letter.subject, letter.text, shown(letter.html)[0]):
            assert not re.search(r"[{}]|None|Undefined|\bnull\b", text), name
            assert not re.search(r"\n{3,}", text) or text is not letter.text, name
        assert "\n" not in letter.subject, name
        assert len(letter.subject) < 120, name


@each_told
def test_a_letter_loads_nothing_from_elsewhere(language, told):
    """No image, no style sheet of elsewhere and no script: opening a letter tells nobody."""
    for name, letter in letters(language, told).items():
        page = letter.html
        assert not re.search(r"<(img|script|link|iframe|object)\b|url\(|@import", page), name


@each_told
def test_a_list_of_letters_shows_what_each_is_about(language, told):
    """Beside the subject stands what follows the salutation: no code, and nobody's own words."""
    for name, letter in letters(language, told).items():
        hidden = html.unescape(HIDDEN.search(letter.html)[1])
        summary = hidden.rstrip("\u00a0\u200c")
        salutation, said, *_ = letter.text.split("\n\n")
        assert salutation.endswith((",", "：")), name
        assert summary.rstrip("…") == said.rstrip(":："), name
        assert "\n" not in summary, name
        assert len(hidden) - len(summary) >= 80, name
        assert not [word for word in typed_in(told[language]) if word in summary], name
        assert not re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", summary), name


@each_language
def test_a_letter_says_whether_answers_are_read(language):
    """Its last line says that they are not, unless the company names who reads them."""
    said = locales.say(language, "sentence.unread")
    for name, letter in letters(language).items():
        assert letter.text.endswith(f"\n{said}\n"), name
        assert said in shown(letter.html)[0], name
    content = {"answers_read": True, "recipient": "赵国强", "reference": "7K3MQ-9TX4B"}
    answered = LetterTemplates().write(
        "everybody_meant", language, content | {"desk_url": "https://x.example", "company": "安和"}
    )
    assert answered.text.endswith("安和\n")
    assert said not in shown(answered.html)[0]


@pytest.mark.parametrize("language", locales.LANGUAGES)
@pytest.mark.parametrize("told", TOLD)
def test_a_letter_to_the_resident_names_no_staff_matter(language, told):
    """It holds no reason that was given for staff, and no address of theirs."""
    for name in FOR_RESIDENTS:
        text = letters(language, told)[name].text
        for part, internal in FOR_STAFF:
            assert told[language][part][internal] not in text
        assert not any(person.email in text for person in STAFF)
        assert "/desk" not in text.replace("desk.example", "")


@pytest.mark.parametrize("language", locales.LANGUAGES)
@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("name", ["alert.owner", "alert.head", "alert.told", "escalated.owner"])
def test_an_alert_has_every_recorded_word(name, language, told):
    """What the resident typed is all there: an owner calls from the letter, without signing in."""
    text = re.sub(r"\s", "", letters(language, told)[name].text)
    typed = a_form(**told[language].typed())
    for field in PERSONAL:
        assert re.sub(r"\s", "", typed[field]) in text
    for fact in ("1,200.50", typed["unit"], "138 0000 0000"):
        assert re.sub(r"\s", "", fact) in text


def test_an_unknown_letter_is_an_error():
    """A letter or a language that is not there is not made up."""
    for letter, language in (("nothing", "zh"), ("receipt", "fr")):
        with pytest.raises(KeyError):
            LetterTemplates().write(letter, language, {})

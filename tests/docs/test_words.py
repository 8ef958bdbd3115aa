"""The handbook's words: each in both languages, and whatever lacks one stops the build."""

from collections import Counter
from string import Formatter

import pytest
from docs.generator.words import SHORT, WORDS, MissingWordsError, book, lacking, short_words, word

from chalicelib.locales import LANGUAGES

BOOKS = sorted(path.stem for path in WORDS.glob("*.toml"))
ONE_LANGUAGE_S_OWN = {"format.month_day": "Chinese numbers its months, English names them"}


def entries(found, path=""):
    """Every entry of a file that has words, by its path."""
    if found.keys() & set(LANGUAGES):
        yield path, found
        return
    for key, entry in found.items():
        if isinstance(entry, dict):
            yield from entries(entry, f"{path}.{key}".lstrip("."))


def blanks(sentence):
    """The names that are filled in."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("name", BOOKS)
def test_every_entry_stands_in_both_languages(name):
    """And says the same things in both: the same blanks are filled."""
    found = dict(entries(book(name)))
    assert found
    assert list(lacking(book(name))) == []
    for path, entry in found.items():
        if path not in ONE_LANGUAGE_S_OWN:
            assert len({frozenset(blanks(entry[language])) for language in LANGUAGES}) == 1, path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("left", [{}, {"said": " "}])
def test_a_word_in_one_language_alone_stops_the_build(tmp_path, language, left):
    """The error names the file, the entry and the language, whether it lacks or is blank."""
    other = next(one for one in LANGUAGES if one != language)
    blank = f'{language} = "{left["said"]}"\n' if left else ""
    (tmp_path / "tea.toml").write_text(f'[cup.hot]\n{other} = "hot"\n{blank}', "utf-8")
    with pytest.raises(MissingWordsError, match=rf"tea\.toml: `cup\.hot` .* {language}"):
        book("tea", tmp_path)


@pytest.mark.parametrize("path", ["policy.tea", "tea.cup"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_nobody_wrote_stops_the_build(path, language):
    """What is asked for and not there is an error that names it."""
    with pytest.raises(MissingWordsError, match=path):
        word(path, language)


def test_no_section_stands_in_two_files():
    """A section is found by its name alone."""
    counted = Counter(section for name in SHORT for section in book(name))
    assert [section for section, count in counted.items() if count > 1] == []
    assert short_words("tea") == {}

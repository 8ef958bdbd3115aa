"""The form as values: what is read from sound fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import locales
from chalicelib.application.intake import FormReader
from chalicelib.domain.errors import BadInputError
from chalicelib.fields import FIELDS
from support.examples import at
from support.forms import ORGANISATION, POLICY, a_form, an_intake
from support.values import replace

NOW = at("Monday 2026-11-23 10:00")
ANYTHING = st.text() | st.none() | st.integers() | st.floats() | st.booleans() | st.lists(st.text())


@given(st.dictionaries(st.sampled_from(FIELDS.names), ANYTHING, max_size=6))
def test_anything_at_all_is_read_or_refused_by_name(typed):
    """Whatever is sent, each fault names a field and has a sentence in both languages."""
    try:
        FormReader(POLICY, ORGANISATION).read(a_form() | typed, NOW)
    except BadInputError as error:
        for fault in error.faults:
            for language in locales.LANGUAGES:
                label = locales.say(language, f"label.{fault.field}")
                assert locales.say(language, f"field.{fault.code}", label=label, **fault.params)


@pytest.mark.parametrize(
    ("value", "sound"),
    [
        ("2026-11-23", True),
        ("2026-11-23T10:00", True),
        ("2026-11-23T10:01", False),
        ("2026-11-24", False),
        ("0001-01-01", True),
    ],
)
def test_now_is_the_communitys(value, sound):
    """At 10:00 in Shanghai, 10:00 has come and 10:01 has not; there is no lower limit."""
    if sound:
        assert an_intake(NOW, happened_at=value).happened_at == value
    else:
        with pytest.raises(BadInputError, match="happened_at: date_in_future"):
            an_intake(NOW, happened_at=value)


def test_today_is_the_communitys():
    """At 23:30 UTC on Sunday it is Monday in Shanghai, so Monday is today."""
    assert an_intake(at("Monday 2026-11-23 07:30"), happened_at="2026-11-23")


@pytest.mark.parametrize(("language", "unit"), [("zh", "个"), ("en", "characters")])
def test_each_limit_is_the_last_that_is_taken(language, unit):
    """A field exactly as long as its limit is taken whole."""
    assert unit in locales.say(language, "field.too_long", label="x", limit=1, length=2)
    for name in ("building", "unit", "place", "description", "request", "name"):
        longest = "𠮷" * FIELDS[name].limit
        read = an_intake(NOW, **{name: longest})
        assert read.words[name] == longest


def test_full_width_digits_are_digits():
    """A telephone number and an address typed in full width are kept in plain characters."""
    read = an_intake(NOW, phone="０２１－５５５０－１１００", email="ｌｉ＠ｅｘａｍｐｌｅ．ｃｏｍ")
    assert (read.words["phone"], read.words["email"]) == ("021-5550-1100", "li@example.com")


def test_the_words_are_kept_apart_from_the_facts():
    """Free text and contact stand in `words` and in no other field of the intake."""
    read = an_intake(NOW)
    facts = replace(read, words={})
    for text in read.words.values():
        assert text not in repr(facts)


def test_a_form_id_is_no_fact():
    """The command that takes a form in knows nothing of its id."""
    command = an_intake(NOW, form_id="one").received("7K3MQ-9TX4B", "web", NOW)
    assert not hasattr(command, "form_id")


def test_no_line_end_but_a_line_feed_comes_in():
    """Unicode's own line ends could put a line of their own among the lines of a letter."""
    read = an_intake(NOW, description="one\u2028two\u2029three\rfour")
    assert read.words["description"] == "one\ntwo\nthree\nfour"

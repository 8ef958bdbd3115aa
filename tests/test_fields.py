"""The table of form fields: every row has its words, is kept and shown, and its markup."""

import pytest

from chalicelib import locales
from chalicelib.domain.model import Facts
from chalicelib.domain.verbs import KINDS, STAFF_VERBS
from chalicelib.field_parsers import UnfitError
from chalicelib.fields import DESK_SECTIONS, FIELDS, SECTIONS, SHOWN, FormFields
from chalicelib.views.field_words import FieldWords
from support.forms import ORGANISATION, POLICY

NOBODY_FILLS_IN = ("form_id", "trap")
COMPUTED = {"zone", "reachable_by"}
"""Facts that follow from what is filled in."""
IN_A_FORM = [one for one in FIELDS.rows if one.kind not in NOBODY_FILLS_IN]


def by_name(rows):
    return pytest.mark.parametrize("field", rows, ids=lambda one: one.name)


@pytest.mark.parametrize("language", locales.LANGUAGES)
@pytest.mark.parametrize("at_desk", [False, True])
@by_name(FIELDS.rows)
def test_every_field_has_its_words(field, language, at_desk):
    """A label on either form, a name for each choice, and the phrase of the record."""
    words = FieldWords(FIELDS, POLICY, ORGANISATION, language, at_desk)
    assert words.label(field.name), f"locales: label.{field.name}"
    if at_desk or field.section:
        for key, name in words.names(field).items():
            assert name, f"locales: {field.name}.{key}"
    if field.shown in SHOWN[:6] and field.said_in:
        blanks = {one.name: "" for one in FIELDS.rows}
        assert words.phrase(field.said_in, **blanks), f"locales: recorded.{field.said_in}"


@by_name(FIELDS.rows)
def test_every_field_is_kept_somewhere(field):
    """With the personal data or in the state, but for what nobody fills in."""
    assert field.kept in ("words", "state", ""), field.name
    assert bool(field.kept) == (field.kind not in NOBODY_FILLS_IN), f"{field.name} is kept nowhere"


@by_name(IN_A_FORM)
def test_every_field_is_asked_and_shown_somewhere(field):
    """The resident or the front desk is asked for it, and the staff see it."""
    assert field.section in (*SECTIONS, "")
    assert field.desk in DESK_SECTIONS, f"{field.name} is not asked at reception"
    assert field.section or field.name == "language", f"{field.name} is not on the form"
    assert field.shown in SHOWN, f"{field.name} is shown nowhere"


def test_what_decides_is_a_fact_of_the_domain():
    """The fields kept in the state are the attributes of `Facts`, no more and no fewer."""
    assert {one.name for one in FIELDS.kept_in("state")} == {*Facts.__struct_fields__} - COMPUTED


def test_no_name_stands_twice():
    """Nor is any called as the reason that goes with a correction, or as its way to be reached."""
    assert len(set(FIELDS.names)) == len(FIELDS.names)
    words = {one.name for one in FIELDS.kept_in("words")}
    assert not words & {"reason", "by", "words"}


def test_at_reception_every_field_stands_once():
    """A field that stands after another one there is not lost."""
    asked = [one.name for rows in FIELDS.desk_sections.values() for one in rows]
    assert sorted(asked) == sorted(one.name for one in IN_A_FORM)
    for one in IN_A_FORM:
        if one.desk_after:
            assert asked.index(one.name) == asked.index(one.desk_after) + 1


def test_a_correction_of_the_contact_asks_for_what_may_be_corrected():
    """The verb's own fields come after those of the form, none of which is required."""
    asked = FIELDS.staff_verbs["correct-contact"].fields
    assert [one.name for one in asked] == [*(one.name for one in FIELDS.correctable), "reason"]
    assert {"name", "building", "unit", "phone", "email"} <= {one.name for one in asked}
    assert [one.name for one in asked if one.required] == ["reason"]
    assert {one.kind for one in asked} <= {*KINDS}
    assert FIELDS.staff_verbs["reply"] is STAFF_VERBS["reply"]


def test_an_import_asks_for_less():
    """An old spreadsheet need not have name, unit and request; what nobody fills in it cannot."""
    rows = FIELDS.of_import().rows
    required = {one.name for one in FIELDS.rows if one.required}
    assert required - {one.name for one in rows if one.required} == {"name", "unit", "request"}
    assert {*FIELDS.names} - {one.name for one in rows} == {"form_id", "website"}


@pytest.mark.parametrize(("name", "sent"), [("loss", 1200.5), ("times_raised", 2)])
def test_a_number_may_be_a_number_where_it_is_one(name, sent):
    """An amount or a count, and nothing else."""
    assert FIELDS[name].text(sent) == repr(sent)
    for other, value in (("unit", sent), (name, True)):
        with pytest.raises(UnfitError):
            FIELDS[other].text(value)


def test_a_field_without_words_is_named():
    """A row that is in no catalogue and brings no words of its own is an error, never a blank."""
    form = FormFields((*FIELDS.rows, FIELDS["person"].__class__("floor", "line", 20)))
    words = FieldWords(form, POLICY, ORGANISATION, "en")
    for find in (words.label, words.phrase):
        with pytest.raises(KeyError, match="floor"):
            find("floor")

"""The table of form fields: every row has its words, is kept and shown, and its markup."""

from functools import partial

import pytest
from msgspec.structs import replace

from chalicelib import locales
from chalicelib.domain.model import Facts
from chalicelib.domain.verbs import ITEMS, KINDS, STAFF_VERBS
from chalicelib.field_parsers import UnfitError
from chalicelib.fields import DESK_SECTIONS, FACTS, FIELDS, SECTIONS, SHOWN, FormField, FormFields
from chalicelib.views.field_words import FieldWords
from support.forms import ORGANISATION, POLICY

NOBODY_FILLS_IN = ("form_id", "trap")
COMPUTED = {"zone", "reachable_by"}
"""Facts that follow from what is filled in."""
IN_A_FORM = [one for one in FIELDS.rows if one.kind not in NOBODY_FILLS_IN]
ITEMS_AND_FACTS = (*ITEMS, FACTS)


def faults_of_row(field):
    """What a row lacks, by its name: where it is kept, asked and shown."""
    if field.kind in NOBODY_FILLS_IN:
        return [f"{field.name}: kept, though nobody fills it in"] if field.kept else []
    return [
        *([] if field.kept in ("words", "state") else [f"{field.name}: kept nowhere"]),
        *([] if field.section in SECTIONS or field.name == "language" else [_not_on(field)]),
        *([] if field.desk in DESK_SECTIONS else [f"{field.name}: not asked at reception"]),
        *([] if field.shown in SHOWN else [f"{field.name}: shown nowhere"]),
        *(
            [f"{field.name}: only an item or the facts show what is kept as words"]
            if field.kept == "words" and field.shown not in ITEMS_AND_FACTS
            else []
        ),
    ]


def _not_on(field):
    return f"{field.name}: not on the resident's form"


def missing_words(field, language, form=FIELDS):
    """Each word that a row lacks in a language, by section and key."""
    words = FieldWords(form, POLICY, ORGANISATION, language, at_desk=True)
    wanted = [("label", field.name, words.label)]
    if field.shown in ITEMS_AND_FACTS and field.said_in:
        blanks = dict.fromkeys(form.names, "")
        wanted.append(("recorded", field.said_in, partial(words.phrase, **blanks)))
    return [
        *(f"{language}: {section}.{key}" for section, key, find in wanted if _lacks(find, key)),
        *(
            f"{language}: {field.name}.{key}"
            for key, name in words.names(field).items()
            if not name
        ),
    ]


def _lacks(find, key):
    try:
        return not find(key)
    except KeyError:
        return True


def by_name(rows):
    return pytest.mark.parametrize("field", rows, ids=lambda one: one.name)


@by_name(FIELDS.rows)
def test_every_field_is_kept_asked_and_shown(field):
    """With the personal data or in the state; on both forms; and where the staff see it."""
    assert faults_of_row(field) == []


@pytest.mark.parametrize("language", locales.LANGUAGES)
@by_name(FIELDS.rows)
def test_every_field_has_its_words(field, language):
    """A label, a name for each choice, and the phrase in which the record says it."""
    assert missing_words(field, language) == []


@pytest.mark.parametrize("language", locales.LANGUAGES)
@by_name(FIELDS.asked)
def test_what_residents_read_is_in_their_own_catalogue(field, language):
    """The words of the staff's pages are not needed for the resident's form."""
    words = FieldWords(FIELDS, POLICY, ORGANISATION, language)
    assert words.label(field.name)
    assert all(words.names(field).values())


WHOLE = FormField("pet", "line", 20, section="reach", desk="want", shown="contact")
INCOMPLETE = {
    "pet: kept nowhere": replace(WHOLE, kept=""),
    "pet: not on the resident's form": replace(WHOLE, section=""),
    "pet: not asked at reception": replace(WHOLE, desk=""),
    "pet: shown nowhere": replace(WHOLE, shown=""),
    "pet: only an item or the facts show what is kept as words": replace(WHOLE, shown="heading"),
    "en: label.pet": WHOLE,
    "zh: label.pet": WHOLE,
    "en: recorded.pet": WHOLE,
    "zh: pet.cat": replace(WHOLE, kind="choice", choices=("cat",)),
}


@pytest.mark.parametrize(("fault", "field"), INCOMPLETE.items(), ids=INCOMPLETE)
def test_what_a_new_field_lacks_is_named(fault, field):
    """A row added without a place or without its words is found out, by its name."""
    form = FormFields((*FIELDS.rows, field))
    found = faults_of_row(field)
    for language in locales.LANGUAGES:
        found += missing_words(field, language, form)
    assert fault in found


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
